"""What member schools still owe that have closed, merged or left: due until a decision says otherwise."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of
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


@dataclass(frozen=True)
class Gone:
    """A school that signed and has closed, merged or left, with what it owes for each year."""

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
class WentOn:
    """A school that went on as the same school: its URN before where it has another now, its trust where that is new."""

    name: str
    urn: int
    old_urn: int | None
    trust: str


@dataclass(frozen=True)
class Liabilities:
    """The schools that have gone, and those that went on as the same school."""

    gone: list[Gone]
    went_on: list[WentOn]

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


def to_take_back(viewer: Standing) -> QuerySet[Invoice]:
    """Invoices of a fee, not credited yet, whose school withdrew its signature while it was free to, each with the moment."""
    theirs = Signature.objects.filter(partnership=OuterRef("partnership"), school=OuterRef("school"))
    off = F("credited") + F("written_off") + F("waived")
    found = Invoice.objects.visible_to(viewer).exclude(claim__fee_year=None).filter(total__gt=off)
    withdrew = Subquery(theirs.order_by("-withdrawn_at").values("withdrawn_at")[:1])
    return found.filter(Exists(theirs), ~Exists(theirs.filter(STOOD))).annotate(withdrew=withdrew)


def _withdrew(partnership: Partnership, viewer: Standing) -> list[Gone]:
    """The schools that withdrew after they had been asked, with the invoices that are to be credited: one query."""
    found = to_take_back(viewer).filter(partnership=partnership).annotate(year=F("claim__fee_year__number"))
    by_school: dict[str, list[Any]] = {}
    for one in found.order_by("school_name", "number"):
        by_school.setdefault(one.school_id, []).append(one)
    return [
        Gone(
            invoices[0].school_urn,
            invoices[0].school_name,
            Fate.WITHDREW,
            day_of(invoices[0].withdrew),
            "",
            tuple(replace(_liability(one.year, None, one), withdrew=True) for one in invoices),
        )
        for invoices in by_school.values()
    ]


def liabilities_of(partnership: Partnership, *, viewer: Standing) -> Liabilities:
    """What is owed by schools that have gone, year by year, and who went on under another URN: seven queries."""
    if not viewer.runs(partnership.pk):
        return Liabilities([], [])
    on = clock.today()
    years = list(FeeYear.objects.visible_to(viewer).filter(partnership=partnership).order_by("number"))
    term = 0 if partnership.template_kind is Template.TRUST else settings_of(partnership, MembershipSettings).term_years
    rows = _rows(partnership, on, viewer)
    schools = [row.school_id for row in rows]
    settled = _settled(partnership, schools, viewer)
    asked = _by_year(Invoice.objects.visible_to(viewer).filter(partnership=partnership, school__in=schools))
    into = _successors([row.urn for row in rows if row.merged])
    opened = {one.number: day_of(one.opened_at) for one in years if one.number > 1}
    gone, went_on = _withdrew(partnership, viewer), []
    for row in rows:
        left = row.until_on is not None and row.until_on < on
        fate = fate_of(left=left, is_open=row.is_open, merged=row.merged)
        if fate is Fate.MEMBER:
            if row.old_urn or row.moved:
                went_on.append(WentOn(row.name, row.urn, row.old_urn, row.trust if row.moved else ""))
            continue
        begins = begins_with(row.from_on, opened)
        numbers = {n for n in range(1, term + 1) if owes_year(n, term_years=term, belongs=False, begins_with=begins)}
        numbers |= {n for key, n in (*settled, *asked) if key == row.school_id}
        of = [(n, (row.school_id, n)) for n in sorted(numbers)]
        each = tuple(_liability(n, settled.get(key), asked.get(key)) for n, key in of)
        gone.append(Gone(row.urn, row.name, fate, row.until_on if left else row.closed_on, into.get(row.urn, ""), each))
    return Liabilities(gone, went_on)


def _rows(partnership: Partnership, on: date, viewer: Standing) -> list[Any]:
    """The latest membership of each school that has gone, or is another establishment or in another trust since."""
    before = Establishment.objects.filter(school=OuterRef("school"), closed_on__gte=OuterRef("from_on"))
    before = before.exclude(urn=OuterRef("school__current__urn")).order_by("-closed_on")
    moves = Change.objects.filter(
        establishment=OuterRef("school__current"), fact__startswith="trust", seen_on__gte=OuterRef("from_on")
    )
    names = {"urn": "urn", "name": "name", "is_open": "is_open", "closed_on": "closed_on", "trust": "trust_name"}
    found = (
        Membership.objects.visible_to(viewer)
        .filter(partnership=partnership, kind=Belonging.MEMBER)
        .annotate(merged=has_merged(), old_urn=Subquery(before.values("urn")[:1]), moved=Exists(moves))
        .annotate(gone=Exists(gone_by(on, viewer).filter(pk=OuterRef("pk"))))
        .filter(Q(gone=True) | Q(old_urn__isnull=False) | Q(moved=True))
        .annotate(**{name: F(f"school__current__{column}") for name, column in names.items()})
        .order_by("from_on")
    )
    rows = found.values_list("school_id", "from_on", "until_on", "merged", "old_urn", "moved", *names, named=True)
    return sorted({row.school_id: row for row in rows}.values(), key=lambda row: (row.name, row.urn))


def _settled(partnership: Partnership, schools: list[str], viewer: Standing) -> dict[tuple[str, int], Settled]:
    found = Settled.objects.visible_to(viewer).select_related("decision")
    return {(one.school_id, one.year): one for one in found.filter(partnership=partnership, school__in=schools, replaced_at=None)}


def _by_year(invoices: QuerySet[Invoice]) -> dict[tuple[str, int], Invoice]:
    """Invoices of fees by school and year: one query."""
    of_fees = invoices.exclude(claim__fee_year=None).annotate(year=F("claim__fee_year__number"))
    return {(one.school_id, one.year): one for one in of_fees.order_by("number")}  # the latest: others were credited in full


def _successors(urns: list[int]) -> dict[int, str]:
    """Into which school the register says that each of them went: one query."""
    name = Subquery(Establishment.objects.filter(urn=OuterRef("successor_urn")).values("name")[:1])
    found = Succession.objects.filter(predecessor_urn__in=urns).annotate(name=name).values_list("predecessor_urn", "name")
    return {urn: words for urn, words in found if words}


def _liability(number: int, settled: Settled | None, invoice: Invoice | None) -> Liability:
    decided = (settled.outcome, str(settled.decision), settled.payer_name) if settled else ("", "", "")
    if invoice is None:
        return Liability(number, *decided)
    creditable = invoice.total - invoice.credited - invoice.written_off - invoice.waived
    return Liability(number, *decided, invoice.reference, invoice.owed, invoice.paid, creditable)


def settled_as(partnership: Partnership, school: School, number: int, *, viewer: Standing) -> Settled | None:
    """What a decision has made of a school's liability for a year, where there is one."""
    found = Settled.objects.visible_to(viewer).select_related("decision")
    return found.filter(partnership=partnership, school=school, year=number, replaced_at=None).first()


def invoice_of(settled: Settled, *, viewer: Standing) -> Invoice | None:
    """The invoice of the fee that a decision was about, where it has been asked for."""
    found = Invoice.objects.visible_to(viewer).filter(partnership=settled.partnership_id, school=settled.school_id)
    return found.filter(claim__fee_year__number=settled.year).order_by("-number").first()


@dataclass(frozen=True)
class TakenOver:
    """A fee of another school that one's own has taken over, with its invoice where there is one."""

    settled: Settled
    invoice: Invoice | None


def taken_over(partnership: Partnership, *, viewer: Standing) -> dict[str, list[TakenOver]]:
    """The fees that the viewer's schools have taken over from others, by the id of the school that took it: two queries."""
    own = viewer.schools_in(partnership.pk)
    found = Settled.objects.filter(
        partnership=partnership, to_school__in=own, outcome=Outcome.TRANSFERRED, replaced_at=None
    ).select_related("school__current", "decision")
    settled = list(found.order_by("year", "school__current__name"))
    invoices = Invoice.objects.filter(partnership=partnership, school__in={one.school_id for one in settled})
    asked = _by_year(invoices) if settled else {}
    rows: dict[str, list[TakenOver]] = {}
    for one in settled:
        rows.setdefault(one.to_school_id or "", []).append(TakenOver(one, asked.get((one.school_id, one.year))))
    return rows
