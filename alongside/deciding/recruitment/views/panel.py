"""What the panel reads and does: ties, an application with its scores, scoring, agreeing."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.recruitment import forms
from alongside.deciding.recruitment.actions import choosing as deeds
from alongside.deciding.recruitment.models import Vacancy
from alongside.deciding.recruitment.permissions import may_score, may_sit_on_panel
from alongside.deciding.recruitment.queries import choosing as queries
from alongside.deciding.recruitment.queries.vacancies import may_run
from alongside.deciding.recruitment.rules.scoring import Round
from alongside.ground.core.cells import NOTHING, Tag, Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.tables import Table, plainly


def _at(page: str, *place: str) -> str:
    return reverse(f"recruitment:{page}", args=place)


def _application(request: Asked, key: str) -> Any:
    """An application that the viewer may read. Raises Refused with the reason where they know of it and may not."""
    one = found(queries.applicant_of(request.partnership, key, viewer=request.who))
    one.runs = may_run(one.vacancy, viewer=request.who)
    if not one.runs:
        require(may_score(request.who, one.vacancy_id, one.declared))
    return found(one if one.is_read else None)


def declare_ties(request: Asked, slug: str, key: str) -> HttpResponse:
    """Declare whom of the applicants one knows, before anything is read, or later."""
    one, page = find(Vacancy.objects.select_related("seat", "partnership"), request, pk=key), _at("competition", slug, key)
    require(may_sit_on_panel(request.who, one.pk))
    rows = queries.applicants_of(one, viewer=request.who)
    applicants = [(row.pk, row.name) for row in rows if not row.declared]
    return form_page(
        request, partial(forms.TiesForm, applicants=applicants), partial(deeds.declare_ties, vacancy=one), caption=one.title,
        lead="You see names only. Whom you have a tie to, you neither read nor score; who runs the competition reads why.",
        title="Whom do you know?", back=("The competition", page), button="Declare", next=page,
        done=lambda ties: f"Declared: {plural(ties, 'tie') if ties else 'no tie'}. What the others sent is open to you.",
    )  # fmt: skip


def _table(lines: list[queries.Compared]) -> Table:
    """The scores of a round, a criterion a line; where the panel is far apart is marked."""
    names = [name for name, *_ in lines[0].given]
    rows = []
    for one in lines:
        apart = Tag(str(one.apart), "amber") if one.apart > 1 else one.apart
        given = [points for _, points, _ in one.given]
        agreed = NOTHING if one.agreed is None else one.agreed
        rows.append([Text(one.words, under=f"0 to {one.most}"), *given, apart, agreed])
    return plainly(["Criterion", *names, "Apart by", "Agreed"], rows, range(1, len(names) + 3))


def applicant(request: Asked, slug: str, key: str) -> HttpResponse:
    """What an applicant sent, what is to be looked into, and how the panel has scored as far as one may see it."""
    one, who = _application(request, key), request.who
    context = {
        "application": one, "vacancy": one.vacancy,
        "look": [] if one.vacancy.decided_on else queries.to_look_into(one, viewer=who),
        "runs": one.runs,
        "scores": may_score(who, one.vacancy_id, one.declared), "waiting": one.able - one.scored,
        "rounds": [(turn, lines, _table(lines)) for turn, lines in queries.compared(one, viewer=who)],
        "ties": queries.ties_of(one, viewer=who), "again": one.agrees_on if one.taken_back else None,
        "sent": queries.messages_of(one, viewer=who),
    }  # fmt: skip
    return render(request, "recruitment/applicant.html", context)


def score(request: Asked, slug: str, key: str) -> HttpResponse:
    """Score an application or an interview, alone."""
    one, page = _application(request, key), _at("applicant", slug, key)
    require(may_sit_on_panel(request.who, one.vacancy_id))
    return form_page(
        request, partial(forms.ScoreForm, row=one), partial(deeds.score, application=one), title=f"Score {one.name}",
        lead="Alone: what the others think you see when yours is in. It cannot be changed then; you agree on a score together.",
        caption=(one.turn or Round.PAPER).label, back=(one.name, page), button="Hand in my score", next=page,
        done="Your score is in. What the others have handed in stands below.",
    )  # fmt: skip


def agree_score(request: Asked, slug: str, key: str) -> HttpResponse:
    """Enter the score on which the panel has agreed."""
    one, page = _application(request, key), _at("applicant", slug, key)
    shown = dict(queries.compared(one, viewer=request.who)).get(one.agrees_on, [])
    first = [row.suggested if row.agreed is None else row.agreed for row in shown]
    turn = one.agrees_on
    return form_page(
        request, partial(forms.AgreeForm, row=one, first=first), partial(deeds.agree_score, application=one),
        title=f"What the panel agrees on: {one.name}", caption=(turn or Round.PAPER).label, back=(one.name, page),
        lead="To begin from, the middle of the scores. Talk first where they are far apart.", next=page,
        done=Done("Kept. It counts for the order of the list.", (("The list", _at("competition", slug, one.vacancy_id)),)),
    )  # fmt: skip
