"""Year 2: opening it, the board's reduction, the credit notes; how joiners are asked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Pounds, Text
from alongside.ground.core.money import short_pounds
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.tables import Column, listed, pounds
from alongside.members.authority.permissions import may_record_decision
from alongside.members.partnerships.rules import mark_of
from alongside.money.budget.models import FeeYear
from alongside.money.fees.actions import year_two as deeds
from alongside.money.fees.forms import CreditAllForm, JoinersForm, ReductionForm
from alongside.money.fees.models import Reduction
from alongside.money.fees.queries.year_two import LaterYear, ToCredit, beyond_the_fee, later_year, to_be_credited
from alongside.money.fees.rules.charges import CLAUSE
from alongside.money.fees.rules.liability import shown_decision
from alongside.money.fees.rules.reduction import JoinerFee, shown_in_credits
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.permissions import may_issue_invoices


def _invoice(row: ToCredit) -> Text:
    """The invoice's number, which leads to it."""
    one = row.invoice
    return Text(one.reference, reverse("invoices:invoice", args=[one.partnership.slug, one.reference]))


CREDITS = (
    Column("school", "School", cell=lambda row: row.invoice.school_name),
    Column("invoice", "Invoice", cell=_invoice, classes="fees-number"),
    Column("asked", "Asked", numeric=True, cell=lambda row: Pounds(row.invoice.total)),
    pounds("amount", "Credit"),
)
EXTRA = (
    Column("reference", "Invoice"),
    Column("school", "School"),
    Column("words", "What for"),
    pounds("amount", "Charged"),
    Column("signed", "Signed for"),
)


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


def open_year_two(request: Asked, slug: str) -> HttpResponse:
    """Open year 2 at the maximum that the schools signed."""

    def done(year: FeeYear) -> Done:
        words = f"Year {year.number} is open at {short_pounds(year.amount)}. Nothing has gone out."
        return Done(words, (("See who would get an invoice", f"{reverse('fees:issue', args=[slug])}?year={year.number}"),))

    deed = partial(deeds.open_next_year, partnership=request.partnership)
    return press(request, deed, done=done, next=reverse("fees:year_two", args=[slug]))


def _in_year_two(request: Asked, form: Any, deed: Callable[..., Any], **more: Any) -> HttpResponse:
    """A form of the second year, which leads back to its page."""
    page = reverse("fees:year_two", args=[request.partnership.slug])
    words = {"caption": "Fees, year 2", "back": ("Year 2", page), "next": page, **more}
    return form_page(request, form, partial(deed, partnership=request.partnership), **words)


def agree_reduction(request: Asked, slug: str) -> HttpResponse:
    """Write down the board's decision on the reduction."""
    require(may_record_decision(request.who, request.partnership.pk))
    later = _later(request)
    if later.terms is None:
        raise Conflict("Year 2 has not been opened yet.")

    def done(made: Reduction) -> Done:
        words = f"{short_pounds(made.each)} is taken off for each school, {short_pounds(made.reserve)} stays in reserve."
        return Done(f"Written down: {words}", (("Decided anew", request.path),))

    seen = shown_decision(later.terms.decision, later.available, later.proposal.members, later.proposal.each)
    first = {"basis": "all", "amount": max(0, later.available), "seen": seen}
    return _in_year_two(
        request, partial(ReductionForm, initial=first), deeds.agree_reduction,
        title="The board’s reduction", lead="Without the minute that it rests on, no fee is brought down.",
        button="Write it down", done=done, page="fees/agree_reduction.html", later=later,
    )  # fmt: skip


def credit_reduction(request: Asked, slug: str) -> HttpResponse:
    """Which invoices are credited, and by how much; then, with one press, credit them all."""
    later = _later(request)
    rows = to_be_credited(later, viewer=request.who)
    decision = later.terms.decision if later.terms else ""

    def done(notes: list[CreditNote]) -> str:
        total = short_pounds(sum(one.total for one in notes))
        return f"{plural(len(notes), 'credit note has', 'credit notes have')} gone out, {total} in all."

    seen = shown_in_credits([one.said for one in rows], decision)
    return _in_year_two(
        request, partial(CreditAllForm, initial={"seen": seen}), deeds.credit_reduction,
        title=f"Credit {plural(len(rows), 'invoice')}" if rows else "Nothing to credit",
        lead=f"Nothing has gone out yet. Each credit note rests on {decision}." if rows
        else "No invoice asks for more than the board’s decision leaves.",
        button=f"Give {plural(len(rows), 'credit note')}", done=done, page="fees/credit_reduction.html",
        table=listed(CREDITS, rows), total=sum(one.amount for one in rows),
    )  # fmt: skip


def joiners(request: Asked, slug: str) -> HttpResponse:
    """How schools that join later are asked, when the invoices go out, from when the evaluation counts."""
    settings = _later(request).settings
    first = {name: getattr(settings, name) for name in deeds.JOINING} | {"version": mark_of(settings, deeds.JOINING)}

    def done(now: FeeSettings) -> Done:
        fee = JoinerFee(now.joiner_fee).label
        words = f"Who joins while a year runs is asked for {fee[:1].lower() + fee[1:]}. It holds for what is issued from now on."
        return Done(words, (("Change it again", request.path),))

    return _in_year_two(
        request, partial(JoinersForm, initial=first), deeds.settle_joiners, title="How later schools are asked", done=done,
        lead="Settled once for the partnership. It holds for what is issued from now on.", page="fees/joiners.html",
    )  # fmt: skip


def extra_charges(request: Asked, slug: str) -> HttpResponse:
    """Every charge to a member beyond its yearly fee: there is none."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    looked_at, rows = beyond_the_fee(request.partnership, viewer=request.who)
    return render(request, "fees/extra_charges.html", {"looked_at": looked_at, "table": listed(EXTRA, rows), "clause": CLAUSE})
