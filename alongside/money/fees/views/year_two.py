"""Year 2: opening it, the board's reduction, the credit notes; how joiners are asked; what boards have decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import clock, keys
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.sensitive import sensitive
from alongside.members.partnerships.rules import mark_of
from alongside.money.fees import actions, queries
from alongside.money.fees.forms.budget import CreditAllForm, JoinersForm, RecordDecisionForm, ReductionForm
from alongside.money.fees.permissions import may_issue_invoices, may_record_decision
from alongside.money.fees.queries import LaterYear
from alongside.money.fees.rules.charges import CLAUSE

BODY = "Partnership board"


def _later(request: Asked) -> LaterYear:
    require(may_issue_invoices(request.who, request.partnership.pk))
    return queries.later_year(request.partnership, viewer=request.who)


@sensitive
def year_two(request: Asked, slug: str) -> HttpResponse:
    """How year 2 stands: what could be given back, what was decided, what has gone out."""
    later = _later(request)
    to_credit = queries.to_be_credited(later, viewer=request.who)
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
@sensitive
def open_year_two(request: Asked, slug: str) -> HttpResponse:
    """Open year 2 at the maximum that the schools signed."""
    actions.open_next_year(partnership=request.partnership, by=request.who)
    messages.success(request, "Year 2 is open. Nothing has gone out.")
    return redirect("fees:year_two", slug)


@sensitive
def agree_reduction(request: Asked, slug: str) -> HttpResponse:
    """Write down the board's decision on the reduction."""
    require(may_record_decision(request.who, request.partnership.pk))
    later = _later(request)
    if later.terms is None:
        raise Conflict("Year 2 has not been opened yet.")
    first = {"key": keys.new_key(), "basis": "all", "amount": max(0, later.available), "body": BODY}
    form = ReductionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        figure = {"each" if said.pop("basis") == "each" else "amount": said.pop("amount")}
        try:
            made = actions.agree_reduction(partnership=request.partnership, **figure, **said, by=request.who)
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


@sensitive
def credit_reduction(request: Asked, slug: str) -> HttpResponse:
    """Which invoices are credited, and by how much; then, with one press, credit them all."""
    later = _later(request)
    if request.method == "POST":
        form = CreditAllForm(request.POST)
        expected = form.cleaned_data["expected"] if form.is_valid() else -1
        notes = actions.credit_reduction(partnership=request.partnership, expected=expected, by=request.who)
        given = plural(len(notes), "credit note has", "credit notes have")
        messages.success(request, f"{given} gone out, {short_pounds(sum(one.total for one in notes))} in all.")
        return redirect("fees:year_two", slug)
    rows = queries.to_be_credited(later, viewer=request.who)
    form = CreditAllForm(initial={"expected": len(rows)})
    return render(
        request,
        "fees/credit_reduction.html",
        {"form": form, "later": later, "rows": rows, "total": sum(one.amount for one in rows)},
    )


@sensitive
def joiners(request: Asked, slug: str) -> HttpResponse:
    """How schools that join later are asked, when the invoices go out, from when the evaluation counts."""
    later = _later(request)
    initial = {name: getattr(later.settings, name) for name in actions.JOINING}
    form = JoinersForm(request.POST or None, initial={**initial, "version": mark_of(later.settings, actions.JOINING)})
    if request.method == "POST" and form.is_valid():
        actions.settle_joiners(partnership=request.partnership, **form.cleaned_data, by=request.who)
        messages.success(request, "Saved. It holds for what is issued from now on.")
        return redirect("fees:year_two", slug)
    return render(request, "fees/joiners.html", {"form": form, "later": later})


@sensitive
def decisions(request: Asked, slug: str) -> HttpResponse:
    """What boards have decided about money, newest first."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = queries.decisions_of(request.partnership, viewer=request.who)
    may_decide = may_record_decision(request.who, request.partnership.pk)
    return render(request, "fees/decisions.html", {"rows": rows, "may_decide": may_decide})


@sensitive
def record_decision(request: Asked, slug: str) -> HttpResponse:
    """Write down a decision about one school's money: a waiver, a write-off or a credit may then rest on it."""
    require(may_record_decision(request.who, request.partnership.pk))
    form = RecordDecisionForm(request.POST or None, initial={"key": keys.new_key(), "body": BODY})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        urn = said.pop("urn")
        school = queries.school_of(request.partnership, urn, viewer=request.who) if urn else None
        if urn and school is None:
            form.add_error("urn", "No school of the partnership has this URN")
        else:
            try:
                actions.record_board_decision(partnership=request.partnership, school=school, **said, by=request.who)
            except Invalid as problem:
                form.refuse(problem)
            else:
                messages.success(request, "Written down. A credit note, a waiver or a write-off can now rest on it.")
                return redirect("fees:decisions", slug)
    return render(request, "fees/record_decision.html", {"form": form})


@sensitive
def extra_charges(request: Asked, slug: str) -> HttpResponse:
    """Every charge to a member beyond its yearly fee: there is none."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    looked_at, rows = queries.extra_charges(request.partnership, viewer=request.who)
    shown = [(*words, pounds(amount)) for *words, amount in rows]
    return render(
        request, "fees/extra_charges.html", {"looked_at": looked_at, "rows": rows, "extra_rows": shown, "clause": CLAUSE}
    )
