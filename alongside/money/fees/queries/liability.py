"""What member schools still owe that have closed, merged or left: due until a decision says otherwise."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of
from alongside.members.authority.rules import rests_on
from alongside.members.membership.models import Signature
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.schools.models import Change, Establishment, School, Succession
from alongside.money.budget.models import FeeYear
from alongside.money.fees.models import Settled
from alongside.money.fees.queries.due import STOOD, has_merged
from alongside.money.fees.rules.liability import Fate, Liability, Outcome, begins_with, fate_of, owes_year
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.invoices import State


@dataclass(frozen=True)
class Gone:
    """A school that signed and has closed, merged or left, with what it owes for each year."""

    key: str
    urn: int
    name: str
    fate: Fate
    since: date | None
    into: str
    years: tuple[Liability, ...]

    @property
    def undecided(self) -> int:
        """For how many years something is owed and nobody has decided."""
        return sum(1 for one in self.years if one.is_undecided)


@dataclass(frozen=True)
class Liabilities:
    """The schools that have gone, and those that went on as the same school: (name, URN, URN before, trust now)."""

    gone: list[Gone]
    went_on: list[tuple[str, int, int | None, str]]

    @property
    def undecided(self) -> int:
        """How many schools wait for a decision."""
        return sum(1 for one in self.gone if one.undecided)


def gone_by(on: date, viewer: Standing) -> QuerySet[Membership]:
    """Memberships of schools that signed and have since closed, merged or left."""
    gone = Q(until_on__lt=on) | Q(school__current__is_open=False)
    signed = Signature.objects.filter(STOOD, partnership=OuterRef("partnership"), school=OuterRef("school"))
    found = Membership.objects.visible_to(viewer).filter(gone, kind=Belonging.MEMBER, from_on__lte=on)
    return found.filter(Q(partnership__template=Template.TRUST) | Exists(signed))


def liabilities_of(partnership: Partnership, *, viewer: Standing) -> Liabilities:
    """What is owed by schools that have gone, year by year, and who went on under another URN: six queries."""
    if not viewer.runs(partnership.pk):
        return Liabilities([], [])
    on = clock.today()
    years = list(FeeYear.objects.visible_to(viewer).filter(partnership=partnership).order_by("number"))
    term = 0 if partnership.template_kind is Template.TRUST else settings_of(partnership, MembershipSettings).term_years
    rows = _rows(partnership, on, viewer)
    schools = [row[0] for row in rows]
    settled = _settled(partnership, schools, viewer)
    asked = _asked(partnership, schools, viewer)
    into = _successors([row[1] for row in rows if row[6]])
    opened = {one.number: day_of(one.opened_at) for one in years if one.number > 1}
    gone, went_on = [], []
    for school, urn, name, joined, until, is_open, merged, closed_on, old_urn, trust, moved in rows:
        left = until is not None and until < on
        fate = fate_of(left=left, is_open=is_open, merged=merged)
        if fate is Fate.MEMBER:
            if old_urn or moved:
                went_on.append((name, urn, old_urn, trust if moved else ""))
            continue
        begins = begins_with(joined, opened)
        numbers = {n for n in range(1, term + 1) if owes_year(n, term_years=term, belongs=False, begins_with=begins)}
        numbers |= {n for key, n in (*settled, *asked) if key == school}
        each = tuple(_liability(n, settled.get((school, n)), asked.get((school, n))) for n in sorted(numbers))
        gone.append(Gone(school, urn, name, fate, until if left else closed_on, into.get(urn, ""), each))
    return Liabilities(gone, went_on)


def _rows(partnership: Partnership, on: date, viewer: Standing) -> list[tuple[Any, ...]]:
    before = Establishment.objects.filter(school=OuterRef("school"), closed_on__gte=OuterRef("from_on"))
    before = before.exclude(urn=OuterRef("school__current__urn")).order_by("-closed_on")
    moves = Change.objects.filter(
        establishment=OuterRef("school__current"), fact__startswith="trust", seen_on__gte=OuterRef("from_on")
    )
    found = (
        Membership.objects.visible_to(viewer)
        .filter(partnership=partnership, kind=Belonging.MEMBER)
        .annotate(merged=has_merged(), old_urn=Subquery(before.values("urn")[:1]), moved=Exists(moves))
        .annotate(gone=Exists(gone_by(on, viewer).filter(pk=OuterRef("pk"))))
        .filter(Q(gone=True) | Q(old_urn__isnull=False) | Q(moved=True))
        .order_by("from_on")
    )
    rows = found.values_list(
        "school_id",
        "school__current__urn",
        "school__current__name",
        "from_on",
        "until_on",
        "school__current__is_open",
        "merged",
        "school__current__closed_on",
        "old_urn",
        "school__current__trust_name",
        "moved",
    )
    return sorted({row[0]: row for row in rows}.values(), key=lambda row: (row[2], row[1]))


def _settled(partnership: Partnership, schools: list[str], viewer: Standing) -> dict[tuple[str, int], Settled]:
    found = Settled.objects.visible_to(viewer).select_related("decision")
    return {(one.school_id, one.year): one for one in found.filter(partnership=partnership, school__in=schools, replaced_at=None)}


def _asked(partnership: Partnership, schools: list[str], viewer: Standing) -> dict[tuple[str, int], Invoice]:
    found = Invoice.objects.visible_to(viewer).filter(partnership=partnership, school__in=schools)
    return _by_year(found)


def _by_year(invoices: QuerySet[Invoice]) -> dict[tuple[str, int], Invoice]:
    """Invoices of fees by school and year: one query."""
    of_fees = invoices.exclude(claim__fee_year=None).annotate(year=F("claim__fee_year__number"))
    return {(one.school_id, one.year): one for one in of_fees}


def _successors(urns: list[int]) -> dict[int, str]:
    """Into which school the register says that each of them went: one query."""
    name = Subquery(Establishment.objects.filter(urn=OuterRef("successor_urn")).values("name")[:1])
    found = Succession.objects.filter(predecessor_urn__in=urns).annotate(name=name).values_list("predecessor_urn", "name")
    return {urn: words for urn, words in found if words}


def _liability(number: int, settled: Settled | None, invoice: Invoice | None) -> Liability:
    made = settled.decision if settled else None
    return Liability(
        number,
        settled.outcome if settled else "",
        rests_on(made.body, made.decided_on, made.reference) if made else "",
        settled.payer_name if settled else "",
        invoice.reference if invoice else "",
        invoice.owed if invoice else None,
    )


def settled_as(partnership: Partnership, school: School, number: int, *, viewer: Standing) -> Settled | None:
    """What a decision has made of a school's liability for a year, where there is one."""
    found = Settled.objects.visible_to(viewer).select_related("decision")
    return found.filter(partnership=partnership, school=school, year=number, replaced_at=None).first()


@dataclass(frozen=True)
class TakenOver:
    """A fee of another school that one's own has taken over, with its invoice where there is one."""

    school: str
    year: int
    decision: str
    reference: str = ""
    due_on: date | None = None
    total: int = 0
    owed: int = 0
    state: State | None = None


def taken_over(partnership: Partnership, *, viewer: Standing) -> dict[str, list[TakenOver]]:
    """The fees that the viewer's schools have taken over from others, by the id of the school that took it: two queries."""
    own = viewer.schools_in(partnership.pk)
    found = Settled.objects.filter(
        partnership=partnership, to_school__in=own, outcome=Outcome.TRANSFERRED, replaced_at=None
    ).select_related("school__current", "decision")
    settled = list(found.order_by("year", "school__current__name"))
    wanted = {(one.school_id, one.year) for one in settled}
    invoices = Invoice.objects.filter(partnership=partnership, school__in={key for key, _ in wanted})
    asked = _by_year(invoices) if wanted else {}
    rows: dict[str, list[TakenOver]] = {}
    for one in settled:
        row = TakenOver(str(one.school), one.year, str(one.decision))
        if invoice := asked.get((one.school_id, one.year)):
            row = replace(
                row, reference=invoice.reference, due_on=invoice.due_on, total=invoice.total, owed=invoice.owed,
                state=invoice.state,
            )  # fmt: skip
        rows.setdefault(one.to_school_id or "", []).append(row)
    return rows
