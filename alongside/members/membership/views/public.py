"""The prospectus, open to everyone."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.ground.core import clock
from alongside.ground.web.asked import Asked
from alongside.members.membership.actions import answering
from alongside.members.membership.models import Prospectus
from alongside.members.membership.queries import answers as answers_queries, texts
from alongside.members.membership.rules.dates import Dates, days_left_words, timeline
from alongside.members.membership.rules.text import AGREEMENT, SECTIONS, blocks, date_changes, what_changed


def told(prospectus: Prospectus, dates: Dates, answers: list[tuple[str, str]]) -> dict[str, Any]:
    """What every page that shows the prospectus is drawn from."""
    today = clock.today()
    return {
        "prospectus": prospectus,
        "sections": [(field, heading, blocks(getattr(prospectus, field))) for field, heading in SECTIONS.items()],
        "agreement": blocks(getattr(prospectus, AGREEMENT)),
        "dates": dates,
        "line": [(day, words, day < today) for day, words in timeline(dates)],
        "days_left": days_left_words(today, dates.sign_by),
        "answers": answers,
        "group": getattr(prospectus.partnership, "working_group", None),
    }


def prospectus(request: Asked, slug: str) -> HttpResponse:
    """The prospectus in the partnership's own words, how many have signed, and where to answer."""
    partnership, who = request.partnership, request.who
    found = texts.prospectus_of(partnership, viewer=who)
    if found is None:
        return render(request, "membership/no_prospectus.html", status=200 if who.runs(partnership.pk) else 404)
    own = who.schools_in(partnership.pk)
    if request.method == "GET" and not who.runs(partnership.pk):
        answering.open_prospectus(partnership=partnership, school=next(iter(own)) if len(own) == 1 else None, by=who)
    counts, mine = answers_queries.counts_and_mine(partnership, viewer=who)
    shown = told(
        found,
        found.stated_dates or texts.dates_in_force(partnership, viewer=who),
        texts.published_questions(partnership, viewer=who),
    )
    return render(request, "membership/prospectus.html", {**shown, "counts": counts, "mine": mine})


def older(request: Asked, slug: str, number: int) -> HttpResponse:
    """A version as it was published, and what has changed since."""
    partnership, who = request.partnership, request.who
    found = texts.prospectus_numbered(partnership, number, viewer=who)
    newest = texts.prospectus_of(partnership, viewer=who)
    if found is None or newest is None:
        raise Http404
    shown = told(found, found.stated_dates or texts.dates_in_force(partnership, viewer=who), [])
    changes = what_changed(found.texts, newest.texts), date_changes(found.stated_dates, newest.stated_dates)
    return render(
        request,
        "membership/older.html",
        {
            **shown,
            "newest": newest,
            "is_newest": found.number == newest.number,
            "changes": changes[0],
            "date_changes": changes[1],
            "versions": texts.versions_of(partnership, viewer=who),
        },
    )
