"""The budget as pages show it: one year by heading, its working, what is promised and what was spent."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from alongside.ground.core import clock
from alongside.ground.core.cells import safe_cell
from alongside.ground.core.standing import Standing
from alongside.ground.web.tables import Column
from alongside.members.membership.rules.dates import MembershipSettings, dates_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.budget.models import Commitment, FeeYear, Heading, Plan, Spending
from alongside.money.budget.rules import HeadingSum, Promise, Working, running_year
from alongside.money.invoices.models.corrections import CreditLine
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine

PROMISES = (
    Column("to", "To whom", ("to", "due_on")),
    Column("heading", "Heading", ("heading__order", "due_on")),
    Column("due", "Expected by", ("due_on", "to")),
    Column("amount", "Promised", ("amount", "to"), numeric=True),
    Column("left", "Still promised", ("left", "to"), numeric=True),
    Column("state", "Stands", ("state", "due_on")),
)
PROMISE_FIELDS = ("pk", "to", "words", "heading__name", "due_on", "amount", "left", "state")
SPENDING = (
    Column("on", "Day", ("spent_on", "recorded_at")),
    Column("payee", "Paid to", ("payee", "spent_on")),
    Column("heading", "Heading", ("heading__order", "spent_on")),
    Column("reference", "Reference", ("reference", "spent_on")),
    Column("amount", "Amount", ("amount", "spent_on"), numeric=True),
)


@dataclass(frozen=True)
class PromiseRow:
    """A promise in the list of them; amounts in pence."""

    key: str
    to: str
    words: str
    heading: str
    due_on: date
    amount: int
    left: int
    state: Promise


def promised(row: Any) -> PromiseRow:
    """A row of PROMISE_FIELDS as it is listed."""
    return PromiseRow(row.pk, row.to, row.words, row.heading__name, row.due_on, row.amount, row.left, Promise(row.state))


@dataclass(frozen=True)
class Budget:
    """One year: its headings, the working to what is carried over, and all the years."""

    year: FeeYear
    years: tuple[FeeYear, ...]
    headings: list[HeadingSum]
    workings: dict[int, Working]

    @property
    def working(self) -> Working:
        """How the year's money comes to what is carried over."""
        return self.workings[self.year.number]

    @property
    def planned(self) -> int:
        """What is planned in all."""
        return sum(one.planned for one in self.headings)

    @property
    def committed(self) -> int:
        """What is still promised in all."""
        return sum(one.committed for one in self.headings)

    @property
    def spent(self) -> int:
        """What is spent in all."""
        return sum(one.spent for one in self.headings)

    @property
    def left(self) -> int:
        """What is left of the plan."""
        return self.planned - self.committed - self.spent

    @property
    def unplanned(self) -> int:
        """What the year has that no heading plans for; less than nothing when more is planned than there is."""
        return self.working.carried_in + self.working.income - self.planned

    @property
    def over(self) -> list[HeadingSum]:
        """The headings under which more is promised and spent than planned."""
        return [one for one in self.headings if one.kindly]


@dataclass(frozen=True)
class YearSums:
    """A fee year with its sums, in pence; all but `gross`, `let_off` and `received` without VAT."""

    year: FeeYear
    issued: int
    credited: int
    let_off: int
    gross: int
    received: int
    asked: int
    spent: int
    committed: int
    first_issued_on: date | None


def _meant(partnership: Partnership, years: dict[int, FeeYear], number: int | None) -> FeeYear:
    """The year of that number among those there are (one at least), or the one that runs today."""
    if number in years or len(years) == 1:
        return years.get(number or 0) or next(iter(years.values()))
    support = dates_of(settings_of(partnership, MembershipSettings), partnership.started_on).support_from
    return years[running_year(support, list(years), clock.today())]


def budget_of(partnership: Partnership, number: int | None = None, *, viewer: Standing) -> Budget | None:
    """The budget of a year (of the one that runs, where none of that number is), or nothing before fees are set up or for
    whoever is not in the office: five queries at most.
    """
    if not viewer.runs(partnership.pk):
        return None
    years = years_with_sums(partnership, viewer=viewer)
    if not years:
        return None
    year = _meant(partnership, {one.year.number: one.year for one in years}, number)
    spent, promised = _spent(partnership, viewer), _promised(partnership, viewer)
    headings = _headings(partnership, year, spent, promised, viewer)
    return Budget(year, tuple(one.year for one in years), headings, workings_of(years))


def workings_of(years: Sequence[YearSums]) -> dict[int, Working]:
    """How each year's money comes to what is carried over, from the years with their sums."""
    workings: dict[int, Working] = {}
    for one in years:
        before = workings.get(one.year.number - 1)
        let_off = one.let_off * one.issued // one.gross if one.gross else 0
        workings[one.year.number] = Working(
            carried_in=before.carried_over if before else 0,
            issued=one.issued,
            credited=one.credited + let_off,
            spent=one.spent,
            committed=one.committed,
            received=one.received,
        )
    return workings


def years_with_sums(partnership: Partnership, *, viewer: Standing) -> tuple[YearSums, ...]:
    """The fee years with what was asked for, credited, let off, received, spent and promised: one query."""

    def sum_of(rows: QuerySet[Any], by: str, what: Any) -> Coalesce:
        grouped = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(sum_of=what)
        return Coalesce(Subquery(grouped.values("sum_of"), output_field=IntegerField()), 0)

    invoices, spending = Invoice.objects.all(), Spending.objects.all()
    promises = promises_of(partnership, viewer=viewer).filter(state=Promise.OPEN)
    found = FeeYear.objects.visible_to(viewer).filter(partnership=partnership).select_related("partnership")
    sums = {
        "issued": sum_of(InvoiceLine.objects.all(), "invoice__claim__fee_year", Sum("net")),
        "credited": sum_of(CreditLine.objects.all(), "credit_note__invoice__claim__fee_year", Sum("net")),
        "let_off": sum_of(invoices, "claim__fee_year", Sum(F("written_off") + F("waived"))),
        "gross": sum_of(invoices, "claim__fee_year", Sum("total")),
        "received": sum_of(invoices, "claim__fee_year", Sum("paid")),
        "asked": sum_of(invoices, "claim__fee_year", Count("pk")),
        "spent": sum_of(spending, "fee_year", Sum("amount")),
        "committed": sum_of(promises, "fee_year", Sum("left")),
    }
    of_year = invoices.filter(claim__fee_year=OuterRef("pk")).order_by("issued_on")
    rows = found.order_by("number").annotate(**sums, first_issued_on=Subquery(of_year.values("issued_on")[:1]))
    return tuple(YearSums(one, **{name: getattr(one, name) for name in (*sums, "first_issued_on")}) for one in rows)


def _spent(partnership: Partnership, viewer: Standing) -> dict[tuple[str, str], int]:
    found = Spending.objects.visible_to(viewer).filter(heading__partnership=partnership).order_by()
    rows = found.values("heading_id", "fee_year_id").annotate(sum=Sum("amount"))
    return {(heading, year): amount for heading, year, amount in rows.values_list("heading_id", "fee_year_id", "sum")}


def _promised(partnership: Partnership, viewer: Standing) -> dict[tuple[str, str], int]:
    rows = promises_of(partnership, viewer=viewer).filter(state=Promise.OPEN)
    sums: dict[tuple[str, str], int] = {}
    for heading, year, left in rows.values_list("heading_id", "fee_year_id", "left"):
        sums[heading, year] = sums.get((heading, year), 0) + left
    return sums


def _headings(
    partnership: Partnership,
    year: FeeYear,
    spent: dict[tuple[str, str], int],
    promised: dict[tuple[str, str], int],
    viewer: Standing,
) -> list[HeadingSum]:
    found = Heading.objects.visible_to(viewer).filter(partnership=partnership).order_by("order", "name")
    planned: dict[str, tuple[int, int]] = {}
    names: dict[str, tuple[str, bool]] = {}
    rows = found.values_list("pk", "name", "ended_on", "plans__fee_year", "plans__amount", "plans__version")
    for key, name, ended_on, of_year, amount, version in rows:
        names[key] = name, ended_on is not None
        if of_year == year.pk:
            planned[key] = amount, version
    sums = [
        HeadingSum(
            key,
            name,
            planned.get(key, (0, 0))[0],
            promised.get((key, year.pk), 0),
            spent.get((key, year.pk), 0),
            is_ended,
            planned.get(key, (0, 0))[1],
        )
        for key, (name, is_ended) in names.items()
    ]
    return [one for one in sums if not one.is_ended or one.planned or one.committed or one.spent]


def promises_of(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """What was promised, with `spent` of it and what is `left` of it."""
    kept = Spending.objects.filter(commitment=OuterRef("pk")).order_by().values("commitment").annotate(kept=Sum("amount"))
    spent = Coalesce(Subquery(kept.values("kept"), output_field=IntegerField()), 0)
    left = Case(
        When(state=Promise.OPEN, then=Greatest(F("amount") - F("spent"), Value(0))),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = Commitment.objects.visible_to(viewer).filter(heading__partnership=partnership)
    return found.annotate(spent=spent).annotate(left=left)


def spending_of(partnership: Partnership, number: int, words: str = "", *, viewer: Standing) -> QuerySet[Spending]:
    """What was spent in a year, and what was taken back."""
    shown = Q(payee__icontains=words) | Q(reference__icontains=words) | Q(words__icontains=words) if words else Q()
    found = Spending.objects.visible_to(viewer)
    return found.filter(shown, heading__partnership=partnership, fee_year__number=number)


def plan_of(heading: Heading, year: FeeYear, *, viewer: Standing) -> tuple[int, int]:
    """(planned, version) of a heading in a year; nothing and 0 where nobody has planned it."""
    found = Plan.objects.visible_to(viewer).filter(heading=heading, fee_year=year)
    return found.values_list("amount", "version").first() or (0, 0)


def open_headings(partnership: Partnership, *, viewer: Standing) -> QuerySet[Heading]:
    """The headings under which money may be promised and spent."""
    return Heading.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None).order_by("order", "name")


def years_of(partnership: Partnership, *, viewer: Standing) -> list[FeeYear]:
    """The fee years that have been opened, the first one first."""
    return list(FeeYear.objects.visible_to(viewer).filter(partnership=partnership).order_by("number"))


def year_of(partnership: Partnership, number: int | None, *, viewer: Standing) -> FeeYear | None:
    """The fee year of that number, or the one that runs today; nothing before fees are set up."""
    years = {one.number: one for one in years_of(partnership, viewer=viewer)}
    return _meant(partnership, years, number) if years else None


def spending_rows(partnership: Partnership, number: int, *, viewer: Standing, limit: int = 5) -> list[tuple[Any, ...]]:
    """(id, day, payee, heading, amount, reference, takes back, was taken back) of the latest spending of a year."""
    found = spending_of(partnership, number, viewer=viewer).order_by("-spent_on", "-recorded_at")
    return list(found.values_list(*SPENDING_FIELDS)[:limit])


SPENDING_FIELDS = ("pk", "spent_on", "payee", "heading__name", "amount", "reference", "words", "reverses_id", "reversed_by__pk")


def budget_csv(budget: Budget, *, viewer: Standing) -> str:
    """The year by heading, then its working, as a table for a spreadsheet; amounts in pounds."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Heading", "Planned", "Promised", "Spent", "Left"])
    for one in budget.headings:
        writer.writerow([safe_cell(one.name), *map(_plain, (one.planned, one.committed, one.spent, one.left))])
    writer.writerow(["Total", *map(_plain, (budget.planned, budget.committed, budget.spent, budget.left))])
    writer.writerow([])
    writer.writerows([words, _plain(amount)] for words, amount in budget.working.rows)
    writer.writerow(["Carried over", _plain(budget.working.carried_over)])
    return out.getvalue()


def movements_csv(partnership: Partnership, number: int, *, viewer: Standing) -> str:
    """Every promise and every spending of a year, line by line; amounts in pounds."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Kind", "Day", "Heading", "To whom", "What for", "Reference", "Amount", "Still promised"])
    promises = promises_of(partnership, viewer=viewer).filter(fee_year__number=number).order_by("due_on", "pk")
    for due_on, heading, to, words, amount, left in promises.values_list(
        "due_on", "heading__name", "to", "words", "amount", "left"
    ):
        writer.writerow(["promise", due_on.isoformat(), *map(safe_cell, (heading, to, words)), "", _plain(amount), _plain(left)])
    spent = spending_of(partnership, number, viewer=viewer).order_by("spent_on", "recorded_at")
    for on, heading, payee, words, reference, amount, back in spent.values_list(
        "spent_on", "heading__name", "payee", "words", "reference", "amount", "reverses_id"
    ):
        cells = map(safe_cell, (heading, payee, words, reference))
        writer.writerow(["taken back" if back else "spending", on.isoformat(), *cells, _plain(amount), ""])
    return out.getvalue()


def _plain(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"
