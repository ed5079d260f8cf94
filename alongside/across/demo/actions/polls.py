"""The elections of the story: who stands, who watches, who votes, what is counted. Each calls what a person would press."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

from alongside.across.demo import elthorne
from alongside.across.demo.elthorne import EMAILS, FIRST_URN, MANAGER_EMAIL, STORY
from alongside.across.demo.models import DemoState
from alongside.across.demo.rules import Persona
from alongside.deciding.bodies.actions.tenures import change_tenure
from alongside.deciding.bodies.models import Body, Tenure
from alongside.deciding.bodies.rules.kinds import BodyKind, Filling, SeatFor
from alongside.deciding.elections.actions import calling, nominating, opening, seating, voting, watching
from alongside.deciding.elections.models import Election, Scrutineer
from alongside.deciding.elections.queries import elections as queries
from alongside.deciding.elections.queries.internal import contested, numbered, seats_to_fill
from alongside.deciding.elections.rules.standing import ElectionState, Method
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

SYSTEM = Standing.system()
Deed = tuple[datetime, Callable[[Partnership], None]]
VOTE = 0.8  # of the schools


def deeds() -> Iterator[Deed]:
    """What happens, and when."""
    for told in STORY["elections"]:
        if "leaves_on" in told:
            yield clock.start_of(told["leaves_on"], 12), partial(_leave, told)
        yield clock.start_of(told["called_on"], 9), partial(_call, told)
        yield clock.start_of(told["called_on"], 15), partial(_stand, told)
        yield clock.start_of(told["nominations_until"] + timedelta(days=1), 8), partial(_close_nominations, told)
        yield clock.start_of(told["opens_on"], 8), partial(_watch, told)
        yield clock.start_of(told["opens_on"], 9), partial(_open, told)
        yield clock.start_of(told["opens_on"], 18), partial(_vote, told, 0.45)
        yield clock.start_of(told["closes_on"], 17), partial(_vote, told, VOTE)
        yield clock.start_of(told["closes_on"] + timedelta(days=3), 12), partial(_count, told)
        yield clock.start_of(told["seated_on"], 9), partial(_seat, told)


def _manager() -> Standing:
    return standing_of(Person.objects.get(email=MANAGER_EMAIL))


def _as(person: str) -> Standing:
    return standing_of(Person.objects.get(pk=person))


def _board(partnership: Partnership) -> Body:
    board = Body.objects.filter(partnership=partnership, kind=BodyKind.PARTNERSHIP_BOARD, ended_on=None).first()
    if board is None:
        raise Conflict("There is no board.")
    return board


def _election(told: dict[str, Any], partnership: Partnership, state: ElectionState) -> Election:
    found = Election.objects.filter(partnership=partnership, nominations_until=told["nominations_until"], state=state)
    if (election := found.select_related("partnership", "body").first()) is None:
        raise Conflict("The election stands elsewhere by now.")
    return election


def _leave(told: dict[str, Any], partnership: Partnership) -> None:
    """Somebody elected leaves the board in the middle of their term."""
    held = Tenure.objects.filter(seat__body=_board(partnership), seat__filling=Filling.ELECTED, seat__seat_for=SeatFor.PRIMARY)
    tenure = held.filter(is_struck=False).select_related("seat").order_by("seat__position").first()
    if tenure is None:
        raise Conflict("Nobody elected sits there.")
    said = {"until_on": told["leaves_on"], "ended_because": "Head of another borough’s school from November"}
    change_tenure(tenure=tenure, from_on=tenure.from_on, **said, version=tenure.version, by=_manager())


def _call(told: dict[str, Any], partnership: Partnership) -> None:
    body = _board(partnership)
    days = {name: told[name] for name in ("nominations_until", "opens_on", "closes_on")}
    calling.call_election(
        partnership=partnership, body=body, seats=[one.pk for one in seats_to_fill([body.pk])], method=Method(told["method"]),
        has_proof=False, **days, key=keys.new_key(), by=_manager(),
    )  # fmt: skip


def _stand(told: dict[str, Any], partnership: Partnership) -> None:
    """So many heads stand in each contest, each with a statement."""
    election, statements = _election(told, partnership, ElectionState.NOMINATIONS), cycle(STORY["statements"]["words"])
    for contest in election.contests.select_related("election__partnership", "election__body"):
        people = [key for key, _ in queries.heads_to_nominate(contest, viewer=SYSTEM)]
        chosen = Random(f"{told['called_on']}{contest.seat_for}").sample(people, len(people))
        for person in chosen[: told["stand"].get(contest.seat_for, 0)]:
            said = {"person": person, "statement": next(statements), "key": keys.new_key()}
            nominating.nominate(contest=contest, **said, by=_as(person))


def _close_nominations(told: dict[str, Any], partnership: Partnership) -> None:
    calling.close_nominations(election=_election(told, partnership, ElectionState.NOMINATIONS), by=_manager())


def _watch(told: dict[str, Any], partnership: Partnership) -> None:
    """Three heads make and try their codes, and keep them: here, in what the demonstration remembers."""
    election = _election(told, partnership, ElectionState.STANDING)
    likely = [key for key, _ in queries.watchers_to_choose(election, viewer=_manager())]
    visitor = Person.objects.get(email=EMAILS[Persona.MEMBER_HEAD]).pk
    people = sorted(likely, key=lambda key: key != visitor)[:3]
    watching.ask_scrutineers(election=election, people=people, by=_manager())
    codes = {}
    for one in Scrutineer.objects.filter(election=election).select_related("election"):
        codes[one.person] = watching.make_code(scrutineer=one, by=_as(one.person))
        watching.rehearse(scrutineer=one, code=codes[one.person], by=_as(one.person))
    DemoState.objects.update(notebook=json.dumps(codes))


def _open(told: dict[str, Any], partnership: Partnership) -> None:
    """The ballot opens, and one head lets the business manager vote whom the visitor may be."""
    election = _election(told, partnership, ElectionState.STANDING)
    watching.open_ballot(election=election, opens_on=told["opens_on"], closes_on=told["closes_on"], by=_manager())
    vote = election.votes.select_related("election", "partnership").get(urn=elthorne.named(elthorne.INVOICED_SCHOOL).urn)
    deputy = Person.objects.get(email=EMAILS[Persona.BUSINESS_MANAGER])
    voting.name_voter(vote=vote, person=deputy.pk, by=_as(vote.person))


def _vote(told: dict[str, Any], share: float, partnership: Partnership) -> None:
    """That share of the schools have voted; not that whose vote the visitor may cast."""
    election, chance = _election(told, partnership, ElectionState.BALLOT), Random(f"{told['called_on']}{share}")
    seats = [(len(numbered(one)), len(one.seat_keys)) for one in contested(election)]
    liked = [Random(f"{told['called_on']}").sample(range(many), many) for many, _ in seats]
    own = elthorne.named(elthorne.INVOICED_SCHOOL).urn
    for vote in election.votes.filter(voted=False).exclude(person="").exclude(urn=own).select_related("election"):
        if (vote.urn - FIRST_URN) * 37 % 100 < share * 100:
            most = [many if told["method"] == Method.TRANSFERABLE else many_seats for many, many_seats in seats]
            choices = [_chosen(order, top, chance) for order, top in zip(liked, most, strict=True)]
            voting.cast_ballot(vote=vote, tracker=keys.new_key(), choices=choices, by=_as(vote.person))


def _chosen(order: list[int], most: int, chance: Random) -> list[int]:
    """What one school puts on its ballot, those first whom many like."""
    weighed = {one: chance.random() / (place + 7) for place, one in enumerate(order)}
    return sorted(order, key=lambda one: -weighed[one])[: chance.randint(1, most)]


def _count(told: dict[str, Any], partnership: Partnership) -> None:
    """The lots are drawn and the box is closed, where the visitor has not done it; and two scrutineers open it."""
    found = Election.objects.filter(partnership=partnership, nominations_until=told["nominations_until"])
    if found.filter(state=ElectionState.BALLOT).exists():
        close_box(told, _election(told, partnership, ElectionState.BALLOT))
    election = _election(told, partnership, ElectionState.BOXED)
    codes = json.loads(DemoState.objects.values_list("notebook", flat=True).first() or "{}")
    if len(codes) < 2:
        raise Invalid(code="The codes are lost.")
    (person, code), (_, second_code), *_ = codes.items()
    opening.open_box(election=election, code=code, second_code=second_code, by=_as(person))


def close_box(told: dict[str, Any], election: Election) -> None:
    """The manager writes down the lots that were drawn."""
    watchers = list(Scrutineer.objects.filter(election=election).order_by("name"))
    lots = {}
    for contest in contested(election):
        order = [*range(len(numbered(contest)))]
        Random(str(told["called_on"])).shuffle(order)
        lots[contest.pk] = order
    opening.close_box(election=election, lots=lots, seen_by=watchers[0], by=_manager())


def _seat(told: dict[str, Any], partnership: Partnership) -> None:
    election = _election(told, partnership, ElectionState.DECLARED)
    seating.seat_elected(election=election, from_on=told["seated_on"], by=_manager())
