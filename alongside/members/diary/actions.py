"""Choosing how dates come, sending them, and taking in what is answered."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.dated import Dated
from alongside.ground.core.declaration import Answered
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web import declared
from alongside.ground.web.later import later
from alongside.ground.web.models import lock
from alongside.members.diary.models import Diary, DiaryDate
from alongside.members.diary.permissions import may_answer_date, may_choose_way, may_send_dates
from alongside.members.diary.queries import is_mine_too, my_way, to_send
from alongside.members.diary.rules import (
    Attending,
    DiaryWay,
    Outgoing,
    comment_of,
    counts,
    has_begun,
    named_in,
    read_reply,
    when,
    why_off,
)
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import address_is_of, standing_of


@transaction.atomic
def choose_way(*, way: DiaryWay, by: Standing) -> DiaryWay:
    """Say how dates come to one's own diary from now on; invitations that are not wanted any more are taken out of it."""
    require(may_choose_way(by))
    Diary.objects.update_or_create(person_id=by.person, defaults={"way": way})
    audit.record("diary.choose", row=by.person or "", facts={"way": str(way)}, by=by)
    later("diary.look_at", by.person or "")
    return way


@transaction.atomic
def send_dates(*, person: Person, by: Standing) -> int:
    """Write what goes out to somebody's diary now, each date as a mail of its own; gives how many. Once, whoever asks how
    often: the mails are stored with what is known to have been sent."""
    require(may_send_dates(by))
    diary, _ = Diary.objects.get_or_create(person=person)
    lock(diary)
    now, mails = clock.now(), list[Outgoing]()
    if person.is_active and person.email:
        mails = to_send(viewer=standing_of(person))
    for mail in mails:
        _send(mail, person, now, by)
    diary.looked_at = now
    diary.save(update_fields=["looked_at"])
    if mails:
        off = sum(mail.is_off for mail in mails)
        new = sum(mail.known is None for mail in mails)
        audit.record("diary.send", row=person.pk, facts={"new": new, "changed": len(mails) - new - off, "off": off}, by=by)
    return len(mails)


@transaction.atomic
def send_along(*, thing: Dated, people: Collection[str], by: Standing) -> dict[str, dict[str, str]]:
    """What the mails take along in which a room itself tells people of a date that has changed or is off: by person, of those
    to whose diary it was sent, the part for calendar programs and the key by which that mail is known. No mail of its own
    follows."""
    require(may_send_dates(by))
    now, found = clock.now(), dict[str, dict[str, str]]()
    rows = DiaryDate.objects.filter(uid=thing.uid, person__in=people, is_cancelled=False, person__is_active=True)
    for row in rows.exclude(digest=thing.digest).select_related("person__diary", "partnership"):
        lock(row.person.diary)
        row.refresh_from_db(fields=["digest", "sequence", "is_cancelled"])
        if not (row.is_cancelled or row.digest == thing.digest or has_begun(row.known, now)):
            mail = Outgoing(thing, row.known, is_off=thing.is_cancelled)
            facts = {"new": 0, "changed": int(not mail.is_off), "off": int(mail.is_off)}
            audit.record("diary.send", row=row.person_id, facts=facts, by=by)
            found[row.person_id] = {"calendar": _noted(row, mail, row.person), "known_as": keys.new_key()}
    return found


def _noted(row: DiaryDate, mail: Outgoing, person: Person) -> str:
    """Note what goes out of a date; gives the part of the mail that calendar programs read."""
    from alongside.members.diary import ics  # only where used, with its library

    row.sequence = mail.sequence
    if thing := mail.thing:
        if thing.times != row.times or row.is_cancelled:
            row.moved_at = row.sequence
        row.digest, row.times, row.first_on, row.last_on = thing.digest, thing.times, thing.first_on, thing.last_on
        row.starts_at, row.ends_at = thing.starts_at, thing.ends_at
    row.is_cancelled = mail.is_off
    row.save()
    return ics.written(row, mail, person)


def _send(mail: Outgoing, person: Person, now: datetime, by: Standing) -> None:
    """One mail, and what is known by it."""
    key, thing = keys.new_key(), mail.thing
    if mail.known:
        row = DiaryDate.objects.select_related("partnership").get(person=person, uid=mail.known.uid)
    else:
        row = DiaryDate(person=person, organiser=key, first_sent_at=now)
    if thing and not mail.known:
        row.thing, row.uid = thing.id, thing.uid
        row.partnership = Partnership.objects.get(slug=thing.slug)
    calendar = _noted(row, mail, person)
    words = {
        **(_of(thing) if thing else _of_gone(row)),
        "when": when(row.first_on, row.last_on, row.starts_at),
        "until": when(row.first_on, row.last_on, row.starts_at, row.ends_at),
        "has_changed": bool(mail.known),
        "asks": bool(settings.ANSWERS_TO),
        "is_attended": row.is_attended,
        "partnership": row.partnership.name,
        "choices": settings.ADDRESS + reverse("diary:diary"),
    }
    going = "diary/invitation.txt" if row.is_attended else "diary/by_this_day.txt"
    notices.send(
        template="diary/cancelled.txt" if mail.is_off else going, to=person.email or "", person=person.pk,
        words=words, link=f"{reverse('diary:diary')}#date-{row.pk}", partnership=row.partnership, known_as=key,
        calendar=calendar, by=by,
    )  # fmt: skip


def _of(thing: Dated) -> dict[str, str]:
    page = settings.ADDRESS + thing.href if thing.href else ""
    off = thing.off if thing.is_cancelled else ""
    return {"what": thing.words, "place": thing.place, "video": thing.video, "page": page, "off": off, "why": ""}


def _of_gone(row: DiaryDate) -> dict[str, str]:
    """What is said of a date that its person has no longer: what it was called in the mail that brought it, and why."""
    brought = Notice.objects.filter(pk=row.organiser).values_list("subject", flat=True).first()
    who, chosen = standing_of(row.person), row.person.diary.way
    why = why_off(
        is_there=row.partnership_id in who.partnerships, chosen=chosen, way=my_way(viewer=who),
        gone=declared.rows()[row.thing.partition("/")[0]].gone,
    )  # fmt: skip
    return {"what": named_in(brought or ""), "off": "", "why": why}


@transaction.atomic
def answer_date(*, notice: Notice, calendar: str, words: str = "", by: Standing) -> Answered:
    """Take what somebody's calendar program answers to an invitation that was sent to them, with what they wrote beside it.

    Raises Conflict, for the office, for an answer in words, to another time, for somebody else, or to a date that was not sent
    to them.
    """
    require(may_answer_date(by, notice.person, is_seen=True))
    if not calendar:
        raise Conflict("It answers a date in words, and not by Accept, Perhaps or Decline.")
    reply = read_reply(calendar, clock.now())
    row = DiaryDate.objects.filter(person=notice.person or "-", uid=reply.uid).first()
    if row is None:
        raise Conflict("It answers a date that was not sent to whoever answers.")
    if reply.guest != notice.to.lower() and not address_is_of(reply.guest, notice.person):
        raise Conflict(f"It answers for {reply.guest}, and the date was sent to {notice.to}.")
    _require_attended(row)
    lock(row)
    sequence = min(reply.sequence, row.sequence)
    before = (row.answered_for, row.answered_at) if row.answered_at else None
    if counts(sequence, reply.at, before=before):
        row.answer, row.answered_for, row.answered_at = reply.says, sequence, reply.at
        row.comment, row.answered_by = comment_of(reply.comment, words, row.person.name), ""
        row.save(update_fields=["answer", "answered_for", "answered_at", "answered_by", "comment"])
    facts = {"says": str(reply.says), "of": sequence}
    audit.record("diary.answer", row=row.pk, partnership=row.partnership_id, facts=facts, by=by)
    said = reply.says.label.capitalize()
    moved = "" if row.attending else ", as it was before it moved: the new day is not answered yet"
    page = reverse("notices:show", args=[notice.partnership.slug, notice.pk]) if notice.partnership else ""
    return Answered(f"{said}: the date on {when(row.first_on, row.last_on, row.starts_at)}{moved}", page)


@transaction.atomic
def answer_on_page(*, one: DiaryDate, says: str, seen: WasSeen, by: Standing) -> DiaryDate:
    """Accept a date that was sent to oneself or to whom one acts for, or say perhaps or no. Raises Invalid for anything else,
    Conflict when the date is off, or its answer is not what was `seen` any more."""
    require(may_answer_date(by, one.person_id, is_seen=one.person_id == by.person or is_mine_too(one.uid, viewer=by)))
    if says not in set(Attending):
        raise Invalid(says="Choose accept, perhaps or decline")
    _require_attended(one)
    lock(row := one)
    if row.is_cancelled:
        raise Conflict("This date is off: nobody answers it any more.")
    row.on_page.agree(seen, "Nothing was answered now. Look at it again.")
    row.answer, row.answered_for, row.answered_at, row.comment = says, row.sequence, clock.now(), ""
    row.answered_by = "" if row.person_id == by.person else by.name[:120]
    row.save(update_fields=["answer", "answered_for", "answered_at", "answered_by", "comment"])
    facts = {"says": says, "of": row.sequence} | ({"acts_for": row.person_id} if row.person_id != by.person else {})
    audit.record("diary.answer", row=row.pk, partnership=row.partnership_id, facts=facts, by=by)
    return row


def _require_attended(row: DiaryDate) -> None:
    if not row.is_attended:
        raise Conflict("Something is wanted by this day, and nobody meets: it is not accepted or declined.")
