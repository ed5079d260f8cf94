"""Choosing schools, inviting, reminding, ringing up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, Exists, F, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from alongside.ground.core import clock
from alongside.ground.core.cells import Text
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Verdict
from alongside.ground.core.words import day_of, plural
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.inviting.rules import Reach, how_it_stands, may_remind_school
from alongside.members.membership.models import Answer
from alongside.members.membership.queries.answers import (
    FIELDS,
    HAS_WITHDRAWN,
    KNOWN,
    NOTES,
    REPLIED,
    STAND,
    UNINVITED,
    WITHDREW_AT,
    case_of,
    standing_of_answers,
    told_since,
)
from alongside.members.membership.queries.texts import settings_and_days
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.membership.rules.outlook import next_contact, rests_until, told_before
from alongside.members.notices.queries.returned import CameBack, mail_that_came_back
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.queries.roles import contacts_of
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools

SHOWN, MOST_LIKE = 400, 20
SILENT = (AnswerState.NO_REPLY, AnswerState.READING)


def perhaps_to_remind(partnership: Partnership, *, viewer: Standing) -> Any:
    """The answers of all schools that are asked and have not signed or declined, as `reach_of` reads them: one query."""
    latest = REPLIED.order_by("-replied_at")
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    open_now = rows.exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED])
    return open_now.select_related("school__current").annotate(
        withdrew_at=WITHDREW_AT,
        replied_at=Subquery(latest.values("replied_at")[:1]),
        last_asked_at=Subquery(latest.values("asked_at")[:1]),
        has_talked=Exists(NOTES),
    )


def reach_of(answer: Any) -> Reach:
    """What decides whether a school of `perhaps_to_remind` may be reminded."""
    told = [at.astimezone(clock.LONDON).date() for at in (answer.invited_at, answer.letter_at, answer.replied_at) if at]
    return Reach(
        answer.answer_state,
        bool(answer.email),
        answer.reminders,
        answer.reminded_on,
        answer.subject_on,
        answer.question_id is not None,
        max(told, default=None),
        answer.school.not_open,
        day_of(answer.withdrew_at) if answer.withdrew_at and answer.answer_state in SILENT else None,
        day_of(answer.last_asked_at) if answer.last_asked_at else None,
        day_of(answer.replied_at) if answer.replied_at else None,
        answer.has_talked,
    )


@dataclass(frozen=True)
class ToRemind:
    """A school that has not answered: it gets a reminder now, or not, and why; where it only `rests`, until when."""

    urn: int
    name: str
    email: str
    verdict: Verdict
    so_far: str
    rests: date | None


def chase_list(partnership: Partnership, limits: MembershipSettings, days: SchoolDays, *, viewer: Standing) -> list[ToRemind]:
    """Every school that has not signed or declined, by name, and whether a reminder reaches it today."""
    today, most, apart = clock.today(), limits.reminders_at_most, limits.days_between_reminders
    found = []
    for one in perhaps_to_remind(partnership, viewer=viewer).order_by("school__current__name"):
        reach = reach_of(one)
        verdict = may_remind_school(reach, today, most, days, apart)
        told = max(filter(None, (reach.told_on, reach.reminded_on)), default=None)
        rests = rests_until(told, today, days, apart) if told and not verdict else None
        later = rests if rests and may_remind_school(reach, rests, most, days, apart) else None
        found.append(ToRemind(one.school.urn, one.school.name, one.email, verdict, how_it_stands(reach, today), later))
    return found


@dataclass(frozen=True)
class FoundSchool:
    """A school of the register that was searched for, and how it belongs to the partnership."""

    key: str
    urn: int
    name: Text
    trust: str
    pupils: int | None
    belongs: Belonging | None

    @property
    def may_be_ticked(self) -> bool:
        """Whether it can be asked, or asked no longer: a member or an associate is neither."""
        return self.belongs in (None, Belonging.ASKED)


@dataclass(frozen=True)
class SchoolsToAsk:
    """Schools of the register that were searched for: the first of them, how many there are, and how many are asked."""

    rows: list[FoundSchool]
    count: int
    asked: int

    @property
    def new(self) -> int:
        """Those that are not asked yet."""
        return self.count - self.asked


def found_schools(partnership: Partnership, found: list[School], *, viewer: Standing) -> SchoolsToAsk:
    """How the schools that a search found stand to the partnership."""
    stands = dict(
        Membership.objects.filter(partnership=partnership, until_on=None, school__in=[one.pk for one in found]).values_list(
            "school_id", "kind"
        )
    )
    rows = []
    for one in found[:SHOWN]:
        where = " · ".join([", ".join(filter(None, (one.phase_in_words, one.town))), str(one.urn)])
        belongs = Belonging(stands[one.pk]) if one.pk in stands else None
        rows.append(FoundSchool(one.pk, one.urn, Text(one.name, under=where), one.trust_name, one.pupils, belongs))
    return SchoolsToAsk(rows, len(found), len(stands))


@dataclass(frozen=True)
class Matching:
    """The schools that a search means, by name; of names typed, those that lead to none, those that several have, those that
    only others are like, and what is to be said of schools that are not open."""

    schools: list[School]
    unknown: list[str]
    unsure: list[str]
    nearest: list[str]
    closed: list[str]

    @property
    def is_sure(self) -> bool:
        """Whether all that was found may be asked at once."""
        return not (self.unsure or self.nearest or self.closed)


def matching_schools(partnership: Partnership, search: Mapping[str, Any], *, viewer: Standing) -> Matching | None:
    """The open schools that a search means: of an authority (la), a trust (its UID), near a postcode (km) or by words, and of
    a phase. None when nothing was searched for. An invented partnership finds invented schools only."""
    only: dict[str, Any] = {"viewer": viewer, "invented": partnership.is_invented}
    found: list[School] = []
    named: dict[str, schools.Meant] = {}
    if search["la"]:
        found += schools.schools_in_la(search["la"], **only)
    elif search["trust"]:
        found += schools.schools_in_trust(search["trust"], viewer=viewer)
    elif search["postcode"]:
        found += schools.schools_near(search["postcode"], search["km"], **only)
    elif search["words"]:
        names = [name for name in map(str.strip, search["words"].split(",")) if name]
        named = schools.schools_named(names, **only)
        found += [one for there in named.values() for one in (there.meant or there.like)[:MOST_LIKE]]
    else:
        return None
    wanted = {one.pk: one for one in found if one.is_open and one.is_invented == partnership.is_invented}
    of_phase = [one for one in wanted.values() if search["phase"] in ("", one.constituency.value)]
    unknown, nearest = (
        [name for name, there in named.items() if test(there)] for test in (lambda n: not any(n), lambda n: n.like)
    )
    unsure = [name for name, there in named.items() if len(there.meant) > 1]
    told = schools.told_not_open([one for there in named.values() for one in there.closed], viewer=viewer)
    by_name = sorted(of_phase, key=lambda one: (one.name, one.pk))
    return Matching(by_name, unknown, unsure if len(named) > 1 else [], nearest, told)


def _unanswered(partnership: Partnership, viewer: Standing) -> Any:
    """The answers of open schools asked that have not signed or declined, with the school's own facts by their short names."""
    facts: dict[str, Any] = {name: F(f"school__current__{name}") for name in ("urn", "name", "town")}
    facts["phone"] = Coalesce(NullIf("telephone", Value("")), "school__current__phone")  # the office knows better
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None, school__current__is_open=True)
    return rows.exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED]).annotate(**facts)


@dataclass(frozen=True)
class ClosedSchool:
    """A school that is asked and not open (any more), with what the register says of it."""

    school: School
    words: str


def closed_on_list(partnership: Partnership, *, viewer: Standing) -> list[ClosedSchool]:
    """Those asked that are not open and have not signed, by name: nobody can answer for them."""
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None, school__current__is_open=False)
    asked = rows.exclude(state=AnswerState.SIGNED).select_related("school__current").order_by("school__current__name", "pk")
    found = [one.school for one in asked]
    return [ClosedSchool(*pair) for pair in zip(found, schools.told_not_open(found, viewer=viewer), strict=True)]


def to_invite(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """Those asked that have not signed or declined, uninvited first: rows of school_id, urn, name, email, and `stand`."""
    rows = _unanswered(partnership, viewer).annotate(stand=STAND).order_by("invited_at", "name")
    return list(rows.values_list("school_id", "urn", "name", "email", "stand", named=True))


def invitations_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many schools are still to be invited, in words."""
    counts = standing_of_answers(partnership, viewer=viewer)
    if not counts.asked:
        return "No school is on the list yet"
    return f"{plural(counts.to_invite, 'school')} to be invited" if counts.to_invite else "Every school on the list is invited"


def letters_due(partnership: Partnership, also: str = "", *, viewer: Standing) -> list[Any]:
    """Those without an address that have not answered, and the one whose URN is `also`; unprinted first, at most as many as one
    prints at a time: rows of school_id, urn, name, letter_at."""
    wanted = Q(school__current__urn=int(also)) if also.isascii() and also.isdigit() and len(also) < 9 else Q(pk=None)
    rows = _unanswered(partnership, viewer).filter(Q(email="") | wanted).order_by(F("letter_at").asc(nulls_first=True), "name")
    return list(rows.values_list("school_id", "urn", "name", "letter_at", named=True)[:SHOWN])


@dataclass(frozen=True)
class RingRow:
    """A school to ring: how it stands, whom one may ask for there, and which addresses of it mail came back from."""

    urn: int
    name: str
    phone: str
    town: str
    state: str
    note: str
    next: str
    people: list[Any]
    dead: dict[str, CameBack]


@dataclass(frozen=True)
class ToRing:
    """One page of the phone list."""

    rows: list[RingRow]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // SHOWN))


def phone_list(partnership: Partnership, page: str = "", *, whole: bool = False, viewer: Standing) -> ToRing:
    """The schools that have not signed or said not this time, those to ring first on top; a page of them, or the whole."""
    today, (limits, days) = clock.today(), settings_and_days(partnership, viewer=viewer)
    apart = limits.days_between_reminders
    order = [  # whom to ring first; a school whose day to be rung is another, or that has said when it decides, comes last
        (Q(next_on__gt=today), 12), (Q(next_on__lte=today, partnership__roll=None), 0), (HAS_WITHDRAWN, 1),
        (told_since(told_before(today, days, apart)) & Q(state__in=SILENT) & ~UNINVITED, 12),
        (Q(reminders__gte=limits.reminders_at_most, state__in=SILENT) & ~UNINVITED, 2), (Q(email="", letter_at__isnull=False), 3),
        (Q(state=AnswerState.SUBJECT, subject_on__lt=today), 4), (Q(state=AnswerState.READING), 5),
        (Q(state=AnswerState.QUESTION), 10), (UNINVITED, 11), (Q(state=AnswerState.SUBJECT), 12),
    ]  # fmt: skip
    ranks = [When(one, then=Value(place)) for one, place in order]
    found = _unanswered(partnership, viewer).annotate(rank=Case(*ranks, default=Value(9)), stand=STAND, **KNOWN)
    number = max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    start, end = (0, None) if whole else ((number - 1) * SHOWN, number * SHOWN)
    fields = ("school_id", "urn", "name", "phone", "town", "partnership__roll__frozen_at", *FIELDS)
    rows = list(found.order_by("rank", "name").values_list(*fields, named=True)[start:end])
    people = contacts_of([row.school_id for row in rows], viewer=viewer)
    addresses = {row.school_id: [row.email, *(email for _, _, email, _ in people.get(row.school_id, []))] for row in rows}
    back = mail_that_came_back([one for each in addresses.values() for one in each], viewer=viewer)

    def ring(row: Any) -> RingRow:
        over, case = row.partnership__roll__frozen_at is not None, case_of(partial(getattr, row))
        dead = {one: back[one.lower()] for one in addresses[row.school_id] if one and one.lower() in back}
        rests = case.told_on and rests_until(case.told_on, today, days, apart)
        after = next_contact(case, today, limits.reminders_at_most, rests, over=over)
        note = "" if over and (row.next_on is None or row.next_on < today) else row.note
        return RingRow(row.urn, row.name, row.phone, row.town, case.label, note, after, people.get(row.school_id, []), dead)

    return ToRing([*map(ring, rows)], found.count() if start or len(rows) == SHOWN else len(rows), number)


def associates_of(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """The associates, by name: rows of urn, name, from_on."""
    rows: Any = Membership.objects.visible_to(viewer).filter(partnership=partnership, kind=Belonging.ASSOCIATE, until_on=None)
    named = rows.annotate(urn=F("school__current__urn"), name=F("school__current__name")).order_by("name")
    return list(named.values_list("urn", "name", "from_on", named=True))
