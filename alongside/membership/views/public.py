"""The prospectus, open to everyone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.core import clock
from alongside.core.standing import Standing
from alongside.membership import actions, queries
from alongside.membership.models import Prospectus
from alongside.membership.rules.dates import Dates, days_left_words, timeline
from alongside.membership.rules.text import AGREEMENT, SECTIONS, blocks, date_changes, what_changed
from alongside.partnerships.middleware import public_page
from alongside.partnerships.models import Partnership


def told(partnership: Partnership, prospectus: Prospectus, dates: Dates, *, viewer: Standing) -> dict[str, Any]:
    """What the prospectus page and the page behind an invitation both show."""
    today = clock.today()
    return {
        "prospectus": prospectus,
        "sections": [(field, heading, blocks(getattr(prospectus, field))) for field, heading in SECTIONS.items()],
        "agreement": blocks(getattr(prospectus, AGREEMENT)),
        "dates": dates,
        "line": [(day, words, day < today) for day, words in timeline(dates)],
        "days_left": days_left_words(today, dates.sign_by),
        "counts": queries.standing_of_answers(partnership, viewer=viewer),
        "answers": queries.published_questions(partnership, viewer=viewer),
        "group": queries.working_group_of(partnership, viewer=viewer),
    }


@public_page
def prospectus(request: HttpRequest, slug: str) -> HttpResponse:
    """The prospectus in the partnership's own words, how many have signed, and where to answer."""
    partnership, who = request.partnership, request.who
    found = queries.prospectus_of(partnership, viewer=who)
    if found is None:
        return render(request, "membership/no_prospectus.html", status=200 if who.runs(partnership.pk) else 404)
    mine = queries.answers_of_mine(partnership, viewer=who) if who.schools_in(partnership.pk) else []
    if request.method == "GET" and not who.runs(partnership.pk):
        actions.open_prospectus(partnership=partnership, school=mine[0].school if len(mine) == 1 else None, by=who)
    shown = told(partnership, found, found.stated_dates or queries.dates_in_force(partnership, viewer=who), viewer=who)
    return render(request, "membership/prospectus.html", {**shown, "mine": mine, "is_newest": True})


@public_page
def older(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was published, and what has changed since."""
    partnership, who = request.partnership, request.who
    found = queries.prospectus_numbered(partnership, number, viewer=who)
    newest = queries.prospectus_of(partnership, viewer=who)
    if found is None or newest is None:
        raise Http404
    shown = told(partnership, found, found.stated_dates or queries.dates_in_force(partnership, viewer=who), viewer=who)
    changes = what_changed(found.texts, newest.texts), date_changes(found.stated_dates, newest.stated_dates)
    return render(
        request, "membership/older.html",
        {
            **shown, "newest": newest, "is_newest": found.number == newest.number, "changes": changes[0], "date_changes": changes[1],
            "versions": queries.versions_of(partnership, viewer=who),
        },
    )
