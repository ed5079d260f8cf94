"""The budget: the year by heading, headings, promises, spending."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked
from alongside.ground.web.tables import table
from alongside.members.membership.rules.dates import MembershipSettings, dates_of
from alongside.members.partnerships.queries import settings_of
from alongside.money.budget import queries
from alongside.money.budget.actions import planning
from alongside.money.budget.actions.spending import record_spending, take_back_spending
from alongside.money.budget.forms import (
    ChangeHeadingForm,
    ChangePromiseForm,
    HeadingForm,
    KeepPromiseForm,
    PromiseForm,
    ReleaseForm,
    SpendingForm,
    TakeBackForm,
)
from alongside.money.budget.models import Commitment, Heading, Spending
from alongside.money.budget.permissions import may_keep_budget
from alongside.money.budget.rules import Promise, running_year
from alongside.money.invoices.models.invoices import FeeYear

TONES = {Promise.OPEN: "blue", Promise.SPENT: "green", Promise.RELEASED: "grey"}
PROMISE_FIELDS = ("pk", "to", "words", "heading__name", "due_on", "amount", "left", "state")


def _number(request: Asked) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _year(request: Asked) -> tuple[FeeYear, list[FeeYear]]:
    """The budget year that the address names (the one that runs today), and all."""
    require(may_keep_budget(request.who, request.partnership.pk))
    years = queries.years_of(request.partnership, viewer=request.who)
    if not years:
        raise Conflict("There is no budget year yet: set up the fees first.")
    by_number = {one.number: one for one in years}
    if named := by_number.get(_number(request) or 0):
        return named, years
    support = dates_of(settings_of(request.partnership, MembershipSettings), request.partnership.started_on).support_from
    return by_number[running_year(support, list(by_number), clock.today())], years


def _heading(request: Asked, key: str) -> Heading:
    require(may_keep_budget(request.who, request.partnership.pk))
    found = queries.heading_with(key, request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    return found


def _promise(request: Asked, key: str) -> Commitment:
    require(may_keep_budget(request.who, request.partnership.pk))
    found = queries.promise_with(key, request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    return found


def _back(slug: str, year: FeeYear) -> HttpResponse:
    return redirect(f"{reverse('budget:budget', args=[slug])}?year={year.number}")


def budget(request: Asked, slug: str) -> HttpResponse:
    """One year by heading: planned, promised, spent, left; and how it comes to what is carried over."""
    require(may_keep_budget(request.who, request.partnership.pk))
    found = queries.budget_of(request.partnership, _number(request), viewer=request.who)
    latest = queries.spending_rows(request.partnership, found.year.number, viewer=request.who) if found else []
    pills = [(f"Year {one.number}", None, f"?year={one.number}", one == found.year) for one in found.years] if found else []
    return render(request, "budget/budget.html", {"budget": found, "latest": latest, "pills": pills})


def budget_csv(request: Asked, slug: str) -> HttpResponse:
    """The year by heading as CSV."""
    require(may_keep_budget(request.who, request.partnership.pk))
    found = queries.budget_of(request.partnership, _number(request), viewer=request.who)
    if found is None:
        raise Conflict("There is no budget year yet: set up the fees first.")
    return _csv(slug, f"budget-year-{found.year.number}", queries.budget_csv(found, viewer=request.who))


def movements_csv(request: Asked, slug: str) -> HttpResponse:
    """Every promise and every spending of the year as CSV."""
    year, _ = _year(request)
    text = queries.movements_csv(request.partnership, year.number, viewer=request.who)
    return _csv(slug, f"spending-year-{year.number}", text)


def _csv(slug: str, name: str, text: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{name}.csv"'}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)


def add_heading(request: Asked, slug: str) -> HttpResponse:
    """Add a heading with what is planned for it."""
    year, _ = _year(request)
    form = HeadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.add_heading(partnership=request.partnership, year=year, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"Added “{form.cleaned_data['name']}”.")
            return _back(slug, year)
    return render(request, "budget/add_heading.html", {"form": form, "year": year})


def heading(request: Asked, slug: str, key: str) -> HttpResponse:
    """Change a heading's name or plan, or end it."""
    found, (year, _) = _heading(request, key), _year(request)
    planned, plan_version = queries.plan_of(found, year, viewer=request.who)
    first = {
        "name": found.name,
        "planned": planned,
        "version": found.version,
        "plan_version": plan_version,
        "is_ended": found.ended_on is not None,
    }
    form = ChangeHeadingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            planning.change_heading(heading=found, year=year, **said, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Saved.")
            return _back(slug, year)
    return render(request, "budget/heading.html", {"form": form, "year": year, "heading": found})


def promises(request: Asked, slug: str) -> HttpResponse:
    """What is promised to whom in a year."""
    year, years = _year(request)
    show = request.GET.get("show", "open")
    show = show if show in {"open", "all"} else "open"
    rows = queries.promises_of(request.partnership, viewer=request.who).filter(fee_year=year)
    if show == "open":
        rows = rows.filter(state=Promise.OPEN)

    def cells(row: Any) -> tuple[Any, ...]:
        *start, state = row
        return (*start, Promise(state).label, TONES[Promise(state)], state == Promise.OPEN)

    found = table(
        request.GET,
        rows,
        queries.PROMISES,
        fields=PROMISE_FIELDS,
        sort="due",
        chosen={"show": show, "year": str(year.number)},
        cells=cells,
    )
    pills = [("Still promised", None, found.address(show="open", page=None), show == "open")]
    pills.append(("All", None, found.address(show="all", page=None), show == "all"))
    return render(request, "budget/promises.html", {"table": found, "year": year, "years": years, "pills": pills})


def promise(request: Asked, slug: str) -> HttpResponse:
    """Write down what is promised to whom."""
    year, _ = _year(request)
    headings = queries.open_headings(request.partnership, viewer=request.who)
    form = PromiseForm(
        request.POST or None, headings=headings, initial={"key": keys.new_key(), "heading": request.GET.get("heading", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            planning.promise_money(year=year, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Written down: the money is promised and no longer free.")
            return _back(slug, year)
    return render(request, "budget/promise.html", {"form": form, "year": year, "headings": headings})


def change_promise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Correct a promise that is still open; see what was spent on it."""
    found = _promise(request, key)
    headings = queries.open_headings(request.partnership, viewer=request.who)
    names = ("to", "words", "amount", "due_on", "version")
    first = {name: getattr(found, name) for name in names} | {"heading": found.heading_id}
    form = ChangePromiseForm(request.POST or None, headings=headings, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_promise(commitment=found, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Saved.")
            return _back(slug, found.fee_year)
    release = ReleaseForm(initial={"version": found.version})
    return render(request, "budget/change_promise.html", {"form": form, "release": release, "promise": found})


def release_promise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that what is left of a promise is no longer needed."""
    found = _promise(request, key)
    form = ReleaseForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            planning.release_promise(commitment=found, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Released: the money is free again.")
            return _back(slug, found.fee_year)
    return render(request, "budget/release_promise.html", {"form": form, "promise": found})


def spending(request: Asked, slug: str) -> HttpResponse:
    """What was spent in a year, with what was taken back."""
    year, years = _year(request)
    words = request.GET.get("words", "").replace("\x00", "").strip()[:80]
    found = table(
        request.GET,
        queries.spending_of(request.partnership, year.number, words, viewer=request.who),
        queries.SPENDING,
        fields=queries.SPENDING_FIELDS,
        sort="-on",
        chosen={"words": words, "year": str(year.number)},
    )
    return render(request, "budget/spending.html", {"table": found, "year": year, "years": years, "words": words})


def spend(request: Asked, slug: str) -> HttpResponse:
    """Write down money spent."""
    year, _ = _year(request)
    headings = queries.open_headings(request.partnership, viewer=request.who)
    first = {"key": keys.new_key(), "spent_on": clock.today(), "heading": request.GET.get("heading", "")}
    form = SpendingForm(request.POST or None, headings=headings, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            record_spending(year=year, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Recorded.")
            return _back(slug, year)
    return render(request, "budget/spend.html", {"form": form, "year": year, "headings": headings})


def keep_promise(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write down money spent to keep a promise."""
    found = _promise(request, key)
    first = {
        "key": keys.new_key(),
        "spent_on": clock.today(),
        "payee": found.to,
        "amount": vars(found)["left"],
        "words": found.words,
    }
    form = KeepPromiseForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            record_spending(heading=found.heading, year=found.fee_year, commitment=found, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Recorded.")
            return _back(slug, found.fee_year)
    return render(request, "budget/keep_promise.html", {"form": form, "promise": found})


def take_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Correct a spending: a second row takes it back, and both stay."""
    require(may_keep_budget(request.who, request.partnership.pk))
    found: Spending | None = queries.spending_with(key, request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    form = TakeBackForm(request.POST or None, initial={"key": keys.new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            take_back_spending(spending=found, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"Taken back. If something was spent on {short_date(found.spent_on)}, record it again.")
            return _back(slug, found.fee_year)
    return render(request, "budget/take_back.html", {"form": form, "spending": found})
