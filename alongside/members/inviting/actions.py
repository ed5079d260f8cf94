"""Reminding schools that have not answered."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import already, once
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.inviting.queries import perhaps_to_remind, reach_of
from alongside.members.inviting.rules import how_it_stands, may_remind_school, may_remind_today, shown_reminder
from alongside.members.membership.actions.asking import send_link
from alongside.members.membership.models import Answer, Chase, ChaseMail
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries.invitations import words_of_invitations
from alongside.members.membership.queries.texts import dates_in_force, settings_now
from alongside.members.membership.rules.invitations import fill, wrong_with_words
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.rules.roles import Purpose
from alongside.members.schools.models import School


@transaction.atomic
def chase(
    *,
    partnership: Partnership,
    subject: str,
    body: str,
    schools: list[School] | None = None,
    seen: WasSeen,
    key: str,
    by: Standing,
) -> Chase:
    """Send one reminder to every school that may get one today (of those given, when given).

    The page makes `key`: pressed twice, it sends once. Raises Refused on a day without school, Invalid when the words
    will not do, Conflict when nobody is left to remind, when it would be others than were `seen`, or when somebody else
    sent reminders at this moment.
    """
    require(may_run_signup(by, partnership.pk))
    written = Chase(
        pk=key,
        partnership=partnership,
        subject=subject.strip(),
        body=body.strip(),
        sent_at=clock.now(),
        person=by.person or by.on_behalf_of or "",
    )
    if (sent := already(written)) is not None:
        return sent
    days, today = school_days_of(partnership), clock.today()
    require(may_remind_today(today, days))
    if problems := wrong_with_words(subject, body):
        raise Invalid(**problems)
    limits = settings_now(partnership, viewer=by)
    most, apart = limits.reminders_at_most, limits.days_between_reminders
    rows = perhaps_to_remind(partnership, viewer=by).order_by("pk")
    if schools is not None:
        rows = rows.filter(school__in=schools)
    to_remind = [one for one in rows if may_remind_school(reach_of(one), today, most, days, apart)]
    if not to_remind:
        raise Conflict(
            "No school can be reminded now: the page of reminders says of each that has not answered why it gets none today."
        )
    sign_by = dates_in_force(partnership, viewer=by).sign_by
    going = [(one.school.name, one.email) for one in to_remind]
    shown_reminder(going, sign_by, partnership.name, partnership.contact_email).agree(seen, "Nothing was sent.")
    try:
        with transaction.atomic():
            written.count = len(to_remind)
            if (sent := once(written)) is not written:
                return sent
            ChaseMail.objects.bulk_create(
                ChaseMail(
                    partnership=partnership,
                    school=answer.school,
                    chase=written,
                    number=answer.reminders + 1,
                    email=answer.email,
                    sent_at=written.sent_at,
                )
                for answer in to_remind
            )
    except IntegrityError:
        raise Conflict(
            "Somebody else in the office sent reminders at this moment. See who has had one before you send more."
        ) from None
    Answer.objects.filter(pk__in=[answer.pk for answer in to_remind]).update(reminders=F("reminders") + 1, reminded_on=today)
    fee = words_of_invitations(partnership, viewer=by).same["fee"]
    for answer in to_remind:
        _remind(written, answer, sign_by, fee, by)
    audit.record("inviting.chase", row=written.pk, partnership=partnership.pk, facts={"schools": len(to_remind)}, by=by)
    return written


def _remind(written: Chase, answer: Answer, sign_by: date, fee: str, by: Standing) -> None:
    partnership, school = written.partnership, answer.school
    _, token, _ = people.invite(
        email=answer.email, post=answer.post, school=school, partnership=partnership, purpose=Purpose.MEMBERSHIP, by=by
    )
    stands = how_it_stands(reach_of(answer), clock.today())
    filled = {name: fill(getattr(written, name), partnership.name, sign_by, school.name, stands) for name in ("subject", "body")}
    words = {**filled, "school": school.name, "partnership": partnership.name, "contact": partnership.contact_email, "fee": fee}
    send_link("membership/reminder.txt", partnership, school, answer.email, token, words, by)
