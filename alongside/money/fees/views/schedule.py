"""The schedule out, and what the host sends back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.sensitive import sensitive
from alongside.money.fees import actions, queries
from alongside.money.fees.forms import ScheduleForm
from alongside.money.fees.permissions import may_issue_invoices


@sensitive
def schedule(request: Asked, slug: str) -> HttpResponse:
    """Download the charges; take in the host's numbers and payments, the whole file or none of it."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    posted = request.method == "POST"
    form, bad = (ScheduleForm(request.POST, request.FILES) if posted else ScheduleForm()), []
    if posted and form.is_valid():
        taken = actions.import_schedule(partnership=request.partnership, text=form.cleaned_data["file"], by=request.who)
        bad = taken.bad
        if not bad:
            messages.success(
                request,
                f"Taken in: {plural(taken.numbers, 'number')} of the host’s and {plural(taken.payments, 'payment')}, "
                f"{pounds(taken.pence)} in all.",
            )
            return redirect("fees:schedule", slug)
    now = queries.standing_of_fees(request.partnership, viewer=request.who)
    totals = queries.totals_of(request.partnership, viewer=request.who)
    return render(
        request,
        "fees/schedule.html",
        {
            "form": form,
            "bad": bad,
            "bad_rows": [(one.line, one.reference or "–", one.why) for one in bad],
            "now": now,
            "totals": totals,
        },
    )


@sensitive
def schedule_csv(request: Asked, slug: str) -> HttpResponse:
    """Every charge as CSV."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    text = actions.export_schedule(partnership=request.partnership, by=request.who)
    name = f"{request.partnership.slug}-fees.csv"
    return HttpResponse(
        "\ufeff" + text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
