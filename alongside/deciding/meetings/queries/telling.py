"""Who hears of a meeting, and what a mail says to each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.deciding.meetings.models import AgendaItem, Declared, Meeting
from alongside.deciding.meetings.queries.agendas import Agenda, agenda_of
from alongside.deciding.meetings.queries.planning import Member, addresses, roster
from alongside.deciding.meetings.rules.kinds import ActionState
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import listed, moment, plural, short_date
from alongside.ground.web.mail import written

AGENDA = "meetings/agenda.txt"
Words = Callable[[Member], dict[str, Any] | None]


@dataclass(frozen=True)
class Hearing:
    """Those who sit at a meeting: with the address to which their mail goes, and those who have none with us."""

    told: list[tuple[Member, str]]
    untold: list[Member]

    @property
    def words(self) -> str:
        """'2 people hear of it by mail. Helen Carrow has no account here: tell them yourself.'"""
        said = f"{plural(len(self.told), 'person hears', 'people hear')} of it by mail."
        if not self.untold:
            return said
        has = "has" if len(self.untold) == 1 else "have"
        return f"{said} {listed([one.name for one in self.untold])} {has} no account here: tell them yourself."


@dataclass(frozen=True)
class MailAhead:
    """A mail before it goes: to whom it goes, who gets none, and how one of them would read it."""

    hearing: Hearing
    name: str = ""
    subject: str = ""
    body: str = ""


def hearing_of(meeting: Meeting, *, viewer: Standing) -> Hearing:
    """Who hears of a meeting, for who keeps it."""
    members = roster(meeting.body, meeting.on, viewer=viewer).members
    known = addresses([one.person for one in members if one.person], viewer=Standing.system())
    told = [(one, known[one.person]) for one in members if one.person in known]
    return Hearing(told, [one for one in members if one.person not in known])


def of_whom(items: Iterable[AgendaItem], member: Member) -> list[AgendaItem]:
    """The items that are for one of those who sit there, as `visible_to` has it for their own pages."""
    rows = list(items)
    restricted = [one.pk for one in rows if one.is_restricted]
    left = set[str]()
    if restricted and member.sits_fully:
        mine = Declared.objects.filter(item__in=restricted, member=member.key, leaves=True, is_struck=False)
        left = set(mine.values_list("item_id", flat=True))
    return [one for one in rows if not one.is_restricted or (member.sits_fully and one.pk not in left)]


def mail_words(meeting: Meeting, page: str, said: dict[str, Any]) -> dict[str, Any]:
    """What every mail of a meeting says, with what this one says."""
    link = settings.ADDRESS + reverse(f"meetings:{page}", args=[meeting.partnership.slug, meeting.pk])
    about = {"body": meeting.body.name, "kind": meeting.meeting_kind.label, "when": moment(meeting.starts_at)}
    return {**about, "place": meeting.place, **said, "link": link}


def agenda_words(agenda: Agenda) -> Words:
    """What the agenda says to each: all of it that is for them, with what of it needs them."""
    items = [one.item for one in agenda.items]

    def said(one: Member) -> dict[str, Any]:
        mine = of_whom(items, one)
        own = [row for row in agenda.carried if row.person == one.key and row.state == ActionState.OPEN]
        return {
            "items": [row.title for row in mine],
            "presents": [row.title for row in mine if one.key == row.presented_by or one.name == row.presenter],
            "owes": [f"{row.words} (by {short_date(row.due_on)})" for row in own],
            "link_video": agenda.meeting.link,
        }

    return said


def agenda_mail(meeting: Meeting, *, viewer: Standing) -> MailAhead:
    """The mail with the agenda before it goes, as somebody reads it whom it asks for something, where there is anybody."""
    hearing, agenda = hearing_of(meeting, viewer=viewer), agenda_of(meeting, papers=False, decided=False, viewer=viewer)
    found = [(one, agenda_words(agenda)(one) or {}) for one, _ in hearing.told]
    if not found:
        return MailAhead(hearing)
    one, said = max(found, key=lambda each: bool(each[1]["presents"]) + bool(each[1]["owes"]))
    contact = meeting.partnership.contact_email
    return MailAhead(
        hearing, one.name, *written(AGENDA, {"addressee": one.name, "contact": contact, **mail_words(meeting, "meeting", said)})
    )
