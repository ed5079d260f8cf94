"""What a school gave and received, for the school and for the office."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, F, Min, Q, QuerySet, When
from django.db.models.functions import Coalesce

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.members.contributions.models import Contribution, OutsideBody
from alongside.members.contributions.rules import GiftKind, Side, much_words, side_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belonging
from alongside.members.schools.models import School

NOTED = "contributions.note"
Party = School | OutsideBody
Sides = dict[str, list[tuple[GiftKind, Decimal, str]]]


@dataclass(frozen=True)
class BothSides:
    """One school's year: what it gave, and what it received."""

    school: School
    given: Side
    received: Side

    @property
    def is_busy(self) -> bool:
        """Whether there was anything at all."""
        return bool(self.given.pieces or self.received.pieces)


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
    schools = belonging(partnership, viewer=viewer).order_by("school__current__name", "school__current__urn")
    if not viewer.runs(partnership.pk):
        schools = schools.filter(school__in=viewer.schools)
    given, received = _sides(_standing(partnership, year, viewer))
    rows = schools.select_related("school__current")
    return [BothSides(one.school, side_of(given[one.school_id]), side_of(received[one.school_id])) for one in rows]


def _sides(found: QuerySet[Contribution]) -> tuple[Sides, Sides]:
    given: Sides = defaultdict(list)
    received: Sides = defaultdict(list)
    rows = found.values_list("kind", "amount", Coalesce("giver", "giver_body"), Coalesce("receiver", "receiver_body"))
    for kind, amount, giver, receiver in rows:
        given[giver].append((GiftKind(kind), amount, receiver))
        received[receiver].append((GiftKind(kind), amount, giver))
    return given, received


@dataclass(frozen=True)
class GivenLine:
    """One contribution as a school's page shows it: what it gave (or received), with whom."""

    key: str
    is_given: bool
    on: date
    kind: GiftKind
    amount: Decimal
    other: str
    other_key: str
    other_urn: int | None
    words: str
    was_noted: bool

    @property
    def much(self) -> str:
        """How much it was, in words."""
        return self.kind.unit.words(self.amount)


def lines_of(school: School, partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[GivenLine]:
    """What one school gave and received in a year, newest first."""
    rows = _standing(partnership, year, viewer).filter(Q(giver=school) | Q(receiver=school)).order_by("-done_on", "-written_at")

    def other(*names: str) -> Case:
        """What the other side has of those names, the first that it has."""
        ends = {side: [F(f"{side}{name}") for name in names] for side in ("giver", "receiver")}
        of = {side: Coalesce(*end) if len(end) > 1 else end[0] for side, end in ends.items()}
        return Case(When(giver=school, then=of["receiver"]), default=of["giver"])

    found: QuerySet[Any] = rows.values(
        "kind", "amount", "words", key=F("pk"), is_given=Q(giver=school), on=F("done_on"), was_noted=Q(source=NOTED),
        other=other("__current__name", "_body__name"), other_key=other("", "_body"), other_urn=other("__current__urn"),
    )  # fmt: skip
    return [GivenLine(**row | {"kind": GiftKind(row["kind"])}) for row in found]


class LatelyRow(NamedTuple):
    """One contribution of one of the viewer's schools, which gave it or received it, with whom."""

    school: str
    is_given: bool
    kind: GiftKind
    amount: Decimal
    other: str
    on: date

    @property
    def much(self) -> str:
        """How much it was, within a sentence."""
        return much_words(self.kind, self.amount)


def lately(since: date, *, viewer: Standing) -> list[LatelyRow]:
    """What the viewer's own schools gave and received since a day, newest first: one query."""
    rows = Contribution.objects.visible_to(viewer).standing().filter(done_on__gte=since, done_on__lte=clock.today())
    mine = rows.filter(Q(giver__in=viewer.schools) | Q(receiver__in=viewer.schools)).order_by("-done_on", "-written_at")
    names = (Coalesce(f"{side}__current__name", f"{side}_body__name") for side in ("giver", "receiver"))
    found = []
    for giver_id, receiver_id, giver, receiver, kind, amount, on in mine.values_list(
        "giver_id", "receiver_id", *names, "kind", "amount", "done_on"
    ):
        for school, is_given, own, other in ((receiver_id, False, receiver, giver), (giver_id, True, giver, receiver)):
            if school in viewer.schools:
                found.append(LatelyRow(own, is_given, GiftKind(kind), amount, other, on))
    return found


def parties_of(partnership: Partnership, *, viewer: Standing) -> list[Party]:
    """Those who may give and receive: the partnership's schools, then its outside bodies."""
    schools = School.objects.filter(pk__in=belonging(partnership, viewer=viewer).values("school")).order_by("current__name")
    return [*schools, *OutsideBody.objects.visible_to(viewer).filter(partnership=partnership).order_by("name")]


def gifts_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How much was noted this academic year, in words: by all for the office, of their own school for its people."""
    year = academic_year_of(clock.today())
    if count := _standing(partnership, year, viewer).count():
        return f"{plural(count, 'piece')} of work in {year}"
    whose = "" if viewer.runs(partnership.pk) else " for your school"
    return f"Nothing noted yet{whose} in {year}: a visit or a day of help can be noted by hand"
