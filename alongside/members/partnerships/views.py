"""A partnership's own pages: its settings and its schools."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core.verdict import Invalid, require
from alongside.members.partnerships import actions, queries
from alongside.members.partnerships.forms import About
from alongside.members.partnerships.permissions import may_run_partnership, may_see_office


def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the partnership has set, and since when."""
    require(may_see_office(request.who, request.partnership.pk))
    return render(
        request, "partnerships/settings.html", {"changes": queries.setting_changes(request.partnership, viewer=request.who)}
    )


def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the partnership's name, area and address."""
    partnership = request.partnership
    require(may_run_partnership(request.who, partnership.pk))
    form = About(
        request.POST or None,
        initial={
            "name": partnership.name,
            "area": partnership.area,
            "contact_email": partnership.contact_email,
            "version": partnership.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_partnership(partnership=partnership, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Saved.")
            return redirect("partnerships:settings", slug=slug)
    return render(request, "partnerships/about.html", {"form": form})


def schools(request: HttpRequest, slug: str) -> HttpResponse:
    """The schools that belong to the partnership."""
    chosen = {key: request.GET.get(key, "")[:80] for key in ("phase", "q")}
    return render(
        request,
        "partnerships/schools.html",
        {
            "table": queries.schools_table(request.partnership, request.GET, chosen, viewer=request.who),
            "chosen": chosen,
            "phases": queries.phases_of(request.partnership, viewer=request.who),
        },
    )
