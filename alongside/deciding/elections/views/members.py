"""What member schools see and do: the elections, nominating, voting, the count and its proof."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.deciding.elections.actions import nominating, voting
from alongside.deciding.elections.forms import AnswerNominationForm, BallotForm, NominateForm, VoterForm
from alongside.deciding.elections.models import Candidate, Contest, Election, SchoolVote
from alongside.deciding.elections.permissions import (
    may_answer_nomination,
    may_call_election,
    may_cast_vote,
    may_name_voter,
    may_nominate_candidate,
    may_open_box,
    may_see_elections,
    may_see_roll,
)
from alongside.deciding.elections.queries import elections as queries, telling
from alongside.deciding.elections.rules.standing import (
    CandidateState,
    ElectionState,
    Method,
    can_be_opened,
    is_small,
    nomination_shown,
)
from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import require
from alongside.ground.core.words import weekday_date
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.downloads import attachment
from alongside.ground.web.pages import form_page, on_its_way, press


def _page(election: Election) -> str:
    return reverse("elections:election", args=[election.partnership.slug, election.pk])


def elections(request: Asked, slug: str) -> HttpResponse:
    """The elections of the partnership."""
    require(may_see_elections(request.who, request.partnership.pk))
    runs = may_call_election(request.who, request.partnership.pk)
    to_fill = queries.bodies_to_fill(request.partnership, viewer=request.who) if runs else []
    context = {
        "rows": queries.elections_of(request.partnership, viewer=request.who),
        "runs": runs,
        "bodies": to_fill,
        "elects": bool(to_fill) or (runs and queries.has_elected_seats(request.partnership, viewer=request.who)),
    }
    return render(request, "elections/elections.html", context)


def election(request: Asked, slug: str, key: str) -> HttpResponse:
    """One election, as far as it is."""
    one, who = find(Election.objects.select_related("partnership", "body"), request, pk=key), request.who
    now = clock.now()
    contests = queries.contests_of(one, viewer=who)
    votes = queries.votes_of_mine(one, viewer=who) if one.state == ElectionState.BALLOT else []
    watchers = queries.scrutineers_of(one, viewer=who)
    there = [each for each in watchers if getattr(each, "is_there", False)]
    people = [each.person for each in watchers]
    people_of = [each for row in contests for each in row.candidates]
    proofs = {row.contest.pk: published for row in contests if (published := _proof(row.contest, request))}
    runs, nominates = (may(who, request.partnership.pk) for may in (may_call_election, may_nominate_candidate))
    is_nominating = one.state == ElectionState.NOMINATIONS and clock.today() <= one.nominations_until
    context = {
        "election": one,
        "contests": contests,
        "watchers": watchers,
        "me": who.person or "-",
        "there": [each.person for each in there],
        "rehearsed": sum(bool(each.rehearsed_at) for each in there),
        "stays_shut": one.state in ("ballot", "boxed") and not can_be_opened(len(there)),
        "few": bool(one.closes_at and one.closes_at <= now) and queries.few_voted(one, viewer=who),
        "votes": votes,
        "namable": {each.pk for each in votes if may_name_voter(who, request.partnership.pk, each.school_id)},
        "is_polling": one.is_polling(now),
        "is_over": one.is_over(now),
        "runs": runs,
        "nominates": nominates,
        "open_to_me": queries.open_to_me(contests, viewer=who) if is_nominating and nominates else (),
        "opens": may_open_box(who, request.partnership.pk, people),
        "sees_roll": may_see_roll(who, request.partnership.pk, people, one.state == ElectionState.DECLARED),
        "papers": queries.papers_to_type(one, viewer=who) if one.is_over(now) else 0,
        "unseated": [each for row in contests for each in row.elected if each.waits_for_seat] if one.state == "declared" else [],
        "proofs": proofs,
        "is_nominating": is_nominating,
        "shown": {each.pk: nomination_shown(each.candidate_state, is_nominating) for each in people_of},
        "listed_ballots": any(each.text for each in proofs.values()),
        "reminder": telling.reminder_ahead(one, viewer=who) if runs and one.is_polling(now) else None,
    }
    return render(request, "elections/election.html", context)


def _proof(contest: Contest, request: Asked) -> Any:
    return queries.published_of(contest, viewer=request.who) if contest.count else None


def nominate(request: Asked, slug: str, key: str) -> HttpResponse:
    """Nominate oneself or another head."""
    one = find(Contest.objects.select_related("election__partnership", "election__body"), request, pk=key)
    require(may_nominate_candidate(request.who, request.partnership.pk))
    people = queries.heads_to_nominate(one, viewer=request.who)

    def nominated(made: Candidate) -> str:
        if made.state == CandidateState.STANDS:
            return f"You stand. You can change your statement, or withdraw, until {weekday_date(one.election.nominations_until)}."
        return f"{made.name} is nominated, and stands once they accept. Mail to them is {on_its_way()}."

    why = queries.why_not_i(one, viewer=request.who)
    return form_page(
        request, partial(NominateForm, people=people), partial(nominating.nominate, contest=one), title="Who stands?",
        caption=f"{one.title}, {one.election.body.name}", back=(str(one.election), _page(one.election)), button="Nominate",
        lead=f"You may not stand yourself. {why}." if why else "",
        done=nominated, next=_page(one.election),
    )  # fmt: skip


def answer_nomination(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say whether one stands, and what the ballot says of oneself."""
    one = find(Candidate.objects.select_related("contest__election__partnership", "contest__election__body"), request, pk=key)
    require(may_answer_nomination(request.who, one.person))
    election = one.contest.election

    def answered(made: Candidate) -> str:
        until = weekday_date(election.nominations_until)
        if made.state == CandidateState.STANDS:
            return f"You stand. You can change your statement, or withdraw, until {until}."
        return f"You do not stand. You can still change your mind until {until}."

    return form_page(
        request, partial(AnswerNominationForm, row=one), partial(nominating.answer_nomination, candidate=one),
        title="Do you stand?", caption=f"{one.contest.title}, {election.body.name}", back=(str(election), _page(election)),
        lead=f"Nominated by {one.nominator_name}." if one.nominator != one.person else "", done=answered, next=_page(election),
    )  # fmt: skip


def name_voter(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say who casts the school's vote."""
    one = find(SchoolVote.objects.select_related("election__partnership", "election__body"), request, pk=key)
    require(may_name_voter(request.who, request.partnership.pk, one.school_id))
    people = queries.people_of_school(one, viewer=request.who)

    def named(made: SchoolVote) -> str:
        return f"The vote of {made.school_name} is held by {made.person_name}. It can be changed until it is cast."

    return form_page(
        request, partial(VoterForm, people=people, person=one.person), partial(voting.name_voter, vote=one),
        title=f"Who votes for {one.school_name}?", caption=str(one.election), back=(str(one.election), _page(one.election)),
        done=named, next=_page(one.election),
    )  # fmt: skip


def _ballot(request: Asked, key: str) -> tuple[SchoolVote, Any]:
    """The vote in question, and its form as it was sent."""
    one = find(SchoolVote.objects.select_related("election__partnership", "election__body"), request, pk=key)
    require(may_cast_vote(request.who, request.partnership.pk, one.school_id, one.person))
    ballot = queries.ballot_of(one.election, viewer=request.who)
    sent = request.POST if request.method == "POST" else None
    fresh = {"tracker": keys.new_key()}
    return one, BallotForm(sent, ballot=ballot, method=one.election.method, initial=fresh)


def vote(request: Asked, slug: str, key: str) -> HttpResponse:
    """The ballot: choose, and see once more what was chosen. Nothing is stored yet."""
    one, form = _ballot(request, key)
    election = one.election
    context: dict[str, Any] = {
        "vote": one,
        "election": election,
        "form": form,
        "ballot": form.ballot,
        "is_marks": election.method == Method.MARKS,
        "is_polling": election.is_polling(clock.now()),
        "small": is_small(queries.entitled(election, viewer=request.who)),
    }
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        chosen = zip(form.ballot, form.cleaned_data["choices"], strict=True)
        context["chosen"] = [(one, [one.candidates[at] for at in numbers]) for one, numbers in chosen]
        context["tracker"] = form.cleaned_data["tracker"] or keys.new_key()
        context["again"] = [(name, value) for name in form.fields if name != "tracker" for value in request.POST.getlist(name)]
        return render(request, "elections/check.html", context)
    return render(request, "elections/ballot.html", context)


@require_POST
def cast(request: Asked, slug: str, key: str) -> HttpResponse:
    """Cast the vote that was seen on the page before."""
    one, form = _ballot(request, key)
    if not form.is_valid():
        return vote(request, slug, key)
    deed = partial(voting.cast_ballot, vote=one, **form.cleaned_data)
    if one.election.has_proof:  # shown in the answer itself: a message for the next page would keep it beside who it is
        deed(by=request.who)
        said = {"vote": one, "election": one.election, "tracker": form.cleaned_data["tracker"]}
        answer = render(request, "elections/kept.html", said)
        answer["Cache-Control"] = "no-store"
        return answer
    done = f"The vote of {one.school_name} is in the box. Thank you. There is nothing that you need to keep."
    return press(request, deed, done=done, next=_page(one.election))


def count_sheet(request: Asked, slug: str, key: str) -> HttpResponse:
    """The count of a contest, stage by stage."""
    one = find(Contest.objects.select_related("election__partnership", "election__body"), request, pk=key)
    if not one.count:
        raise Http404
    sheet = queries.sheet_of(one, viewer=request.who)
    papers = queries.papers_typed(one.election, viewer=request.who)
    said = {"contest": one, "election": one.election, "sheet": sheet, "papers": papers}
    return render(request, "elections/sheet.html", said)


def published(request: Asked, slug: str, key: str) -> HttpResponse:
    """The ballots of a contest as one list, for those who voted in it."""
    one = find(Contest, request, pk=key)
    listed = found(queries.published_of(one, viewer=request.who))
    if not listed.text:
        raise Http404
    if request.GET.get("as") == "blt" and one.election.method == Method.TRANSFERABLE:
        return _file(queries.blt_of(listed, viewer=request.who), f"{key}.blt")
    return _file(listed.text, f"{key}.json")


def _file(text: str, name: str) -> HttpResponse:
    return attachment(text.encode(), name=name, media_type="application/json" if name.endswith("json") else "text/plain")


def recount(request: Asked, slug: str) -> HttpResponse:
    """The script that counts a published list again."""
    require(may_see_elections(request.who, request.partnership.pk))
    return _file(queries.recount_script(viewer=request.who), "recount.py")


def facts(request: Asked, slug: str, key: str) -> HttpResponse:
    """What a ballot was opened with, as it was hashed."""
    one = find(Election.objects.select_related("body"), request, pk=key)
    if not one.facts_hash:
        raise Http404
    return _file(queries.facts_shown(one, viewer=request.who), f"{key}-facts.json")
