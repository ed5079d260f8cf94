"""The room of fees: who owes what, set-up, the issue run."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.pictures import Slice
from alongside.ground.web.tables import table
from alongside.members.partnerships.rules import mark_of
from alongside.money.fees.actions import issuing
from alongside.money.fees.actions.set_up import set_up_fees
from alongside.money.fees.forms import IssueYearForm, SetUpForm
from alongside.money.fees.queries.due import count_due, drafted, preview_issue
from alongside.money.fees.queries.liability import taken_over
from alongside.money.fees.queries.terms import both_settings
from alongside.money.fees.queries.year_two import short_by
from alongside.money.fees.queries.years import standing_of_fees
from alongside.money.fees.rules.charges import covers
from alongside.money.invoices.actions.issuing import LONG_RUN
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.invoices import COLUMNS, own_schools, totals_of, who_owes
from alongside.money.invoices.queries.ledger import money_by_month
from alongside.money.invoices.queries.numbers import suggested_series
from alongside.money.invoices.rules.invoices import state_of
from alongside.money.invoices.rules.statements import BUCKETS

AGED = ("green", "light", "amber", "purple", "red")
FIELDS = (
    "school_name", "reference", "due_on", "total", "left", "paid", "queried", "later_payer", "payer_name", "host_number",
    "credited", "written_off", "waived",
)  # fmt: skip


def overview(request: Asked, slug: str) -> HttpResponse:
    """For the office who owes what; for a school its own invoices and what its membership covers."""
    if not may_issue_invoices(request.who, request.partnership.pk):
        return _of_schools(request)
    show, words = request.GET.get("show", ""), request.GET.get("words", "").replace("\x00", "").strip()[:80]
    settings, membership = both_settings(request.partnership, viewer=request.who)
    now = standing_of_fees(request.partnership, settings, viewer=request.who)
    totals = totals_of(request.partnership, viewer=request.who)
    counts = {"": totals.count, "owed": totals.open, "late": totals.late, "queried": totals.queried, "paid": totals.settled}
    show = show if show in counts else ""
    found = who_owes(request.partnership, show, words, viewer=request.who)
    today = clock.today()

    def cells(row: Any) -> tuple[Any, ...]:
        school, number, due, total, left, paid, queried, later, payer, host, *off = row
        state, other = state_of(total, paid, due, queried, today, *off), later or payer
        return school, number, due, total, left, state.label, state.tone, other if other != school else "", host

    rows = table(
        request.GET,
        found,
        COLUMNS,
        fields=FIELDS,
        sort="state" if totals.open else "school",
        chosen={"show": show, "words": words},
        cells=cells,
        count=None if words else counts[show],
    )
    months = money_by_month(request.partnership, viewer=request.who) if totals.count else []
    due = count_due(now, membership.term_years, viewer=request.who) if not now.missing else {}
    pills = [
        (label, counts[key], rows.address(show=key or None, page=None), key == show)
        for label, key in (("All", ""), ("Owed", "owed"), ("Overdue", "late"), ("Queried", "queried"), ("Paid", "paid"))
    ]
    return render(
        request,
        "fees/overview.html",
        {
            "now": now,
            "totals": totals,
            "table": rows,
            "pills": pills,
            "due": next(((number, count) for number, count in sorted(due.items()) if count), None),
            "words": words,
            "show": show,
            "aged": [Slice(name, pence, tone) for name, pence, tone in zip(BUCKETS, totals.aged, AGED, strict=True) if pence],
            "months": months if any(came or went for _, came, went in months) else [],
        },
    )


def _of_schools(request: Asked) -> HttpResponse:
    now = standing_of_fees(request.partnership, viewer=request.who)
    return render(
        request,
        "fees/own.html",
        {
            "now": now,
            "covers": covers(),
            "own": own_schools(request.partnership, viewer=request.who),
            "taken": taken_over(request.partnership, viewer=request.who),
        },
    )


def set_up(request: Asked, slug: str) -> HttpResponse:
    """Who issues, and what stands on the paper."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    now = standing_of_fees(request.partnership, viewer=request.who)
    prefix = now.prefix or suggested_series(request.partnership, viewer=request.who)
    suggested = {"supplier_name": request.partnership.name, "supplier_email": request.partnership.contact_email}
    initial = {**asdict(now.settings), "series": prefix, "version": mark_of(now.settings)}
    initial |= {name: value for name, value in suggested.items() if not initial[name]}
    if first := now.numbered(1):
        initial |= {
            "year_one_fee": first.amount,
            "support_words": first.support_words,
            "payment_days": first.payment_days,
        }
    form = SetUpForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_up_fees(
                partnership=request.partnership,
                settings=form.settings(now.settings),
                prefix=form.cleaned_data["series"],
                version=form.cleaned_data["version"],
                by=request.who,
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Saved. The next invoices will look like this.")
            return redirect("fees:overview", slug)
    return render(request, "fees/set_up.html", {"form": form, "now": now})


def issue(request: Asked, slug: str) -> HttpResponse:
    """What issuing would do; then, with one press, do it."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    if request.method == "POST":
        return _issue(request, slug)
    now, preview = preview_issue(request.partnership, _number(request), viewer=request.who)
    form = IssueYearForm(initial={"key": keys.new_key(), "expected": len(preview.ready), "number": preview.year})
    pills = [(f"Year {one.number}", None, f"?year={one.number}", one.number == preview.year) for one in now.years]
    short = short_by(request.partnership, preview.year, viewer=request.who)
    return render(request, "fees/issue.html", {"now": now, "preview": preview, "form": form, "pills": pills, "short": short})


def _number(request: Asked) -> int | None:
    """The year that the address names; nothing stands for the latest."""
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _issue(request: Asked, slug: str) -> HttpResponse:
    form = IssueYearForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Nothing was issued. Look at the list below and press the button again.")
        return redirect("fees:issue", slug)
    run = issuing.issue_invoices(partnership=request.partnership, **form.cleaned_data, by=request.who)
    if run is None:
        messages.info(request, "Nothing was issued: no school is waiting for one.")
    else:
        done = f"{plural(run.count, 'school has', 'schools have')} been asked for the fee. Nobody can be asked twice."
        messages.success(request, _with_progress(done) if run.count >= LONG_RUN else done)
    return redirect("fees:overview", slug)


def _with_progress(done: str) -> str:
    link = '{} Their PDFs are being made: <a class="govuk-notification-banner__link" href="{}">see how far that is</a>.'
    return format_html(link, done, reverse("work:jobs"))


def draft_pdf(request: Asked, slug: str) -> HttpResponse:
    """The first invoice of the run as it would look, marked DRAFT."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    pdf = drafted(request.partnership, _number(request), viewer=request.who)
    if pdf is None:
        messages.info(request, "There is nothing to look at yet: no school is due an invoice.")
        return redirect("fees:issue", slug)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="draft.pdf"'})
