"""Give and receive."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year
from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed
from alongside.members.contributions import actions, queries
from alongside.members.contributions.forms import NoteForm
from alongside.members.contributions.models import Contribution
from alongside.members.contributions.permissions import may_note_contribution, may_see_contributions
from alongside.members.contributions.queries import BothSides, GivenLine
from alongside.members.contributions.rules import GiftKind, Side, for_size, side_of
from alongside.members.people.queries.roles import school_of_partnership
from alongside.members.schools.models import School

MOST_SHOWN = 500
PIECES = (
    Column("on", "Day"),
    Column("side", "Gave or received", cell=lambda row: "gave" if row.is_given else "received"),
    Column("kind", "Kind"),
    Column("much", "How much"),
    Column("other", "With"),
    Column("words", "Words"),
)


def _year(request: Asked) -> AcademicYear:
    return read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())


def _choice(request: Asked, year: AcademicYear) -> dict[str, Any]:
    years = queries.years_of(request.partnership, viewer=request.who)
    pills = [(str(one), None, f"?year={one.slug}", one == year) for one in years]
    return {"year": year, "years": years, "year_pills": pills, "year_query": f"?year={year.slug}"}


def _columns(slug: str, year: AcademicYear) -> list[Column]:
    """The columns of what schools gave and received, plain and for their size; never to be sorted by."""

    def name(row: BothSides) -> Text:
        return Text(row.school.name, f"{reverse('contributions:school', args=[slug, row.school.urn])}?year={year.slug}")

    def of(key: str, heading: str) -> list[Column]:
        def words(row: BothSides) -> Text | None:
            side: Side = getattr(row, key)
            return Text(side.words, under=f"with {plural(side.partners, 'other')}") if side.pieces else None

        def scaled(row: BothSides) -> str:
            side: Side = getattr(row, key)
            return for_size(side, row.school.pupils) or (
                "our copy of the register gives no number of pupils" if side.pieces else ""
            )

        return [
            Column(f"{key}_times", f"Times {key}", cell=lambda row: getattr(row, key).pieces, where=Where.FILE),
            Column(key, heading, cell=words),
            Column(f"{key}_for_size", f"{heading}, for every 100 pupils", cell=scaled),
        ]

    return [
        Column("name", "School", cell=name),
        Column("urn", "URN", cell=lambda row: row.school.urn, where=Where.FILE),
        Column("pupils", "Pupils", cell=lambda row: row.school.pupils, where=Where.FILE),
        *of("given", "Gave"),
        *of("received", "Received"),
    ]


def overview(request: Asked, slug: str) -> HttpResponse:
    """What every school gave and received: all of them for the office, one's own for a school's people."""
    who, partnership, year = request.who, request.partnership, _year(request)
    schools = queries.sides_by_school(partnership, year, viewer=who)
    context = {
        **_choice(request, year),
        "table": listed(_columns(slug, year), [one for one in schools if one.is_busy]),
        "others": [one for one in schools if not one.is_busy],
        "is_office": who.runs(partnership.pk),
        "may_note": may_note_contribution(who, partnership.pk, who.schools_in(partnership.pk)),
    }
    return render(request, "contributions/overview.html", context)


def sheet(request: Asked, slug: str) -> HttpResponseBase:
    """The same for a spreadsheet, with the schools of which nothing is noted."""
    year = _year(request)
    rows = queries.sides_by_school(request.partnership, year, viewer=request.who)
    return list_sheet(request, f"give-and-receive-{year.slug}", _columns(slug, year), rows)


def _summed(lines: list[GivenLine], school: School) -> dict[str, Any]:
    """One side of a school's page: what it comes to, that for the school's size, the latest lines."""
    side = side_of((one.kind, one.amount, one.other_key) for one in lines)
    return {"side": side, "scaled": for_size(side, school.pupils), "lines": lines[:MOST_SHOWN]}


def school(request: Asked, slug: str, urn: int) -> HttpResponseBase:
    """One school: what it gave, what it received, with whom; every piece as a file too."""
    who, partnership, year = request.who, request.partnership, _year(request)
    place = found(school_of_partnership(urn, partnership=partnership, viewer=who))
    require(may_see_contributions(who, partnership.pk, place.pk))
    lines = queries.lines_of(place, partnership, year, viewer=who)
    if "as" in request.GET:
        return list_sheet(request, f"give-and-receive-{urn}-{year.slug}", PIECES, lines)
    context = {
        "school": place,
        **_choice(request, year),
        "given": _summed([line for line in lines if line.is_given], place),
        "received": _summed([line for line in lines if not line.is_given], place),
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

    def noted(row: Contribution) -> str:
        kind = GiftKind(row.kind)
        return f"Noted: {kind.label.lower()}, {kind.unit.words(row.amount)}. Both sides see it, and either can take it back."

    return form_page(
        request, partial(NoteForm, parties=parties, own=own), partial(actions.note_contribution, partnership=partnership),
        title="Note what happened", caption=partnership.name, back=("Give and receive", back), button="Note it",
        lead="For what was given outside these pages: a visit, a day of help, an afternoon of advice. Both sides see it, and "
        "either can take it back.", done=noted, next=shown, page="contributions/note.html", nobody=not parties,
    )  # fmt: skip


def take_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take back what was noted by hand."""
    row = find(Contribution, request, pk=key)
    done = Done("Taken back: it counts no more.", (("Note it again", reverse("contributions:note", args=[slug])),))
    return press(
        request, partial(actions.take_back_note, contribution=row), done=done, next=reverse("contributions:overview", args=[slug])
    )
