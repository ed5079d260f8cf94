"""Choosing schools, inviting, reminding, ringing up."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.membership.models import Answer, Question
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.chase import Reach, may_remind_school
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.notices.queries.returned import CameBack, mail_that_came_back
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.queries.roles import contacts_of
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools

SHOWN = 400


def perhaps_to_remind(partnership: Partnership, *, viewer: Standing) -> Any:
    """The answers of all schools that are asked and have not signed or declined, as `reach_of` reads them: one query."""
    replies = Question.objects.filter(partnership=partnership, school=OuterRef("school")).exclude(replied_at=None)
    latest = replies.order_by("-replied_at").values("replied_at")[:1]
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    open_now = rows.exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED])
    return open_now.select_related("school__current").annotate(replied_at=Subquery(latest))


def reach_of(answer: Any) -> Reach:
    """What decides whether a school of `perhaps_to_remind` may be reminded."""
    told = [at.astimezone(clock.LONDON).date() for at in (answer.invited_at, answer.replied_at) if at]
    return Reach(
        answer.answer_state,
        bool(answer.email),
        answer.reminders,
        answer.reminded_on,
        answer.subject_on,
        answer.question_id is not None,
        max(told, default=None),
    )


@dataclass(frozen=True)
class Chasing:
    """Who would get a reminder now, and who not and why: (URN, school, address or reason)."""

    reached: list[tuple[int, str, str]]
    left_out: list[tuple[int, str, str]]


def chase_list(partnership: Partnership, limits: MembershipSettings, days: SchoolDays, *, viewer: Standing) -> Chasing:
    """Every school that has not signed or declined, by name: reached by a reminder today, or left out with the reason."""
    today = clock.today()
    reached: list[tuple[int, str, str]] = []
    left_out: list[tuple[int, str, str]] = []
    for answer in perhaps_to_remind(partnership, viewer=viewer).order_by("school__current__name"):
        verdict = may_remind_school(reach_of(answer), today, limits.reminders_at_most, days, limits.days_between_reminders)
        told = answer.email if verdict else verdict.reason
        (reached if verdict else left_out).append((answer.school.urn, answer.school.name, told))
    return Chasing(reached, left_out)


@dataclass(frozen=True)
class SchoolsToAsk:
    """Schools of the register that were searched for: with how each stands, and how many there are."""

    rows: list[tuple[Any, ...]]
    count: int
    asked: int

    @property
    def new(self) -> int:
        """Those that are not asked yet."""
        return self.count - self.asked


def found_schools(
    partnership: Partnership,
    *,
    la: str = "",
    trust: int | None = None,
    words: str = "",
    postcode: str = "",
    km: int = 5,
    phase: str = "",
    viewer: Standing,
) -> SchoolsToAsk | None:
    """Open schools of an authority, a trust, by name or near a postcode; none when nothing was searched for."""
    found = matching_schools(partnership, la=la, trust=trust, words=words, postcode=postcode, km=km, phase=phase, viewer=viewer)
    if found is None:
        return None
    stands = dict(
        Membership.objects.filter(partnership=partnership, until_on=None, school__in=[one.pk for one in found]).values_list(
            "school_id", "kind"
        )
    )
    rows = [
        (one.pk, one.urn, one.name, one.phase_in_words, one.town, one.trust_name, one.pupils, stands.get(one.pk, ""))
        for one in found[:SHOWN]
    ]
    return SchoolsToAsk(rows, len(found), len(stands))


def matching_schools(
    partnership: Partnership,
    *,
    la: str = "",
    trust: int | None = None,
    words: str = "",
    postcode: str = "",
    km: int = 5,
    phase: str = "",
    viewer: Standing,
) -> list[School] | None:
    """The open schools that the search means, by name; an invented partnership finds invented schools only."""
    invented = partnership.is_invented
    if la:
        found = list(schools.schools_in_la(la, viewer=viewer, invented=invented))
    elif trust:
        found = list(schools.schools_in_trust(trust, viewer=viewer))
    elif postcode:
        found = list(schools.schools_near(postcode, km, viewer=viewer, invented=invented))
    elif words:
        found = [
            one
            for line in words.split(",")
            if line.strip()
            for one in schools.find_schools(line.strip(), viewer=viewer, limit=20, invented=invented)
        ]
    else:
        return None
    wanted = {
        one.pk: one
        for one in found
        if one.is_open and one.is_invented == invented and (not phase or one.constituency.value == phase)
    }
    return sorted(wanted.values(), key=lambda one: (one.name, one.pk))


def to_invite(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, int, str, str, Any]]:
    """(school's id, URN, school, address, invited at) of those asked that have not signed or declined, uninvited first."""
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    rows = rows.exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED])
    return list(
        rows.order_by("invited_at", "school__current__name").values_list(
            "school_id", "school__current__urn", "school__current__name", "email", "invited_at"
        )
    )


def letters_due(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, int, str, Any]]:
    """(school's id, URN, school, letter printed at) of those without an address that have not answered, unprinted first.

    At most as many as one prints at a time.
    """
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None, email="")
    rows = rows.exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED]).order_by(
        F("letter_at").asc(nulls_first=True), "school__current__name"
    )
    return list(rows.values_list("school_id", "school__current__urn", "school__current__name", "letter_at")[:SHOWN])


@dataclass(frozen=True)
class ToRing:
    """One page of the phone list: (URN, school, telephone, town, state's words, note, people, addresses that came back)…"""

    rows: list[tuple[int, str, str, str, str, str, list[tuple[str, str, str, str]], list[tuple[str, CameBack]]]]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // SHOWN))


def phone_list(partnership: Partnership, page: str = "", *, viewer: Standing) -> ToRing:
    """The schools to ring, by name: those that have not signed or said not this time."""
    found: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    found = found.exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED]).order_by("school__current__name")
    number = int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 5 else 1
    start = (max(number, 1) - 1) * SHOWN
    facts = ("urn", "name", "phone", "town")
    rows = list(
        found.values_list("school_id", *(f"school__current__{fact}" for fact in facts), "state", "note", "email")[
            start : start + SHOWN
        ]
    )
    people = contacts_of([row[0] for row in rows], viewer=viewer)
    addresses = {row[0]: [row[-1], *(one[2] for one in people.get(row[0], []))] for row in rows}
    back = mail_that_came_back([one for each in addresses.values() for one in each], viewer=viewer)
    shown = [
        (urn, name, phone, town, AnswerState(state).label, note, people.get(key, []), _dead(addresses[key], back))
        for key, urn, name, phone, town, state, note, _ in rows
    ]
    return ToRing(shown, found.count() if start or len(rows) == SHOWN else len(rows), max(number, 1))


def _dead(addresses: list[str], back: dict[str, CameBack]) -> list[tuple[str, CameBack]]:
    """(address, what came back) of those addresses from which mail came back, each once."""
    return [(one, back[one.lower()]) for one in dict.fromkeys(addresses) if one and one.lower() in back]


def associates_of(partnership: Partnership, *, viewer: Standing) -> list[tuple[int, str, Any]]:
    """(URN, school, since) of the associates."""
    rows: Any = Membership.objects.visible_to(viewer).filter(partnership=partnership, kind=Belonging.ASSOCIATE, until_on=None)
    return list(rows.order_by("school__current__name").values_list("school__current__urn", "school__current__name", "from_on"))
