"""Who pays for a school."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked
from alongside.members.partnerships.queries import school_of
from alongside.money.invoices.actions.payers import change_payer
from alongside.money.invoices.forms.invoices import PayerForm
from alongside.money.invoices.permissions import may_change_payer
from alongside.money.invoices.queries.invoices import payer_of


def payers(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Who pays for a school from now on, and under which purchase order."""
    school = school_of(request.partnership, urn, viewer=request.who)
    if school is None:
        raise Http404
    require(may_change_payer(request.who, request.partnership.pk, school.pk))
    payer = payer_of(request.partnership, school, viewer=request.who)
    form = PayerForm(
        request.POST or None,
        initial={
            "version": payer.version,
            "name": payer.name,
            "address": payer.address,
            "email": payer.email,
            "purchase_order": payer.purchase_order,
        },
    )
    if request.method == "POST" and form.is_valid():
        change_payer(partnership=request.partnership, school=school, **form.cleaned_data, by=request.who)
        messages.success(request, f"Saved. Later invoices for {school} go out like this.")
        return redirect("fees:overview", slug)
    return render(request, "invoices/payers.html", {"form": form, "school": school})
