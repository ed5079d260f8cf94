"""Inviting many people from one sheet."""

import csv
import io
from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web import sheets
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done, say_and_go
from alongside.members.people.actions import bulk
from alongside.members.people.forms.bulk import CheckedSheetForm, SheetForm
from alongside.members.people.permissions import may_list_people
from alongside.members.people.queries import bulk as bulk_queries
from alongside.members.people.rules.bulk import COLUMNS
from alongside.members.people.sheets import rows_of, text_rows

SHOWN = 100  # right lines shown of a long sheet


def invite_many(request: Asked, slug: str) -> HttpResponse:
    """Look a sheet through, then invite everybody in it: first what would happen, then the button that does it."""
    require(may_list_people(request.who, request.partnership.pk))
    if "rows" in request.POST:
        return invite_all(request, slug)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = rows_of(form.cleaned_data["file"].read())
            return checked(request, rows)
        except Invalid as problem:
            form.refuse(problem)
    return render(request, "people/invite_many.html", {"form": form})


def invite_all(request: Asked, slug: str) -> HttpResponse:
    """Send the invitations of a sheet that was looked through."""
    form = CheckedSheetForm(request.POST)
    if not form.is_valid():
        return redirect("people:invite_many", slug=slug)
    try:
        rows = text_rows(form.cleaned_data["rows"])
        sent = bulk.invite_many(partnership=request.partnership, rows=rows, by=request.who)
    except Invalid as problem:
        return checked(request, text_rows(form.cleaned_data["rows"]), problem)
    words = f"{plural(len(sent.ready), 'invitation')} on the way."
    links = (("E-mails that were sent", reverse("notices:list", args=[slug])),)
    return say_and_go(request, sent, Done(words, links), reverse("people:list", args=[slug]))


def checked(request: Asked, rows: Sequence[Sequence[str]], problem: Invalid | None = None) -> HttpResponse:
    """What a sheet would do."""
    reading = bulk.invite_many(partnership=request.partnership, rows=rows, dry_run=True, by=request.who)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    form = CheckedSheetForm(initial={"rows": text.getvalue()})
    context = {
        "reading": reading,
        "form": form,
        "shown": reading.ready[:SHOWN],
        "problem": ". ".join(problem.problems.values()) if problem else "",
    }
    return render(request, "people/invite_many_checked.html", context)


def invite_template(request: Asked, slug: str) -> HttpResponseBase:
    """The sheet to fill in, with the partnership's schools."""
    require(may_list_people(request.who, request.partnership.pk))
    return sheets.sheet(
        request, f"{slug}-invitations", COLUMNS, bulk_queries.template_rows(request.partnership, viewer=request.who)
    )
