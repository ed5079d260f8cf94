"""A partnership's own pages: its settings and its schools."""

from functools import partial
from operator import itemgetter
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.verdict import require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked, next_page
from alongside.ground.web.declared import settings_words
from alongside.ground.web.pages import form_page
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column, Where
from alongside.members.partnerships import actions, queries
from alongside.members.partnerships.forms import About
from alongside.members.partnerships.permissions import may_run_partnership, may_see_office
from alongside.members.partnerships.rules import Belonging, said
from alongside.members.schools.rules import phase_called, phase_in_words


def _phase(row: Any) -> str:
    return phase_in_words(row.phase, row.type, row.low_age, row.high_age)


DESCRIBED = {"name": "Name", "area": "Area", "contact_email": "The office’s address"}
SCHOOLS = (
    Column("urn", "URN", cell=lambda row: str(row.urn), where=Where.FILE),
    Column("school", "School", ("name",), cell=lambda row: row.name),
    Column("kind", "Belongs as", cell=lambda row: Belonging(row.kind).value, where=Where.FILE),
    Column("phase", "Phase", ("phase", "name"), cell=_phase),
    Column("town", "Town", ("town", "name")),
    Column("since", "Since", ("from_on", "name"), cell=lambda row: row.from_on),
)


def settings(request: Asked, slug: str) -> HttpResponse:
    """What the partnership has set, and since when."""
    require(may_see_office(request.who, request.partnership.pk))
    called = settings_words()
    changed = [
        (one.from_on, f"From {short_date(one.from_on)}", called[f"{one.app}.{name}"], said(value))
        for one in queries.setting_changes(request.partnership, viewer=request.who)
        for name, value in sorted(one.values.items())
        if f"{one.app}.{name}" in called  # what was a setting once, and is none any more
    ]
    described = queries.descriptions(request.partnership, viewer=request.who)
    changed += [(day, f"On {short_date(day)}", DESCRIBED[name], words) for day, name, words in described]
    changes = [row for _, *row in sorted(changed, key=itemgetter(0), reverse=True)]
    return render(request, "partnerships/settings.html", {"changes": changes})


def about(request: Asked, slug: str) -> HttpResponse:
    """Change the partnership's name, area and address."""
    require(may_run_partnership(request.who, request.partnership.pk))
    settings_page = reverse("partnerships:settings", args=[slug])
    after = next_page(request, within=f"/p/{slug}/") or settings_page  # who was sent here from what they were doing goes on
    return form_page(
        request, partial(About, row=request.partnership), partial(actions.describe_partnership, partnership=request.partnership),
        title="About the partnership", caption="Settings", back=("Settings", settings_page), done="Saved.", next=after,
    )  # fmt: skip


def schools(request: Asked, slug: str) -> HttpResponseBase:
    """The schools that belong to the partnership; those that are chosen as a file too."""
    chosen = {key: request.GET.get(key, "")[:80] for key in ("phase", "q")}
    rows = queries.schools_that_belong(request.partnership, chosen["phase"], chosen["q"], viewer=request.who)
    fields = (*queries.SCHOOL_FACTS, "from_on", "kind")
    return list_page(
        request, SCHOOLS, rows, file=f"{slug}-schools", fields=fields, sort="school", chosen=chosen,
        page="partnerships/schools.html", called=phase_called, phases=queries.phases_of(request.partnership, viewer=request.who),
    )  # fmt: skip
