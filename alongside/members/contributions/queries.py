"""What a school gave and received, for the school and for the office."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.members.contributions.models import Contribution, OutsideBody
from alongside.members.contributions.rules import GiftKind, Side, for_size, side_of
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging as Belonging
from alongside.members.schools.models import School

MOST_SHOWN = 500


@dataclass(frozen=True)
class BothSides:
    """One school's year, both sides plain and for every hundred pupils; `mine` when it is the viewer's own school."""

    urn: int
    name: str
    pupils: int | None
    given: Side
    received: Side
    mine: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether there was anything at all."""
        return bool(self.given.pieces or self.received.pieces)

    @property
    def given_for_size(self) -> Side | None:
        """What it gave for every hundred pupils."""
        return for_size(self.given, self.pupils)

    @property
    def received_for_size(self) -> Side | None:
        """What it received for every hundred pupils."""
        return for_size(self.received, self.pupils)


def _standing(partnership: Partnership, year: AcademicYear, viewer: Standing) -> QuerySet[Contribution]:
    found = Contribution.objects.visible_to(viewer).standing().filter(partnership=partnership)
    return found.filter(done_on__gte=year.first_on, done_on__lte=year.last_on)


def years_of(partnership: Partnership, *, viewer: Standing) -> list[AcademicYear]:
    """The academic years to choose from, this one first."""
    first = Contribution.objects.visible_to(viewer).standing().filter(partnership=partnership).aggregate(Min("done_on"))
    now = academic_year_of(clock.today())
    since = academic_year_of(first["done_on__min"]) if first["done_on__min"] else now
    return [AcademicYear(start) for start in range(now.start, min(since, now).start - 1, -1)]


def sides_by_school(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[BothSides]:
    """What each school of the viewer's view gave and received in a year, by the schools' names and no other order."""
    today = clock.today()
    belonging = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership)
    if not viewer.runs(partnership.pk):
        belonging = belonging.filter(school__in=viewer.schools)
    schools = belonging.exclude(kind=Belonging.ASKED).order_by("school__current__name", "school__current__urn")
    given, received = _sides(_standing(partnership, year, viewer))
    return [
        BothSides(urn, name, pupils, side_of(given[school]), side_of(received[school]), school in viewer.schools)
        for school, urn, name, pupils in schools.values_list(
            "school_id", "school__current__urn", "school__current__name", "school__current__pupils"
        )
    ]


Sides = dict[str, list[tuple[GiftKind, Decimal, str]]]


def _sides(found: QuerySet[Contribution]) -> tuple[Sides, Sides]:
    given: Sides = defaultdict(list)
    received: Sides = defaultdict(list)
    rows = found.values_list("kind", "amount", Coalesce("giver", "giver_body"), Coalesce("receiver", "receiver_body"))
    for kind, amount, giver, receiver in rows:
        given[giver].append((GiftKind(kind), amount, receiver))
        received[receiver].append((GiftKind(kind), amount, giver))
    return given, received


def sides_of_school(school: School, partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> BothSides:
    """What one school gave and received in a year."""
    given, received = _sides(_standing(partnership, year, viewer).filter(Q(giver=school) | Q(receiver=school)))
    mine = school.pk in viewer.schools
    return BothSides(school.urn, school.name, school.pupils, side_of(given[school.pk]), side_of(received[school.pk]), mine)


@dataclass(frozen=True)
class GivenLine:
    """One contribution as a school's page shows it: what it gave (or received), with whom."""

    key: str
    is_given: bool
    on: date
    kind: GiftKind
    amount: str
    other: str
    other_urn: int | None
    words: str
    was_noted: bool


def lines_of(school: School, partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[GivenLine]:
    """What one school gave and received in a year, newest first, at most 500."""
    rows = _standing(partnership, year, viewer).filter(Q(giver=school) | Q(receiver=school)).order_by("-done_on", "-written_at")
    fields = ["id", "giver_id", "done_on", "kind", "amount", "words", "source"]
    for side in ("giver", "receiver"):
        fields += [f"{side}__current__name", f"{side}__current__urn", f"{side}_body__name"]
    return [_line(row, school) for row in rows.values_list(*fields)[:MOST_SHOWN]]


def _line(row: Sequence[Any], school: School) -> GivenLine:
    key, giver, on, kind, amount, words, source, *names = row
    is_given = giver == school.pk
    name, urn, body = names[3:] if is_given else names[:3]
    return GivenLine(
        key, is_given, on, GiftKind(kind), GiftKind(kind).unit.words(amount), name or body, urn, words, source == NOTED
    )


NOTED = "contributions.note"


def parties_of(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str]]:
    """(id, name) of those who may give and receive: the partnership's schools, then its outside bodies."""
    belonging = Membership.objects.visible_to(viewer).current(clock.today()).filter(partnership=partnership)
    schools = belonging.exclude(kind=Belonging.ASKED).order_by("school__current__name")
    bodies = OutsideBody.objects.visible_to(viewer).filter(partnership=partnership).order_by("name")
    return [*schools.values_list("school_id", "school__current__name"), *bodies.values_list("pk", "name")]


def party_at(key: str, partnership: Partnership, *, viewer: Standing) -> School | OutsideBody | None:
    """A school that belongs to the partnership, or one of its outside bodies."""
    belonging = Membership.objects.visible_to(viewer).current(clock.today()).filter(partnership=partnership)
    school = School.objects.filter(pk__in=belonging.exclude(kind=Belonging.ASKED).values("school"), pk=key).first()
    return school or OutsideBody.objects.visible_to(viewer).filter(partnership=partnership, pk=key).first()


def gifts_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How much was noted this academic year, in words."""
    year = academic_year_of(clock.today())
    return f"{plural(_standing(partnership, year, viewer).count(), 'piece')} of work in {year}"
