"""The budget: the year by heading, headings, promises, spending."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Pounds, Text
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, listed, pounds as amounts, table
from alongside.money.budget import forms, queries
from alongside.money.budget.actions import planning
from alongside.money.budget.actions.spending import record_spending, take_back_spending
from alongside.money.budget.models import Commitment, FeeYear, Heading, Spending
from alongside.money.budget.permissions import may_keep_budget
from alongside.money.budget.rules import Promise

NO_YEAR = "There is no budget year yet: set up the fees first."
HEADINGS = (
    Column("name", "Heading", classes="budget-name"),
    amounts("planned", "Planned"),
    amounts("committed", "Promised"),
    amounts("spent", "Spent"),
    amounts("left", "Left"),
)
SPENDING = (
    Column("on", "Day", ("spent_on", "recorded_at"), cell=lambda row: row.spent_on, classes="fees-number"),
    Column("payee", "Paid to", ("payee", "spent_on"), cell=lambda row: Text(row.payee, under=row.words)),
    Column("heading", "Heading", ("heading__order", "spent_on"), cell=lambda row: row.heading__name),
    Column("reference", "Reference", ("reference", "spent_on")),
    amounts("amount", "Amount", ("amount", "spent_on")),
)


def _promised(slug: str) -> list[Column]:
    """The columns of what is promised."""

    def to(row: Any) -> Text:
        return Text(row.to, _at("change_promise", slug, row.pk), row.words)

    return [
        Column("to", "To whom", ("to", "due_on"), cell=to),
        Column("heading", "Heading", ("heading__order", "due_on"), cell=lambda row: row.heading__name),
        Column("due", "Expected by", ("due_on", "to"), cell=lambda row: row.due_on, classes="fees-number"),
        amounts("amount", "Promised", ("amount", "to")),
        amounts("left", "Still promised", ("left", "to"), sparse=True),
        Column("state", "Status", ("state", "due_on")),
    ]


def _number(request: Asked) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _year(request: Asked) -> FeeYear:
    """The budget year that the address names; the one that runs today where it names none."""
    require(may_keep_budget(request.who, request.partnership.pk))
    if (year := queries.year_of(request.partnership, _number(request), viewer=request.who)) is None:
        raise Conflict(NO_YEAR)
    return year


def _promise(request: Asked, key: str) -> Any:
    """A promise with what is `spent` and `left` of it."""
    require(may_keep_budget(request.who, request.partnership.pk))
    promises = queries.promises_of(request.partnership, viewer=request.who)
    return find(promises.select_related("heading", "fee_year__partnership"), request, pk=key)


def _at(page: str, *place: str) -> str:
    return reverse(f"budget:{page}", args=place)


def _of(year: FeeYear, slug: str) -> dict[str, Any]:
    """What every form about a year has around it: it belongs to that year's budget, and leads back there."""
    budget = f"{_at('budget', slug)}?year={year.number}"
    return {"caption": f"Budget, year {year.number}", "back": ("Budget", budget), "next": budget}


def budget(request: Asked, slug: str) -> HttpResponse:
    """One year by heading: planned, promised, spent, left; and how it comes to what is carried over."""
    require(may_keep_budget(request.who, request.partnership.pk))
    if (shown := queries.budget_of(request.partnership, _number(request), viewer=request.who)) is None:
        return render(request, "budget/budget.html", {"budget": None})
    context = {
        "budget": shown,
        "total": shown.total,
        "table": listed(HEADINGS, shown.headings, foot=("All headings", *(one.of(shown.total) for one in HEADINGS[1:]))),
        "latest": queries.lately_spent(request.partnership, shown.year.number, viewer=request.who),
        "pills": [(f"Year {one.number}", None, f"?year={one.number}", one == shown.year) for one in shown.years],
    }
    return render(request, "budget/budget.html", context)


def budget_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The year by heading for a spreadsheet, and below it the working to what is carried over."""
    require(may_keep_budget(request.who, request.partnership.pk))
    if (shown := queries.budget_of(request.partnership, _number(request), viewer=request.who)) is None:
        raise Conflict(NO_YEAR)
    work = [(words, Pounds(amount)) for words, amount in (*shown.working.rows, ("Carried over", shown.working.carried_over))]
    return list_sheet(
        request, f"{slug}-budget-year-{shown.year.number}", HEADINGS, (*shown.headings, shown.total), foot=[(), *work]
    )


def movements_csv(request: Asked, slug: str) -> HttpResponseBase:
    """Every promise and every spending of the year for a spreadsheet."""
    number = _year(request).number
    rows = queries.movements_of(request.partnership, number, viewer=request.who)
    return list_sheet(request, f"{slug}-spending-year-{number}", queries.MOVEMENTS, rows)


def add_heading(request: Asked, slug: str) -> HttpResponse:
    """Add a heading with what is planned for it."""
    year = _year(request)

    def added(made: Heading) -> Done:
        next = ("Promise money under it", f"{_at('promise', slug)}?year={year.number}&heading={made.pk}")
        return Done(f"“{made.name}” is added.", (next, ("Change it", f"{_at('heading', slug, made.pk)}?year={year.number}")))

    return form_page(
        request, forms.HeadingForm, partial(planning.add_heading, partnership=request.partnership, year=year),
        title="Add a heading", lead="Something that the partnership spends money on. It stays for later years until you end it.",
        button="Add it", done=added, **_of(year, slug),
    )  # fmt: skip


def heading(request: Asked, slug: str, key: str) -> HttpResponse:
    """Change a heading's name or plan, or end it."""
    year, row = _year(request), find(Heading, request, pk=key)
    plan = queries.plan_of(row, year, viewer=request.who)
    first = {"planned": plan.amount, "plan_version": plan.version, "is_ended": row.ended_on is not None}
    return form_page(
        request, partial(forms.ChangeHeadingForm, row=row, initial=first),
        partial(planning.change_heading, heading=row, year=year), title="Change a heading",
        lead=f"{row.name}. The plan is that of year {year.number}; every other year keeps its own.",
        done=lambda saved: f"“{saved.name}” is saved as it stands now.", **_of(year, slug),
    )  # fmt: skip


def promises(request: Asked, slug: str) -> HttpResponse:
    """What is promised to whom in a year."""
    year, show = _year(request), "all" if request.GET.get("show") == "all" else "open"
    rows = queries.promises_of(request.partnership, viewer=request.who).filter(fee_year=year)
    found = table(
        request.GET, rows.filter(state=Promise.OPEN) if show == "open" else rows, _promised(slug),
        fields=("pk", "to", "words", "heading__name", "due_on", "amount", "left", "state"),
        sort="due", chosen={"show": show, "year": str(year.number)},
    )  # fmt: skip
    choices = (("open", "Still promised"), ("all", "All"))
    pills = [(words, None, found.address(show=one, page=None), show == one) for one, words in choices]
    context = {"table": found, "year": year, "pills": pills, "states": {one.value: one for one in Promise}}
    return render(request, "budget/promises.html", context)


def promise(request: Asked, slug: str) -> HttpResponse:
    """Write down what is promised to whom."""
    year, headings = _year(request), queries.open_headings(request.partnership, viewer=request.who)

    def promised(made: Commitment) -> Done:
        spend = ("Spend it", _at("keep_promise", slug, made.pk))
        correct = ("Correct or release it", _at("change_promise", slug, made.pk))
        return Done(f"{pounds(made.amount)} is promised to {made.to} and no longer free.", (spend, correct))

    return form_page(
        request, partial(forms.PromiseForm, headings=headings, initial={"heading": request.GET.get("heading", "")}),
        partial(planning.promise_money, year=year), title="Promise money",
        lead="Whatever you order or agree to is promised until it is paid. So nobody spends it twice.",
        button="Write it down", done=promised, **_of(year, slug),
    )  # fmt: skip


def change_promise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Correct a promise that is still open; see what was spent on it."""
    row = _promise(request, key)
    headings, back = queries.open_headings(request.partnership, viewer=request.who), _at("promises", slug)
    return form_page(
        request, partial(forms.ChangePromiseForm, row=row, headings=headings),
        partial(planning.change_promise, commitment=row), title=row.to, lead=row.words,
        done=lambda saved: f"The promise to {saved.to} is corrected: {pounds(saved.amount)}.",
        page="budget/change_promise.html", promise=row,
        **_of(row.fee_year, slug) | {"back": ("What is promised", f"{back}?year={row.fee_year.number}")},
    )  # fmt: skip


def release_promise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that what is left of a promise is no longer needed."""
    row = _promise(request, key)
    again = ("Promise money anew", f"{_at('promise', slug)}?year={row.fee_year.number}&heading={row.heading_id}")
    return form_page(
        request, forms.ReleaseForm, partial(planning.release_promise, commitment=row), title="Release a promise",
        lead=f"{pounds(row.left)} promised to {row.to} becomes free again. What was spent stays.", button="Release it",
        done=lambda freed: Done(f"What was left of the promise to {freed.to} is free again.", (again,)),
        **_of(row.fee_year, slug),
    )  # fmt: skip


def spending(request: Asked, slug: str) -> HttpResponse:
    """What was spent in a year, with what was taken back."""
    year, words = _year(request), request.GET.get("words", "").strip()[:80]
    rows = queries.spending_of(request.partnership, year.number, words, viewer=request.who)
    chosen = {"words": words, "year": str(year.number)}
    found = table(request.GET, rows, SPENDING, fields=queries.SPENDING_FIELDS, sort="-on", chosen=chosen)
    return render(request, "budget/spending.html", {"table": found, "year": year, "words": words})


def _spent(made: Spending, slug: str) -> Done:
    return Done(f"{pounds(made.amount)} to {made.payee} is recorded.", (("Take it back", _at("take_back", slug, made.pk)),))


def spend(request: Asked, slug: str) -> HttpResponse:
    """Write down money spent."""
    year, headings = _year(request), queries.open_headings(request.partnership, viewer=request.who)
    first = {"spent_on": clock.today(), "heading": request.GET.get("heading", "")}
    return form_page(
        request, partial(forms.SpendingForm, headings=headings, initial=first), partial(record_spending, year=year),
        title="Record something spent", button="Record it", done=partial(_spent, slug=slug),
        lead="If it was promised before, find it under “What is promised” and spend it there.", **_of(year, slug),
    )  # fmt: skip


def keep_promise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write down money spent to keep a promise."""
    row = _promise(request, key)
    first = {"spent_on": clock.today(), "payee": row.to, "amount": row.left, "words": row.words}
    return form_page(
        request, partial(forms.KeepPromiseForm, initial=first),
        partial(record_spending, heading=row.heading, year=row.fee_year, commitment=row), title="Spend what was promised",
        lead=f"{row.to}: {row.words}. {pounds(row.left)} of {pounds(row.amount)} is still promised.",
        button="Record it", done=partial(_spent, slug=slug), **_of(row.fee_year, slug),
    )  # fmt: skip


def take_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Correct a spending: a second row takes it back, and both stay."""
    require(may_keep_budget(request.who, request.partnership.pk))
    row = find(Spending.objects.select_related("heading", "fee_year", "commitment"), request, pk=key)
    words = f"{pounds(row.amount)} to {row.payee} on {short_date(row.spent_on)}"

    def taken(back: Spending) -> Done:
        again = f"{_at('spend', slug)}?year={row.fee_year.number}&heading={back.heading_id}"
        return Done(f"{pounds(-back.amount)} to {back.payee} is taken back.", (("Record it again as it was", again),))

    return form_page(
        request, forms.TakeBackForm, partial(take_back_spending, spending=row), title="Take a spending back",
        lead=f"{words}. Both rows stay to be seen; then record it again as it was.", button="Take it back", done=taken,
        **_of(row.fee_year, slug),
    )  # fmt: skip
