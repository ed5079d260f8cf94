"""What schools still owe that have closed, merged or left."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import keys
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.members.authority.permissions import may_record_decision
from alongside.members.partnerships.queries import school_of
from alongside.money.fees.actions import liability as deeds
from alongside.money.fees.forms import SettleForm
from alongside.money.fees.queries.liability import liabilities_of, settled_as
from alongside.money.invoices.permissions import may_issue_invoices


def liability(request: Asked, slug: str) -> HttpResponse:
    """Schools that have gone, with what is due, waived or taken over."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    found = liabilities_of(request.partnership, viewer=request.who)
    may_decide = may_record_decision(request.who, request.partnership.pk)
    return render(request, "fees/liability.html", {"found": found, "may_decide": may_decide})


def settle_liability(request: Asked, slug: str, urn: int, year: int) -> HttpResponse:
    """Write down what a decision made of one school's fee for one year."""
    require(may_record_decision(request.who, request.partnership.pk))
    school = school_of(request.partnership, urn, viewer=request.who)
    if school is None or not 1 <= year <= 9:
        raise Http404
    before = settled_as(request.partnership, school, year, viewer=request.who)
    first = {"key": keys.new_key(), "outcome": before.outcome if before else ""}
    if before:
        first |= {name: getattr(before, name) for name in ("payer_name", "payer_address", "payer_email")}
        first |= {"to_urn": str(before.to_school.urn)} if before.to_school else {}
    form = SettleForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data}
        urn_taking = said.pop("to_urn")
        taker = school_of(request.partnership, urn_taking, viewer=request.who) if urn_taking else None
        try:
            if urn_taking and taker is None:
                raise Invalid(to_urn="No school of the partnership has this URN")
            if taker and not said["payer_name"]:
                said["payer_name"] = taker.name
            deeds.settle_liability(
                partnership=request.partnership, school=school, year=year, to_school=taker, **said, by=request.who
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"Written down for {school}, year {year}.")
            return redirect("fees:liability", slug)
    return render(request, "fees/settle_liability.html", {"form": form, "school": school, "year": year, "before": before})
