"""A partnership's own pages: its settings and its schools."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import form_page
from alongside.members.partnerships import actions, queries
from alongside.members.partnerships.forms import About
from alongside.members.partnerships.permissions import may_run_partnership, may_see_office


def settings(request: Asked, slug: str) -> HttpResponse:
    """What the partnership has set, and since when."""
    require(may_see_office(request.who, request.partnership.pk))
    return render(
        request, "partnerships/settings.html", {"changes": queries.setting_changes(request.partnership, viewer=request.who)}
    )


def about(request: Asked, slug: str) -> HttpResponse:
    """Change the partnership's name, area and address."""
    require(may_run_partnership(request.who, request.partnership.pk))
    settings_page = reverse("partnerships:settings", args=[slug])
    return form_page(
        request, partial(About, row=request.partnership), partial(actions.describe_partnership, partnership=request.partnership),
        title="About the partnership", caption="Settings", back=("Settings", settings_page), done="Saved.", next=settings_page,
    )  # fmt: skip


def schools(request: Asked, slug: str) -> HttpResponse:
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
