"""Year 2: opening it, the board's reduction, the credit notes; how joiners are asked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import clock, keys
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.members.authority.permissions import may_record_decision
from alongside.members.partnerships.rules import mark_of
from alongside.money.fees.actions import year_two as deeds
from alongside.money.fees.forms import CreditAllForm, JoinersForm, ReductionForm
from alongside.money.fees.queries.year_two import LaterYear, beyond_the_fee, later_year, to_be_credited
from alongside.money.fees.rules.charges import CLAUSE
from alongside.money.invoices.permissions import may_issue_invoices


def _later(request: Asked) -> LaterYear:
    require(may_issue_invoices(request.who, request.partnership.pk))
    return later_year(request.partnership, viewer=request.who)


def year_two(request: Asked, slug: str) -> HttpResponse:
    """How year 2 stands: what could be given back, what was decided, what has gone out."""
    later = _later(request)
    to_credit = to_be_credited(later, viewer=request.who)
    return render(
        request,
        "fees/year_two.html",
        {
            "later": later,
            "to_credit": len(to_credit),
            "credit_sum": sum(one.amount for one in to_credit),
            "may_decide": may_record_decision(request.who, request.partnership.pk),
            "today": clock.today(),
        },
    )


@require_POST
def open_year_two(request: Asked, slug: str) -> HttpResponse:
    """Open year 2 at the maximum that the schools signed."""
    deeds.open_next_year(partnership=request.partnership, by=request.who)
    messages.success(request, "Year 2 is open. Nothing has gone out.")
    return redirect("fees:year_two", slug)


def agree_reduction(request: Asked, slug: str) -> HttpResponse:
    """Write down the board's decision on the reduction."""
    require(may_record_decision(request.who, request.partnership.pk))
    later = _later(request)
    if later.terms is None:
        raise Conflict("Year 2 has not been opened yet.")
    first = {"key": keys.new_key(), "basis": "all", "amount": max(0, later.available)}
    form = ReductionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        figure = {"each" if said.pop("basis") == "each" else "amount": said.pop("amount")}
        try:
            made = deeds.agree_reduction(partnership=request.partnership, **figure, **said, by=request.who)
        except Invalid as problem:
            form.refuse(Invalid(**{"amount" if name == "each" else name: words for name, words in problem.problems.items()}))
        else:
            messages.success(
                request,
                f"Written down: {short_pounds(made.each)} is taken off for each school, {short_pounds(made.reserve)} stays in "
                "reserve.",
            )
            return redirect("fees:year_two", slug)
    return render(request, "fees/agree_reduction.html", {"form": form, "later": later})


def credit_reduction(request: Asked, slug: str) -> HttpResponse:
    """Which invoices are credited, and by how much; then, with one press, credit them all."""
    later = _later(request)
    if request.method == "POST":
        form = CreditAllForm(request.POST)
        expected = form.cleaned_data["expected"] if form.is_valid() else -1
        notes = deeds.credit_reduction(partnership=request.partnership, expected=expected, by=request.who)
        given = plural(len(notes), "credit note has", "credit notes have")
        messages.success(request, f"{given} gone out, {short_pounds(sum(one.total for one in notes))} in all.")
        return redirect("fees:year_two", slug)
    rows = to_be_credited(later, viewer=request.who)
    form = CreditAllForm(initial={"expected": len(rows)})
    return render(
        request,
        "fees/credit_reduction.html",
        {"form": form, "later": later, "rows": rows, "total": sum(one.amount for one in rows)},
    )


def joiners(request: Asked, slug: str) -> HttpResponse:
    """How schools that join later are asked, when the invoices go out, from when the evaluation counts."""
    later = _later(request)
    initial = {name: getattr(later.settings, name) for name in deeds.JOINING}
    form = JoinersForm(request.POST or None, initial={**initial, "version": mark_of(later.settings, deeds.JOINING)})
    if request.method == "POST" and form.is_valid():
        deeds.settle_joiners(partnership=request.partnership, **form.cleaned_data, by=request.who)
        messages.success(request, "Saved. It holds for what is issued from now on.")
        return redirect("fees:year_two", slug)
    return render(request, "fees/joiners.html", {"form": form, "later": later})


def extra_charges(request: Asked, slug: str) -> HttpResponse:
    """Every charge to a member beyond its yearly fee: there is none."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    looked_at, rows = beyond_the_fee(request.partnership, viewer=request.who)
    shown = [(*words, pounds(amount)) for *words, amount in rows]
    return render(
        request, "fees/extra_charges.html", {"looked_at": looked_at, "rows": rows, "extra_rows": shown, "clause": CLAUSE}
    )
