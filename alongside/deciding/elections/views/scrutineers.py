"""A scrutineer's one page, and the opening of the box."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.deciding.elections.actions import opening, watching
from alongside.deciding.elections.forms import OpenBoxForm, ScrutineerCodeForm
from alongside.deciding.elections.models import Election, Scrutineer
from alongside.deciding.elections.permissions import may_open_box, may_watch_box
from alongside.deciding.elections.queries import elections as queries
from alongside.deciding.elections.queries.telling import hear_result
from alongside.deciding.elections.rules.standing import ElectionState
from alongside.deciding.elections.views.telling import hearing_words
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, press


def _mine(request: Asked, key: str) -> Scrutineer:
    one = find(Scrutineer.objects.select_related("election__partnership", "election__body"), request, pk=key)
    require(may_watch_box(request.who, one.partnership_id, one.person))
    return one


def scrutineer(request: Asked, slug: str, key: str) -> HttpResponse:
    """What a scrutineer does, and how far they are."""
    one = _mine(request, key)
    context = {"scrutineer": one, "election": one.election, "is_asked": one.election.state == ElectionState.STANDING}
    return render(request, "elections/scrutineer.html", context)


@require_POST
def make_code(request: Asked, slug: str, key: str) -> HttpResponse:
    """Make a code and show it, once: it stands on this page and nowhere else."""
    one = _mine(request, key)
    code = watching.make_code(scrutineer=one, by=request.who)
    answer = render(request, "elections/code.html", {"scrutineer": one, "election": one.election, "code": code})
    answer["Cache-Control"] = "no-store"
    return answer


def rehearse(request: Asked, slug: str, key: str) -> HttpResponse:
    """Open the test envelope with one's code."""
    one = _mine(request, key)
    page = reverse("elections:scrutineer", args=[slug, key])
    return form_page(
        request, ScrutineerCodeForm, partial(watching.rehearse, scrutineer=one), title="Try your code", caption=str(one.election),
        lead="Type it from where you keep it, or paste it from there: so you see that you will find it again.",
        back=("What a scrutineer does", page), button="Try it", next=page, page="elections/rehearse.html", scrutineer=one,
        done="Your code opens the test envelope. That is all until the ballot is over; then two of you open the box.",
    )  # fmt: skip


def decline_watch(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that one cannot watch."""
    one = _mine(request, key)
    said = "Thank you for saying so. The returning officer finds somebody else."
    page = reverse("elections:election", args=[slug, one.election_id])
    return press(request, partial(watching.decline_watch, scrutineer=one), done=said, next=page)


def open_box(request: Asked, slug: str, key: str) -> HttpResponse:
    """Open the box with two codes."""
    one = find(Election.objects.select_related("partnership", "body"), request, pk=key)
    watchers = queries.scrutineers_of(one, viewer=request.who)
    require(may_open_box(request.who, request.partnership.pk, [each.person for each in watchers]))
    page = reverse("elections:election", args=[slug, key])

    def declared(made: Election) -> Done:
        words = f"Counted and declared. Destroy your codes: they open nothing any more. {hearing_words(made, request.who)}"
        is_mine = request.who.person in hear_result(made, viewer=request.who)
        return Done(words, (("See the message, once it is written", reverse("notices:mine")),) if is_mine else ())

    return form_page(
        request, OpenBoxForm, partial(opening.open_box, election=one), title="Open the box", caption=str(one),
        lead="Two of you together, at one screen: each types their own code. The votes are counted and declared at once; the "
        "sealed ballots and the key are destroyed.",
        back=(str(one), page), button="Open, count and declare", next=page, page="elections/open_box.html", election=one,
        ballot=queries.ballot_of(one, viewer=request.who), few=queries.few_voted(one, viewer=request.who), done=declared,
    )  # fmt: skip
