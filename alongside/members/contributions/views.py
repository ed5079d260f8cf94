"""Give and receive."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web import sheets
from alongside.members.contributions import actions, queries
from alongside.members.contributions.forms import OTHER, NoteForm
from alongside.members.contributions.models import Contribution
from alongside.members.contributions.permissions import may_note_contribution, may_see_contributions
from alongside.members.contributions.rules import Kind
from alongside.members.people.queries import school_of_partnership


def _year(request: HttpRequest) -> AcademicYear:
    return read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())


def _choice(request: HttpRequest, year: AcademicYear) -> dict[str, Any]:
    years = queries.years_of(request.partnership, viewer=request.who)
    pills = [(str(one), None, f"?year={one.slug}", one == year) for one in years]
    return {"year": year, "years": years, "year_pills": pills, "year_query": f"?year={year.slug}"}


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """What every school gave and received: all of them for the office, one's own for a school's people."""
    who, partnership, year = request.who, request.partnership, _year(request)
    context = {
        **_choice(request, year),
        "schools": queries.sides_by_school(partnership, year, viewer=who),
        "is_office": who.runs(partnership.pk),
        "may_note": may_note_contribution(who, partnership.pk, who.schools_in(partnership.pk)),
    }
    return render(request, "contributions/overview.html", context)


def sheet(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same as a file for a spreadsheet."""
    who, partnership, year = request.who, request.partnership, _year(request)
    rows = [
        (row.name, row.urn, row.pupils or "", row.given.pieces, row.given.words, row.received.pieces, row.received.words)
        for row in queries.sides_by_school(partnership, year, viewer=who)
    ]
    head = ("School", "URN", "Pupils", "Times given", "Given", "Times received", "Received")
    return sheets.sheet(f"give-and-receive-{year.slug}", head, rows)


def school(request: HttpRequest, slug: str, urn: int) -> HttpResponse:
    """One school: what it gave, what it received, with whom."""
    who, partnership, year = request.who, request.partnership, _year(request)
    place = school_of_partnership(urn, partnership=partnership, viewer=who)
    if place is None:
        raise Http404
    require(may_see_contributions(who, partnership.pk, place.pk))
    lines = queries.lines_of(place, partnership, year, viewer=who)
    context = {
        "school": place,
        **_choice(request, year),
        "sides": queries.sides_of_school(place, partnership, year, viewer=who),
        "given": [line for line in lines if line.is_given],
        "received": [line for line in lines if not line.is_given],
        "may_note": may_note_contribution(who, partnership.pk, frozenset({place.pk})),
    }
    return render(request, "contributions/school.html", context)


def note(request: HttpRequest, slug: str) -> HttpResponse:
    """Note by hand what happened outside these pages."""
    who, partnership = request.who, request.partnership
    own = sorted(who.schools_in(partnership.pk))
    require(may_note_contribution(who, partnership.pk, frozenset(own)))
    parties = queries.parties_of(partnership, viewer=who)
    form = NoteForm(request.POST or None, parties=parties, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            row = _noted(request, form.cleaned_data)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Noted. Both sides see it on their page.")
            shown = next(one for one in (row.giver, row.receiver) if one and (one.pk in own or not own))
            return redirect("contributions:school", slug=slug, urn=shown.urn)
    return render(request, "contributions/note.html", {"form": form, "nobody": not parties})


def _noted(request: HttpRequest, said: dict[str, Any]) -> Contribution:
    return actions.note_contribution(
        partnership=request.partnership,
        giver=_party(request, "giver", said),
        receiver=_party(request, "receiver", said),
        kind=Kind(said["kind"]),
        **{name: said[name] for name in ("on", "amount", "words", "key")},
        by=request.who,
    )


def _party(request: HttpRequest, side: str, said: dict[str, Any]) -> actions.Party:
    if said[side] == OTHER:
        return actions.add_outside_body(partnership=request.partnership, name=said["body"], by=request.who)
    party = queries.party_at(said[side], request.partnership, viewer=request.who)
    if party is None:
        raise Invalid(**{side: "Choose a school that belongs to the partnership"})
    return party


@require_POST
def take_back(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take back what was noted by hand."""
    row = queries.contribution_at(key, request.partnership, viewer=request.who)
    if row is None:
        raise Http404
    actions.take_back_note(contribution=row, by=request.who)
    messages.success(request, "Taken back: it counts no more.")
    return redirect("contributions:overview", slug=slug)
