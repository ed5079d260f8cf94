"""The budget as pages show it: one year by heading, its working, what is promised and what was spent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest

from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.money import short_pounds
from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import figure
from alongside.ground.web.tables import Column, pounds
from alongside.members.membership.rules.dates import Dates, MembershipSettings, dates_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.budget.models import Commitment, FeeYear, Heading, Plan, Spending
from alongside.money.budget.rules import HeadingSum, Promise, Working, running_year
from alongside.money.invoices.models.corrections import CreditLine
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine

MOVEMENTS = (
    Column("kind", "Kind"),
    Column("on", "Day"),
    Column("heading__name", "Heading"),
    Column("whom", "To whom"),
    Column("words", "What for"),
    Column("number", "Reference"),
    pounds("amount", "Amount"),
    pounds("left", "Still promised"),
)
SPENDING_FIELDS = ("pk", "spent_on", "payee", "heading__name", "amount", "reference", "words", "reverses_id", "reversed_by__pk")


@dataclass(frozen=True)
class Budget:
    """One year: its headings, the working to what is carried over, and all the years."""

    year: FeeYear
    years: list[FeeYear]
    headings: list[HeadingSum]
    workings: dict[int, Working]

    @property
    def working(self) -> Working:
        """How the year's money comes to what is carried over."""
        return self.workings[self.year.number]

    @property
    def total(self) -> HeadingSum:
        """All headings together."""
        sums = {name: sum(getattr(one, name) for one in self.headings) for name in ("planned", "committed", "spent")}
        return HeadingSum("", "Total", **sums)

    @property
    def unplanned(self) -> int:
        """What the year has that no heading plans for; less than nothing when more is planned than there is."""
        return self.working.carried_in + self.working.income - self.total.planned


@dataclass(frozen=True)
class YearSums:
    """A fee year with its sums, in pence; all but `received` without VAT."""

    year: FeeYear
    issued: int
    credited: int
    let_off: int
    received: int
    asked: int
    spent: int
    committed: int
    first_issued_on: date | None


def fee_dates(partnership: Partnership) -> Dates:
    """The dates by which the years count."""
    return dates_of(settings_of(partnership, MembershipSettings), partnership.started_on)


def _meant(partnership: Partnership, years: list[FeeYear], number: int | None) -> FeeYear | None:
    """The year of that number, or else the one that runs today; nothing where there is none."""
    known = {one.number: one for one in years}
    if number not in known and len(known) > 1:
        number = running_year(fee_dates(partnership), list(known), clock.today())
    return known.get(number or 0) or next(iter(years), None)


def year_of(partnership: Partnership, number: int | None, *, viewer: Standing) -> FeeYear | None:
    """The fee year of that number, or the one that runs today; nothing before fees are set up."""
    found = FeeYear.objects.visible_to(viewer).filter(partnership=partnership)
    return _meant(partnership, list(found.order_by("number")), number)


def budget_of(partnership: Partnership, number: int | None = None, *, viewer: Standing) -> Budget | None:
    """The budget of a year (of the one that runs, where none of that number is), or nothing before fees are set up or for
    whoever is not in the office: three queries at most.
    """
    if not viewer.runs(partnership.pk):
        return None
    sums = years_with_sums(partnership, viewer=viewer)
    years = [one.year for one in sums]
    year = _meant(partnership, years, number)
    return Budget(year, years, _headings(partnership, year, viewer), workings_of(sums)) if year else None


def workings_of(years: Sequence[YearSums]) -> dict[int, Working]:
    """How each year's money comes to what is carried over, from the years with their sums."""
    workings: dict[int, Working] = {}
    for one in years:
        before = workings.get(one.year.number - 1)
        sums = {name: getattr(one, name) for name in ("issued", "spent", "committed", "received")}
        brought = before.carried_over if before else 0
        workings[one.year.number] = Working(carried_in=brought, credited=one.credited + one.let_off, **sums)
    return workings


def _sum_of(rows: QuerySet[Any], by: str, what: Any) -> Coalesce:
    grouped = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(sum_of=what)
    return Coalesce(Subquery(grouped.values("sum_of"), output_field=IntegerField()), 0)


def years_with_sums(partnership: Partnership, *, viewer: Standing) -> tuple[YearSums, ...]:
    """The fee years with what was asked for, credited, let off, received, spent and promised: one query."""
    invoices = Invoice.objects.all()
    promises = promises_of(partnership, viewer=viewer).filter(state=Promise.OPEN)
    found = FeeYear.objects.visible_to(viewer).filter(partnership=partnership).select_related("partnership")
    let_off = invoices.annotate(off=Cast(F("written_off") + F("waived"), BigIntegerField())).filter(off__gt=0)
    let_off = let_off.annotate(  # of what an invoice still asks for, so much is its own net
        net_left=_sum_of(InvoiceLine.objects.all(), "invoice", Sum("net"))
        - _sum_of(CreditLine.objects.all(), "line__invoice", Sum("net"))
    )
    sums = {
        "issued": _sum_of(InvoiceLine.objects.all(), "invoice__claim__fee_year", Sum("net")),
        "credited": _sum_of(CreditLine.objects.all(), "credit_note__invoice__claim__fee_year", Sum("net")),
        "let_off": _sum_of(
            let_off, "claim__fee_year", Cast(Sum(F("off") * F("net_left") / (F("total") - F("credited"))), BigIntegerField())
        ),
        "received": _sum_of(invoices, "claim__fee_year", Sum("paid")),
        "asked": _sum_of(invoices, "claim__fee_year", Count("school", distinct=True)),
        "spent": _sum_of(Spending.objects.all(), "fee_year", Sum("amount")),
        "committed": _sum_of(promises, "fee_year", Sum("left")),
    }
    of_year = invoices.filter(claim__fee_year=OuterRef("pk")).order_by("issued_on")
    rows = found.order_by("number").annotate(**sums, first_issued_on=Subquery(of_year.values("issued_on")[:1]))
    return tuple(YearSums(one, **{name: getattr(one, name) for name in (*sums, "first_issued_on")}) for one in rows)


def _headings(partnership: Partnership, year: FeeYear, viewer: Standing) -> list[HeadingSum]:
    plans = Plan.objects.filter(heading=OuterRef("pk"), fee_year=year).values("amount")
    promises = promises_of(partnership, viewer=viewer).filter(fee_year=year, state=Promise.OPEN)
    found = Heading.objects.visible_to(viewer).filter(partnership=partnership).order_by("order", "name").annotate(
        planned=Coalesce(Subquery(plans, output_field=IntegerField()), 0), committed=_sum_of(promises, "heading", Sum("left")),
        spent=_sum_of(Spending.objects.filter(fee_year=year), "heading", Sum("amount")),
    )  # fmt: skip
    rows = found.values("name", "planned", "committed", "spent", key=F("pk"), is_ended=Q(ended_on__isnull=False))
    sums = [HeadingSum(**row) for row in rows]
    return [one for one in sums if not one.is_ended or one.planned or one.committed or one.spent]


def promises_of(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """What was promised, with `spent` of it and what is `left` of it."""
    found = Commitment.objects.visible_to(viewer).filter(heading__partnership=partnership)
    still = When(state=Promise.OPEN, then=Greatest(F("amount") - F("spent"), Value(0)))
    left = Case(still, default=Value(0), output_field=IntegerField())
    return found.annotate(spent=_sum_of(Spending.objects.all(), "commitment", Sum("amount"))).annotate(left=left)


def spending_of(partnership: Partnership, number: int, words: str = "", *, viewer: Standing) -> QuerySet[Spending]:
    """What was spent in a year, and what was taken back."""
    shown = Q(payee__icontains=words) | Q(reference__icontains=words) | Q(words__icontains=words) if words else Q()
    found = Spending.objects.visible_to(viewer)
    return found.filter(shown, heading__partnership=partnership, fee_year__number=number)


def plan_of(heading: Heading, year: FeeYear, *, viewer: Standing) -> Plan:
    """The plan of a heading in a year; of nothing and version 0 where nobody has planned it."""
    found = Plan.objects.visible_to(viewer).filter(heading=heading, fee_year=year)
    return found.first() or Plan(heading=heading, fee_year=year, amount=0, version=0)


def open_headings(partnership: Partnership, *, viewer: Standing) -> QuerySet[Heading]:
    """The headings under which money may be promised and spent."""
    return Heading.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None).order_by("order", "name")


def lately_spent(partnership: Partnership, number: int, *, viewer: Standing) -> list[Any]:
    """The latest spending of a year."""
    found = spending_of(partnership, number, viewer=viewer).order_by("-spent_on", "-recorded_at")
    return list(found.values_list(*SPENDING_FIELDS, named=True)[:5])


def movements_of(partnership: Partnership, number: int, *, viewer: Standing) -> list[Any]:
    """Every promise and every spending of a year, line by line."""
    fields = [one.key for one in MOVEMENTS]
    promises = promises_of(partnership, viewer=viewer).filter(fee_year__number=number).order_by("due_on", "pk")
    promised = promises.annotate(kind=Value("promise"), on=F("due_on"), whom=F("to"), number=Value(""))
    spending = spending_of(partnership, number, viewer=viewer).order_by("spent_on", "recorded_at")
    kind = Case(When(reverses=None, then=Value("spending")), default=Value("taken back"))
    nothing = Value(None, output_field=IntegerField())
    spent = spending.annotate(kind=kind, on=F("spent_on"), whom=F("payee"), number=F("reference"), left=nothing)
    return [*promised.values_list(*fields, named=True), *spent.values_list(*fields, named=True)]


def budget_stands(*, partnership: Partnership, viewer: Standing) -> Figures:
    """What is promised and spent in the year that runs."""

    def words(number: int | None, committed: int, spent: int) -> str:
        if number is None:
            return "No budget year yet"
        if not committed and not spent:
            return f"Year {number}: nothing promised or spent"
        return f"Year {number}: {short_pounds(committed)} promised, {short_pounds(spent)} spent"

    years = FeeYear.objects.visible_to(viewer).filter(partnership=partnership)
    runs = years.filter(supported_until__gte=clock.today()).order_by("number").values("number")[:1]
    number = Coalesce(Subquery(runs), Subquery(years.order_by("-number").values("number")[:1]))
    of_year = {"fee_year__number": number}
    promised = promises_of(partnership, viewer=viewer).filter(**of_year, state=Promise.OPEN)
    spent = Spending.objects.visible_to(viewer).filter(**of_year, heading__partnership=partnership)
    sums = {
        "committed": figure(promised, Sum("left"), of="heading__partnership"),
        "spent": figure(spent, Sum("amount"), of="heading__partnership"),
    }
    return Figures({"number": number, **sums}, words)
