"""The roll of members."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import clock
from alongside.ground.core.verdict import require
from alongside.ground.core.words import moment
from alongside.ground.web.asked import Asked
from alongside.members.membership import actions, queries
from alongside.members.membership.permissions import may_run_signup, may_see_membership


def roll(request: Asked, slug: str) -> HttpResponse:
    """The roll with its moment and its hash; before that what it would hold now, and the button."""
    partnership, who = request.partnership, request.who
    if request.method == "POST":
        require(may_run_signup(who, partnership.pk))
        if "sure" not in request.POST:
            messages.info(request, "Tick the box first: freezing the roll cannot be undone.")
            return redirect("membership:roll", slug=slug)
        frozen = actions.freeze_roll(partnership=partnership, by=who)
        messages.success(request, f"The roll is frozen with {frozen.count} schools on it.")
        return redirect("membership:roll", slug=slug)
    found = queries.roll_of(partnership, viewer=who)
    if found is None:
        require(may_see_membership(who, partnership.pk))
        entries, late = queries.roll_preview(partnership, viewer=who), []
    else:
        entries, late = queries.roll_entries(found, viewer=who), queries.late_signers(partnership, found, viewer=who)
    dates = queries.dates_in_force(partnership, viewer=who)
    return render(
        request,
        "membership/roll.html",
        {
            "roll": found,
            "entries": entries,
            "late": late,
            "late_rows": [(urn, name, moment(at)) for urn, name, at in late],
            "dates": dates,
            "is_early": clock.today() < dates.roll_freezes_on,
            "may_run": may_run_signup(who, partnership.pk),
        },
    )


def roll_csv(request: Asked, slug: str) -> HttpResponse:
    """The frozen roll as a table."""
    found = queries.roll_of(request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    response = HttpResponse(
        queries.roll_csv(queries.roll_entries(found, viewer=request.who), viewer=request.who),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="roll-of-{slug}.csv"'
    return response
