"""Give and receive."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web import sheets
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page, press
from alongside.members.contributions import actions, queries
from alongside.members.contributions.forms import OTHER, NoteForm
from alongside.members.contributions.models import Contribution
from alongside.members.contributions.permissions import may_note_contribution, may_see_contributions
from alongside.members.contributions.rules import GiftKind
from alongside.members.people.queries.roles import school_of_partnership


def _year(request: Asked) -> AcademicYear:
    return read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())


def _choice(request: Asked, year: AcademicYear) -> dict[str, Any]:
    years = queries.years_of(request.partnership, viewer=request.who)
    pills = [(str(one), None, f"?year={one.slug}", one == year) for one in years]
    return {"year": year, "years": years, "year_pills": pills, "year_query": f"?year={year.slug}"}


def overview(request: Asked, slug: str) -> HttpResponse:
    """What every school gave and received: all of them for the office, one's own for a school's people."""
    who, partnership, year = request.who, request.partnership, _year(request)
    context = {
        **_choice(request, year),
        "schools": queries.sides_by_school(partnership, year, viewer=who),
        "is_office": who.runs(partnership.pk),
        "may_note": may_note_contribution(who, partnership.pk, who.schools_in(partnership.pk)),
    }
    return render(request, "contributions/overview.html", context)


def sheet(request: Asked, slug: str) -> HttpResponseBase:
    """The same as a file for a spreadsheet."""
    who, partnership, year = request.who, request.partnership, _year(request)
    rows = [
        (row.name, row.urn, row.pupils or "", row.given.pieces, row.given.words, row.received.pieces, row.received.words)
        for row in queries.sides_by_school(partnership, year, viewer=who)
    ]
    head = ("School", "URN", "Pupils", "Times given", "Given", "Times received", "Received")
    return sheets.sheet(request, f"give-and-receive-{year.slug}", head, rows)


def school(request: Asked, slug: str, urn: int) -> HttpResponse:
    """One school: what it gave, what it received, with whom."""
    who, partnership, year = request.who, request.partnership, _year(request)
    place = found(school_of_partnership(urn, partnership=partnership, viewer=who))
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


def note(request: Asked, slug: str) -> HttpResponse:
    """Note by hand what happened outside these pages."""
    who, partnership = request.who, request.partnership
    own = sorted(who.schools_in(partnership.pk))
    require(may_note_contribution(who, partnership.pk, frozenset(own)))
    parties = queries.parties_of(partnership, viewer=who)
    back = reverse("contributions:overview", args=[slug])

    def shown(row: Contribution) -> str:
        """The page of the side whose page the viewer may open; all of them where there is none."""
        sides = [one for one in (row.giver, row.receiver) if one and (one.pk in own or who.runs(partnership.pk))]
        return reverse("contributions:school", args=[slug, sides[0].urn]) if sides else back

    return form_page(
        request, partial(NoteForm, parties=parties, own=own), partial(_note, request),
        title="Note what happened", caption=partnership.name, back=("Give and receive", back), button="Note it",
        lead="For what was given outside these pages: a visit, a day of help, an afternoon of advice. Both sides see it, and "
        "either can take it back.",
        done=lambda row: f"Noted: {_words(row)}. Both sides see it, and either can take it back.", next=shown,
        page="contributions/note.html", nobody=not parties,
    )  # fmt: skip


def _words(row: Contribution) -> str:
    kind = GiftKind(row.kind)
    return f"{kind.label.lower()}, {kind.unit.words(row.amount)}"


def _note(request: Asked, *, by: Standing, giver: str, receiver: str, **said: Any) -> Contribution:
    def party(side: str, key: str) -> actions.Party | None:
        known = None if key == OTHER else queries.party_at(key, request.partnership, viewer=by)
        if known is None and key != OTHER:
            raise Invalid(**{side: "Choose a school that belongs to the partnership"})
        return known

    return actions.note_contribution(
        partnership=request.partnership, giver=party("giver", giver), receiver=party("receiver", receiver), **said, by=by
    )


def take_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take back what was noted by hand."""
    row = find(Contribution, request, pk=key)
    done = Done("Taken back: it counts no more.", (("Note it again", reverse("contributions:note", args=[slug])),))
    return press(
        request, partial(actions.take_back_note, contribution=row), done=done, next=reverse("contributions:overview", args=[slug])
    )
