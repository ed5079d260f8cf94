"""What people on bodies see to: checks at the start, interests each year, training, skills."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from alongside.deciding.bodies.models import Check, Holder, HolderEntry, SkillAnswer, Tenure
from alongside.deciding.bodies.permissions import may_keep_body, may_keep_holder, may_remind, may_say_skills
from alongside.deciding.bodies.queries.people import bodies_of_holder, to_remind
from alongside.deciding.bodies.rules.kinds import BodyKind, Duty
from alongside.deciding.bodies.rules.people import CheckKind, EntryKind, checks_of, is_new
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.periods import years_later
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import address_of

COMING = "Enter today or an earlier day"


def write_checks(tenure: Tenure) -> None:
    """What is asked at the start and the end of a tenure, as it stands now; what is done stays done, and the yearly word on
    interests that somebody has given goes on."""
    seat, wanted = tenure.seat, dict[CheckKind, date]()
    theirs = Tenure.objects.filter(seat__body=seat.body_id, holder=tenure.holder_id, is_struck=False).exclude(pk=tenure.pk)
    earlier = [one for one in theirs.filter(from_on__lt=tenure.from_on).select_related("seat") if one.seat.is_place]
    own = theirs.lasting(tenure.from_on).filter(from_on__lte=tenure.from_on, is_acting=False).select_related("seat")
    is_beside = not seat.is_place or (tenure.is_acting and any(one.seat.is_place for one in own))
    if not tenure.is_struck:
        wanted = checks_of(
            BodyKind(seat.body.kind), Duty(seat.duty), tenure.from_on, tenure.until_on,
            is_new=is_new(tenure.from_on, [one.until_on for one in earlier]), is_beside=is_beside,
        )  # fmt: skip
    there = Check.objects.filter(tenure=tenure)
    there.filter(done_on=None).exclude(kind__in=wanted).update(is_needed=False)
    given = Check.objects.filter(tenure__holder=tenure.holder_id, kind=CheckKind.INTERESTS).exclude(done_on=None)
    word = given.order_by("-done_on").values("done_on", "due_on").first()
    for kind, due_on in wanted.items():
        said = {"due_on": due_on, "partnership_id": tenure.partnership_id}
        said |= word if word and kind is CheckKind.INTERESTS else {}
        if not Check.objects.get_or_create(tenure=tenure, kind=kind, defaults=said)[1]:
            there.filter(kind=kind, done_on=None).exclude(due_on=due_on).update(due_on=due_on, is_needed=True)


@transaction.atomic
def do_check(*, check: Check, done_on: date | None, by: Standing) -> Check:
    """Keep the day on which something was seen to; without a day it does not apply here. Raises Invalid for a coming day."""
    require(may_keep_body(by, check.partnership_id, check.tenure.seat.body_id))
    if done_on and done_on > clock.today():
        raise Invalid(done_on=COMING)
    check.done_on, check.is_needed = done_on, done_on is not None
    if done_on and check.kind == CheckKind.INTERESTS:
        check.due_on = years_later(done_on, 1)
        _keep_word(check.tenure.holder, done_on)
    check.save(update_fields=["done_on", "is_needed", "due_on"])
    audit.record("bodies.check", row=check.pk, partnership=check.partnership_id, facts={"kind": check.kind}, by=by)
    return check


@transaction.atomic
def do_checks(*, checks: Sequence[Check], done_on: date, by: Standing) -> int:
    """Keep one day for several things that were seen to; gives how many. Raises Invalid for a coming day, and for nothing."""
    if not checks:
        raise Invalid(checks="Tick what was done")
    for one in checks:
        do_check(check=one, done_on=done_on, by=by)
    return len(checks)


@transaction.atomic
def add_entry(*, holder: Holder, kind: EntryKind, words: str, from_on: date, key: str, by: Standing) -> HolderEntry:
    """Write down an interest, or training, once. Raises Invalid for a day to come."""
    require(may_keep_holder(by, holder.partnership_id, bodies_of_holder(holder, viewer=by), holder.person))
    if from_on > clock.today():
        raise Invalid(from_on=COMING)
    said = {"kind": EntryKind(kind), "words": words.strip(), "from_on": from_on, "entered_at": clock.now()}
    entry = HolderEntry(pk=key, partnership_id=holder.partnership_id, holder=holder, **said)
    return audit.keep_once("bodies.add_entry", entry, by=by, kind=str(kind))


@transaction.atomic
def end_entry(*, entry: HolderEntry, until_on: date, by: Standing) -> HolderEntry:
    """Say until when somebody had an interest: it stays in the register of these days, and in the published one for a year.

    Raises Invalid for a day to come, or before it began; Conflict when it has ended.
    """
    holder = entry.holder
    require(may_keep_holder(by, holder.partnership_id, bodies_of_holder(holder, viewer=by), holder.person))
    if until_on > clock.today():
        raise Invalid(until_on=COMING)
    if until_on < entry.from_on:
        raise Invalid(until_on=f"It began on {short_date(entry.from_on)}: enter that day or a later one")
    if not HolderEntry.objects.filter(pk=entry.pk, until_on=None).update(until_on=until_on):
        raise Conflict("This has ended already.")
    facts = {"until": until_on.isoformat()}
    audit.record("bodies.end_entry", row=entry.pk, partnership=entry.partnership_id, facts=facts, by=by)
    return entry


@transaction.atomic
def confirm_interests(*, holder: Holder, by: Standing) -> int:
    """Say that what is stated is all there is, or that there is nothing to declare; it is asked again in a year. Gives how many
    interests stand. Raises Conflict for somebody of whom none are asked."""
    require(may_keep_holder(by, holder.partnership_id, bodies_of_holder(holder, viewer=by), holder.person))
    today = clock.today()
    asked = Check.objects.filter(tenure__holder=holder, kind=CheckKind.INTERESTS)
    if not asked.update(done_on=today, due_on=years_later(today, 1), reminded_on=None, is_needed=True):
        raise Conflict("Nothing is asked of them here: they hold no seat for which interests are stated.")
    _keep_word(holder, today)
    many = HolderEntry.objects.filter(holder=holder, kind=EntryKind.INTEREST, until_on=None).count()
    audit.record("bodies.confirm", row=holder.pk, partnership=holder.partnership_id, facts={"interests": many}, by=by)
    return many


def _keep_word(holder: Holder, on: date) -> None:
    """The register of a past day says which word had been given by then."""
    said = {"partnership_id": holder.partnership_id, "entered_at": clock.now() if on == clock.today() else None}
    HolderEntry.objects.update_or_create(holder=holder, kind=EntryKind.WORD, from_on=on, defaults={**said, "words": ""})


@transaction.atomic
def say_skills(*, partnership: Partnership, levels: Mapping[str, str], by: Standing) -> SkillAnswer:
    """Keep what somebody says of their own skills, in place of what they said before."""
    require(may_say_skills(by, partnership.pk))
    said = {"levels": dict(levels), "answered_on": clock.today()}
    answer, _ = SkillAnswer.objects.update_or_create(partnership=partnership, person=by.person or "", defaults=said)
    audit.record("bodies.say_skills", row=answer.pk, partnership=partnership.pk, by=by)
    return answer


@transaction.atomic
def remind_interests(*, by: Standing) -> int:
    """Write to everybody whose word on their interests falls due within two weeks: once a year. Gives to how many."""
    require(may_remind(by))
    today, told = clock.today(), 0
    for holder, due_on in to_remind(today, viewer=by):
        asked = Check.objects.filter(Q(reminded_on=None), tenure__holder=holder, kind=CheckKind.INTERESTS)
        if not asked.update(reminded_on=today) or not (to := address_of(holder.person, viewer=by)):
            continue
        page = reverse("bodies:person", args=[holder.partnership.slug, holder.pk])
        words = {"due": short_date(due_on), "partnership": holder.partnership.name, "link": settings.ADDRESS + page}
        notices.send(
            template="bodies/interests.txt", to=to, person=holder.person, words=words, link=page,
            partnership=holder.partnership, by=by,
        )  # fmt: skip
        told += 1
    return told
