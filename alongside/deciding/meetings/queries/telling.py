"""Who hears of a meeting, and what a mail says to each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import Duty
from alongside.deciding.meetings.models import AgendaItem, Declared, Meeting
from alongside.deciding.meetings.queries.agendas import Agenda, agenda_of
from alongside.deciding.meetings.queries.planning import Member, addresses, coming, roster
from alongside.deciding.meetings.rules.kinds import ActionState
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import listed, moment, plural, short_date
from alongside.ground.web.mail import written
from alongside.members.notices.queries.office import written_today

AGENDA, COMES = "meetings/agenda.txt", "meetings/comes.txt"
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

    @property
    def asked(self) -> str:
        """'2 people are asked by mail: Ann Lee and Bo Day. Helen Carrow has no account here: you enter their answer.'"""
        names = listed([one.name for one, _ in self.told])
        said = f"{plural(len(self.told), 'person is', 'people are')} asked by mail{': ' if names else ''}{names}."
        if not self.untold:
            return said
        has = "has" if len(self.untold) == 1 else "have"
        return f"{said} {listed([one.name for one in self.untold])} {has} no account here: you enter their answer."

    @property
    def clerk(self) -> str:
        """Who clerks the body, with where mail reaches them if that is known: 'Ann Lee, ann@school.example'."""
        there = [*self.told, *((one, "") for one in self.untold)]
        return listed([", ".join(filter(None, (one.name, to))) for one, to in there if one.duty is Duty.CLERK])


@dataclass(frozen=True)
class MailAhead:
    """A mail before it goes: to whom it goes, who gets none, and how one of them would read it."""

    hearing: Hearing
    name: str = ""
    subject: str = ""
    body: str = ""


def hearing_of(meeting: Meeting, *, viewer: Standing) -> Hearing:
    """Who hears of a meeting, for who keeps it."""
    return _reached(roster(meeting.body, meeting.on, viewer=viewer).members)


def voters_of(body: Body, *, viewer: Standing) -> Hearing:
    """Who votes on a body today, each vote once: whom a written resolution asks."""
    voters = {one.vote: one for one in roster(body, clock.today(), viewer=viewer).members if one.vote}
    return _reached(list(voters.values()))


def _reached(members: Sequence[Member]) -> Hearing:
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


def agenda_words(agenda: Agenda, clerk: str) -> Words:
    """What the agenda says to each: all of it that is for them, with what of it needs them, and who clerks."""
    items = [one.item for one in agenda.items]

    def said(one: Member) -> dict[str, Any]:
        mine = of_whom(items, one)
        own = [row for row in agenda.carried if row.person == one.key and row.state == ActionState.OPEN]
        return {
            "items": [row.title for row in mine],
            "presents": [row.title for row in mine if one.key == row.presented_by or one.name == row.presenter],
            "owes": [f"{row.words} (by {short_date(row.due_on)})" for row in own],
            "clerk": clerk,
            "link_video": agenda.meeting.link,
        }

    return said


def coming_mail(meeting: Meeting, *, viewer: Standing) -> tuple[MailAhead, str]:
    """The question whether they come, before it goes once more to those with a vote who have not said; and why it does not go:
    too late, asked today, or nobody to write to."""
    shown = coming(meeting, viewer=viewer)
    hearing = _reached(shown.silent if shown else [])
    if shown is None:
        return MailAhead(hearing), "It is too late to ask: who is here stands on the register."
    if not hearing.told:
        return MailAhead(hearing), "Everybody with a vote who can be written to has said whether they come."
    name, contact = hearing.told[0][0].name, meeting.partnership.contact_email
    words = {"addressee": name, "contact": contact, **mail_words(meeting, "meeting", {})}
    asked = written_today(COMES, meeting.pk, viewer=Standing.system(viewer.person))
    problem = "They were asked today already: once a day is enough." if asked else ""
    return MailAhead(hearing, name, *written(COMES, words)), problem


def agenda_mail(meeting: Meeting, *, viewer: Standing) -> MailAhead:
    """The mail with the agenda before it goes, as somebody reads it whom it asks for something, where there is anybody."""
    hearing, agenda = hearing_of(meeting, viewer=viewer), agenda_of(meeting, papers=False, decided=False, viewer=viewer)
    words = agenda_words(agenda, hearing.clerk)
    found = [(one, words(one) or {}) for one, _ in hearing.told]
    if not found:
        return MailAhead(hearing)
    one, said = max(found, key=lambda each: bool(each[1]["presents"]) + bool(each[1]["owes"]))
    contact = meeting.partnership.contact_email
    return MailAhead(
        hearing, one.name, *written(AGENDA, {"addressee": one.name, "contact": contact, **mail_words(meeting, "meeting", said)})
    )
