"""The returning officer's pages: calling, closing nominations, scrutineers, the ballot, the box, the seats."""

from copy import copy
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.elections.actions import calling, opening, seating, voting, watching
from alongside.deciding.elections.forms import (
    BallotPaperForm,
    CallElectionForm,
    CallOffForm,
    CloseBoxForm,
    FreeSeatForm,
    OpenBallotForm,
    ScrutineersForm,
    SeatElectedForm,
)
from alongside.deciding.elections.models import Candidate, Election, SchoolVote, Scrutineer
from alongside.deciding.elections.permissions import may_call_election, may_see_roll
from alongside.deciding.elections.queries import elections as queries, telling
from alongside.deciding.elections.rules.standing import ElectionState, contest_title, is_small
from alongside.deciding.elections.rules.timetable import suggested_ballot
from alongside.deciding.elections.views import telling as says
from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import require
from alongside.ground.core.words import listed, plural, weekday_date
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, Link, form_page, on_its_way, press
from alongside.members.calendar.queries.days import school_days_of


def _of(request: Asked, key: str) -> Election:
    require(may_call_election(request.who, request.partnership.pk))
    return find(Election.objects.select_related("partnership", "body"), request, pk=key)


def _page(election: Election) -> str:
    return reverse("elections:election", args=[election.partnership.slug, election.pk])


def _back(election: Election) -> Link:
    return str(election), _page(election)


def _written(request: Asked, kind: str, words: str = "See the messages") -> tuple[Link, ...]:
    """Where the office reads what was written in that kind of message."""
    return ((words, f"{reverse('notices:list', args=[request.partnership.slug])}?kind=elections.{kind}"),)


def call_election(request: Asked, slug: str, key: str) -> HttpResponse:
    """Call an election to seats of a body."""
    require(may_call_election(request.who, request.partnership.pk))
    body = find(Body.objects.select_related("partnership"), request, pk=key)
    days, today = school_days_of(request.partnership), clock.today()
    until = today
    for _ in range(5):
        until = days.next(until) or until
    opens_on, closes_on = suggested_ballot(until, days)
    usual = {"nominations_until": until, "opens_on": opens_on, "closes_on": closes_on}
    offered, hints = queries.seats_to_choose(body, viewer=request.who)
    form = partial(CallElectionForm, seats=(offered, hints), initial=usual)
    mails: list[telling.StepMail] = []
    nobody = Done(calling.NOBODY, (("How the sign-up stands", reverse("membership:overview", args=[slug])),))

    def look(said: dict[str, Any]) -> list[str]:
        until_on = said["nominations_until"]
        planned = Election(pk=keys.new_key(), partnership=request.partnership, body=body, nominations_until=until_on)
        titles = [contest_title(title) for key, title in offered if key in said["seats"]]
        mail = telling.nominations_ahead(planned, titles, viewer=request.who)
        mails.append(mail)
        return says.of_nominations(mail, len(titles), until_on)

    def called(made: Election) -> Done:
        told = telling.nominations_ahead(made, (), viewer=request.who).people
        words = f"Nominations are open until {weekday_date(made.nominations_until)}."
        return Done(f"{words} Mail to {plural(told, 'head')} is {on_its_way()}.", _written(request, "nominate"))

    return form_page(
        request, form, partial(calling.call_election, partnership=request.partnership, body=body), title="Call an election",
        caption=body.name, lead="Nominations first. If no more stand than there are seats, nobody votes and you are done.",
        back=("Elections", reverse("elections:elections", args=[slug])), button="Open nominations", done=called, next=_page,
        page="elections/call.html", look=look, mails=mails,
        barred="" if queries.can_be_held(request.partnership, viewer=request.who) else nobody,
    )  # fmt: skip


def close_nominations(request: Asked, slug: str, key: str) -> HttpResponse:
    """Close nominations."""
    one = _of(request, key)

    def closed(made: Election) -> Done:
        gone = [each.name for each in queries.lapsed_in(made, viewer=request.who)]
        lapsed = (
            f" {listed(gone)} may not stand any more; mail to them and to who nominated them is {on_its_way()}." if gone else ""
        )
        see = _written(request, "lapsed", "See what they read") if gone else ()
        if made.state != ElectionState.DECLARED:
            return Done(f"Who stands is published. A seat is contested: next, three scrutineers.{lapsed}", see)
        said = "Declared: those who stand are elected, and nobody needs to vote. Next: give them their seats."
        return Done(f"{said} {says.hearing_words(made, request.who)}{lapsed}", (*_written(request, "result"), *see))

    return press(request, partial(calling.close_nominations, election=one), done=closed, next=_page)


def choose_scrutineers(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ask three people to watch the box."""
    one = _of(request, key)

    def asked(new: list[Scrutineer]) -> Done:
        if not new:
            return Done("The same three as before: nobody was asked again.")
        names = listed([each.name for each in new])
        return Done(f"Mail to {names} is {on_its_way()}. Each has one page with two steps.", _written(request, "scrutineer"))

    people = queries.watchers_to_choose(one, viewer=request.who)
    return form_page(
        request, partial(ScrutineersForm, people=people), partial(watching.ask_scrutineers, election=one),
        title="Who watches the box?", caption=str(one), back=_back(one), button="Ask these three", done=asked, next=_page(one),
        lead="Two of three open the box together after the ballot. Until then nobody can read a vote, you and we included.",
    )  # fmt: skip


def open_ballot(request: Asked, slug: str, key: str) -> HttpResponse:
    """Freeze the roll and open the ballot."""
    one = _of(request, key)
    small = is_small(queries.entitled(one, viewer=request.who))
    mails: list[telling.StepMail] = []

    def look(said: dict[str, Any]) -> list[str]:
        planned = copy(one)
        planned.closes_on = said["closes_on"]
        mail = telling.votes_ahead(planned, viewer=request.who)
        mails.append(mail)
        return says.of_votes(mail, said["opens_on"])

    def opened(made: Election) -> Done:
        until, told = weekday_date(made.closes_on), telling.holders_told(made, viewer=request.who)
        people = plural(told, "person who holds", "people who hold")
        if made.is_polling(clock.now()):
            words = f"The ballot is open, until {until}. Mail to {people} a vote is {on_its_way()}."
            return Done(f"The roll is frozen. {words}", _written(request, "vote"))
        hear = f"{people} a vote {'hears' if told == 1 else 'hear'} of it then"
        return Done(f"The roll is frozen. The ballot opens on {weekday_date(made.opens_on)}, until {until}: {hear}.")

    return form_page(
        request, partial(OpenBallotForm, row=one), partial(watching.open_ballot, election=one), title="Open the ballot",
        caption=str(one), back=_back(one), button="Freeze the roll and open the ballot", done=opened, next=_page(one),
        lead="Who has signed by now may vote: one vote a school, cast by its head unless the school names somebody else.",
        page="elections/open_ballot.html", small=small, look=look, mails=mails,
    )  # fmt: skip


def school_votes(request: Asked, slug: str, key: str) -> HttpResponse:
    """The roll with its marks, for the returning officer and the scrutineers."""
    one = find(Election.objects.select_related("partnership", "body"), request, pk=key)
    people = [each.person for each in queries.scrutineers_of(one, viewer=request.who)]
    require(may_see_roll(request.who, request.partnership.pk, people, one.state == ElectionState.DECLARED))
    votes = queries.roll_of_votes(one, viewer=request.who)
    context = {
        "election": one, "votes": votes, "voted": sum(each.voted for each in votes), "is_polling": one.is_polling(clock.now()),
        "runs": may_call_election(request.who, request.partnership.pk),
    }  # fmt: skip
    return render(request, "elections/roll.html", context)


def remind_voters(request: Asked, slug: str, key: str) -> HttpResponse:
    """Remind those whose school has not voted."""
    one = _of(request, key)

    def reminded(count: int) -> Done:
        if not count:
            return Done("Nobody was reminded: everybody has voted, or was reminded before.")
        people = plural(count, "person", "people")
        return Done(
            f"Mail to {people} whose school has not voted is {on_its_way()}. Nobody else gets one.", _written(request, "remind")
        )

    return press(request, partial(voting.remind_voters, election=one), done=reminded, next=_page(one))


def take_paper(request: Asked, slug: str, key: str) -> HttpResponse:
    """Note that a school has handed its vote in on paper."""
    require(may_call_election(request.who, request.partnership.pk))
    one = find(SchoolVote.objects.select_related("election__partnership", "election__body", "partnership"), request, pk=key)
    said = (
        f"{one.school_name} has voted on paper. Keep the closed envelope with the others; you type the papers in, mixed, later. "
        f"Mail to its head, and to who holds its vote, is {on_its_way()}."
    )
    done = Done(said, _written(request, "paper"))
    return press(
        request,
        partial(voting.take_paper, vote=one),
        done=done,
        next=reverse("elections:school_votes", args=[slug, one.election_id]),
    )


def give_paper_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take the mark of a vote on paper off the roll."""
    require(may_call_election(request.who, request.partnership.pk))
    one = find(SchoolVote.objects.select_related("election__partnership"), request, pk=key)
    said = f"{one.school_name} has not voted, and can vote as before. Do not open the envelope: put it away from the others."
    page = reverse("elections:school_votes", args=[slug, one.election_id])
    return press(request, partial(voting.give_paper_back, vote=one), done=said, next=page)


def paper(request: Asked, slug: str, key: str) -> HttpResponse:
    """A ballot paper to print."""
    one = _of(request, key)
    return render(request, "elections/paper.html", {"election": one, "ballot": queries.ballot_of(one, viewer=request.who)})


def type_paper(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put what stands on a ballot paper into the box."""
    one = _of(request, key)
    ballot = queries.ballot_of(one, viewer=request.who)

    def typed(left: int) -> str:
        return f"In the box. {plural(left, 'paper is', 'papers are')} left." if left else "In the box: that was the last paper."

    watchers = queries.watchers_there(one, viewer=request.who)
    return form_page(
        request, partial(BallotPaperForm, ballot=ballot, method=one.method, scrutineers=watchers),
        partial(voting.type_paper, election=one),
        title="Type in a ballot paper", caption=str(one),
        lead="Mix the papers before you open them, with a scrutineer beside you.", back=_back(one), button="Put it into the box",
        done=typed, next=_page(one),
    )  # fmt: skip


def close_box(request: Asked, slug: str, key: str) -> HttpResponse:
    """Draw the lots, and fix the box."""
    one = _of(request, key)
    ballot = queries.ballot_of(one, viewer=request.who)
    watchers = queries.watchers_there(one, viewer=request.who)
    form = partial(CloseBoxForm, ballot=ballot, scrutineers=watchers)

    def look(said: dict[str, Any]) -> list[str]:
        drawn = []
        for each in ballot:
            names = [each.candidates[at].name for at in said["lots"][each.contest.pk]]
            drawn.append(f"{each.contest.title}: drawn in the order {listed(names)}.")
        return [*drawn, f"{said['seen_by'].name} watched. The box is closed for good, and the order is published."]

    def boxed(made: Election) -> Done:
        names = listed([each.name for each in watchers])
        told = f"Mail to {names} is {on_its_way()}: two of them open it together."
        return Done(f"The box is closed and the order of lots is published. {told}", _written(request, "closed"))

    return form_page(
        request, form, partial(opening.close_box, election=one), title="Draw the lots and close the box", caption=str(one),
        lead="Draw the candidates’ names out of a hat, a scrutineer watching, and number them as they come: 1 for the first. The "
        "order decides only where people have equally many votes: who is drawn first stays. It is published now, before anybody "
        "can know the votes.",
        back=_back(one), button="Close the box", next=_page(one),
        page="elections/close_box.html", few=one.is_over(clock.now()) and queries.few_voted(one, viewer=request.who),
        look=look, done=boxed,
    )  # fmt: skip


def seat_elected(request: Asked, slug: str, key: str) -> HttpResponse:
    """Give those elected their seats."""
    one = _of(request, key)

    def seated(made: list[Candidate]) -> Done:
        there, left = [each.name for each in made if each.seat], [each for each in made if not each.seat]
        links = (("See the body", reverse("bodies:body", args=[slug, one.body_id])),)
        words = f"{listed(there)} {'sits' if len(there) == 1 else 'sit'} on the {one.body.name} now. Each hears of it."
        return Done(" ".join([words, *(f"Not seated: {each.name}: {each.why_not}." for each in left)]), links)

    form = partial(SeatElectedForm, initial={"from_on": queries.first_day_free(one, viewer=request.who)})
    return form_page(
        request, form, partial(seating.seat_elected, election=one), title="Give those elected their seats", caption=str(one),
        back=_back(one), button="Give them their seats", done=seated, next=_page(one),
    )  # fmt: skip


def free_seat(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that somebody elected does not take their seat up."""
    require(may_call_election(request.who, request.partnership.pk))
    one = find(Candidate.objects.select_related("contest__election__partnership", "contest__election__body"), request, pk=key)
    election = one.contest.election
    return form_page(
        request, FreeSeatForm, partial(seating.free_seat, candidate=one), title=f"{one.name} does not take the seat up?",
        caption=str(election), back=_back(election), button="Leave the seat to the next election", next=_page(election),
        lead="The seat is vacant then, and you can call an election to it. This cannot be taken back.",
        done=f"{one.name} does not take the seat up. It is vacant: an election to it can be called from the list.",
    )  # fmt: skip


def call_off(request: Asked, slug: str, key: str) -> HttpResponse:
    """Call an election off."""
    one = _of(request, key)
    return form_page(
        request, CallOffForm, partial(calling.call_off, election=one), title="Call the election off", caption=str(one),
        lead="What lies in the box is never opened. A new election can be called afterwards.", back=_back(one),
        button="Call it off", done="The election is called off. A new one can be called from the list.", next=_page(one),
    )  # fmt: skip
