"""What schools still owe that have closed, merged or left."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page
from alongside.members.authority.permissions import may_record_decision
from alongside.members.partnerships.queries import school_of, schools_to_choose
from alongside.money.fees.actions import liability as deeds
from alongside.money.fees.forms import SettleForm
from alongside.money.fees.models import Settled
from alongside.money.fees.queries.liability import invoice_of, liabilities_of, settled_as
from alongside.money.fees.rules.liability import liability_words, paid_words, shown_decision
from alongside.money.invoices.permissions import may_issue_invoices


def liability(request: Asked, slug: str) -> HttpResponse:
    """Schools that have gone, with what is due, waived or taken over."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    gone = liabilities_of(request.partnership, viewer=request.who)
    may_decide = may_record_decision(request.who, request.partnership.pk)
    return render(request, "fees/liability.html", {"found": gone, "may_decide": may_decide})


def settle_liability(request: Asked, slug: str, urn: int, year: int) -> HttpResponse:
    """Write down what a decision made of one school's fee for one year."""
    partnership, page = request.partnership, reverse("fees:liability", args=[slug])
    require(may_record_decision(request.who, partnership.pk))
    school = found(school_of(partnership, urn, viewer=request.who))
    if not 1 <= year <= 9:
        raise Http404
    before = settled_as(partnership, school, year, viewer=request.who)
    first: dict[str, Any] = {"seen": shown_decision(str(before.decision) if before else "")}
    first |= {name: getattr(before, name, "") for name in ("outcome", "payer_name", "payer_address", "payer_email")}
    if before and before.to_school:
        first["to_urn"] = before.to_school.urn

    places = [one for one in schools_to_choose(partnership, viewer=request.who) if one[0] != str(school.urn)]

    def deed(*, to_urn: int | None, by: Standing, **said: Any) -> Settled:
        taker = school_of(partnership, to_urn, viewer=by) if to_urn else None
        return deeds.settle_liability(partnership=partnership, school=school, year=year, to_school=taker, **said, by=by)

    def done(row: Settled) -> Done:
        words, links = liability_words(row.outcome, str(row.decision), row.payer_name), [("Decided anew", request.path)]
        invoice = invoice_of(row, viewer=request.who)
        if invoice and (paid := paid_words(row.outcome, invoice.reference, invoice.paid)):
            words += f". {paid}"
            links.append(("Issue the credit note", reverse("invoices:credit_invoice", args=[slug, invoice.reference])))
        return Done(f"{row.school}, year {row.year}. {words}.", tuple(links))

    return form_page(
        request, partial(SettleForm, initial=first, places=places), deed, title="What becomes of the fee",
        caption=f"{school.name}, year {year}", lead="Write down what was decided, with its minute. A later decision may take "
        "its place.", back=("Schools that closed, merged or left", page), button="Write it down", done=done, next=page,
        page="fees/settle_liability.html",
        until_now=before and liability_words(before.outcome, str(before.decision), before.payer_name),
    )  # fmt: skip
