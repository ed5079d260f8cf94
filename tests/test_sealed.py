"""Partnerships are sealed from each other, whatever people do in whatever order (promise 3).

A sequence is some deeds by anybody on anything of either partnership. A deed on the other partnership's things must be
refused without writing a row; a deed at home must leave every row of the other as it was; nobody sees the other's rows.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.web.models import Stale
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import School
from tests.asking import undone, watched
from tests.deeds import Deed, Unheard, Values, arguments, deeds, mixed, mixture
from tests.figures import Figure
from tests.rooms import excepted
from tests.test_asking import ASKS_NOBODY
from tests.test_scopes import belongings, ours, private
from tests.world import PLACES, World

SEQUENCES = {"test": 40, "check": 300, "nightly": 10_000}[os.environ.get("ALONGSIDE_SPEED", "test")]
BOTH_MAY = excepted("BOTH_MAY")  # what is of two houses by right, and why
ANYBODY_MAY = excepted("ANYBODY_MAY")  # what touches nothing of the house, and why
# deeds that the houses are not ready for, so that a refusal proves nothing here; their rooms' tests try them
NOT_HERE = excepted("NOT_HERE")
SLOW = {"invoices.typeset_run"}  # left out of sequences: it makes PDFs
VERDICTS = (Refused, Conflict, Invalid, Stale, ObjectDoesNotExist)


def guarded() -> dict[str, Deed]:
    """The deeds that ask by whom they are done."""
    return {name: deed for name, deed in deeds().items() if name not in ASKS_NOBODY}


@dataclass
class Tally:
    """How many deeds were called and how often, how many calls ended with a verdict, and what is wrong."""

    deeds: set[str] = field(default_factory=set)
    calls: int = 0
    verdicts: int = 0
    crossed: set[str] = field(default_factory=set)  # what was done, by right or not
    at_home: set[str] = field(default_factory=set)  # what could be done with all things of one house
    wrong: list[str] = field(default_factory=list)

    def call(self, name: str, deed: Deed, make: Callable[[], Values], by: Standing) -> tuple[Exception | None, list[str]]:
        """Call the deed, and undo it; gives what it ended with, and what it wrote."""
        self.deeds.add(name)
        self.calls += 1
        with undone():
            values, ended = make(), None
            with watched() as writes:
                try:
                    with transaction.atomic():
                        deed(**values, by=by)
                except VERDICTS as verdict:
                    self.verdicts += 1
                    ended = verdict
                except Exception as broken:
                    self.wrong.append(f"{name} breaks before it asks anything: {broken!r}"[:300])
                    ended = broken
        return ended, writes

    def __str__(self) -> str:
        return f"{len(self.deeds)} deeds in {self.calls} calls, {self.verdicts} with a verdict, {len(self.wrong)} wrong"


def by_outsiders(world: World, of: dict[str, Deed]) -> Tally:
    """Every deed on Alder's things by people without any part in Alder."""
    tally, alder, birch = Tally(), world.alder, world.birch
    outsiders = {
        "a visitor": VISITOR, "somebody without a role": standing_of(world.nobody),
        "a manager elsewhere": birch.standing("manager"), "a head elsewhere": birch.standing("member head"),
        "a former head": alder.standing("member ended"),
    }  # fmt: skip
    for name, deed in of.items():
        for words, by in outsiders.items():
            for school in (alder.member, alder.asked):
                try:
                    ended, writes = tally.call(name, deed, partial(arguments, deed, alder, school), by)
                except Unheard as unheard:
                    tally.wrong.append(f"{name} cannot be called: {unheard}")
                    continue
                if not writes and isinstance(ended, Refused):
                    continue
                tally.crossed.add(name)
                if name not in ANYBODY_MAY:
                    tally.wrong.append(f"{words} does {name}: {ended!r}, {writes}"[:300])
    return tally


def across(world: World, of: dict[str, Deed]) -> Tally:
    """Every deed on things of both houses, by the manager of each, and by who is manager or head in both.

    The same call with all things of one house must come through, or a refusal tells nothing of the crossing.
    """
    tally = Tally()
    for here, there in ((world.alder, world.birch), (world.birch, world.alder)):
        managers = [house.standing("manager") for house in (here, there)]
        heads = [house.standing(f"{place} head") for house in (here, there) for place in ("member", "asked")]
        for name, deed in of.items():
            for place in ("member", "asked"):
                ways = mixed(deed, here, there, place)
                for by in (managers[0], together(*heads), Standing.system()) if ways and name not in tally.at_home else ():
                    ended, writes = tally.call(name, deed, partial(arguments, deed, here, getattr(here, place)), by)
                    tally.at_home |= {name} if ended is None and writes else set()
                for crossed in ways:
                    for by in (*managers, together(*managers), together(*heads)):
                        ended, writes = tally.call(name, deed, partial(mixture, deed, here, there, place, crossed), by)
                        if ended is None and writes and not {name, f"{name}:{crossed}"} & set(BOTH_MAY):
                            tally.wrong.append(f"{name} with the {crossed} of {there.name} at {here.name}: {writes}"[:300])
                        elif ended is None and writes:
                            tally.crossed |= {name, f"{name}:{crossed}"}
    return tally


def together(*several: Standing) -> Standing:
    """One person with what several hold."""
    roles, memberships = (frozenset().union(*(getattr(one, of) for one in several)) for of in ("roles", "memberships"))
    return replace(several[0], roles=roles, memberships=memberships)


def careless(*, partnership: Partnership, school: School, by: Standing) -> None:
    """The planted fault: a deed without its guard."""
    Partnership.objects.filter(pk=partnership.pk).update(area=school.pk)


def half_guarded(*, partnership: Partnership, school: School, by: Standing) -> None:
    """The planted fault: a deed that asks about the partnership, and not whether the school is one of its own."""
    require(may_run_partnership(by, partnership.pk))
    careless(partnership=partnership, school=school, by=by)


def never(*, partnership: Partnership, school: School, by: Standing) -> None:
    """The planted fault: a deed that refuses whatever it is given, and so is never seen to keep houses apart."""
    raise Invalid(school="Not like this")


def strange(*, partnership: Partnership, thing: complex, by: Standing) -> None:
    """The planted fault: a deed that nobody knows how to call."""


def fingerprint(world: World) -> str:
    """All rows of the partnership in question."""
    digest = hashlib.sha256()
    for model in ours():
        rows = belongings(model, world)
        if rows is not None:
            digest.update(repr(list(rows.order_by("pk").values_list())).encode())
    return digest.hexdigest()


def machine(world: World, deeds: dict[str, Deed]) -> tuple[type[RuleBasedStateMachine], dict[str, int]]:
    """Sequences over that world, and how much was done in them."""
    houses = {"Alder": world.alder, "Birch": world.birch}
    before = {"Alder": fingerprint(world), "Birch": fingerprint(world.seen_from_birch())}
    everybody = sorted((name, key) for name, house in houses.items() for key in house.people)
    tally = {"sequences": 0, "deeds": 0, "done": 0, "refused": 0}

    class Partnerships(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.transaction = transaction.atomic()
            self.transaction.__enter__()
            self.touched: set[str] = set()

        @rule(
            who=st.sampled_from([*everybody, ("", "")]),
            at=st.sampled_from(sorted(houses)),
            place=st.sampled_from(PLACES),
            deed=st.sampled_from(sorted(deeds)),
            from_home=st.booleans(),
            own_school=st.booleans(),
        )
        def do(self, who: tuple[str, str], at: str, place: str, deed: str, from_home: bool, own_school: bool) -> None:
            home, _ = who
            at = home if from_home and home else at
            self.act(who, at, getattr(houses[home if own_school and home else at], place), deed)

        def act(self, who: tuple[str, str], at: str, school: Any, deed: str) -> None:
            """One deed by somebody at one partnership, and what must be true after it."""
            home, key = who
            if deed in ANYBODY_MAY and home != at:
                return  # whoever holds the other house's link acts in it by right, and reads later what they did
            by = standing_of(houses[home].people[key]) if home else VISITOR
            tally["deeds"] += 1
            given = arguments(deeds[deed], houses[at], school)
            at = at if given else home or at  # a deed that takes nothing is about whoever does it
            with watched() as writes:
                try:
                    with transaction.atomic():
                        deeds[deed](**given, by=by)
                    tally["done"] += 1
                    done = True
                except VERDICTS:
                    tally["refused"] += 1
                    done = False
            if home == at or houses[at].partnership.pk in by.partnerships:  # a school may be asked by both
                self.touched.add(at)
            else:
                assert not (done and writes), f"{key or 'a visitor'} of {home or 'nowhere'} did “{deed}” at {at}: {writes}"

        @rule(
            at=st.sampled_from(sorted(houses)),
            place=st.sampled_from(PLACES),
            deed=st.sampled_from(sorted(deeds)),
            office=st.booleans(),
        )
        def work(self, at: str, place: str, deed: str, office: bool) -> None:
            """The people whose work it is: the manager, or the head of the school."""
            self.act((at, "manager" if office else f"{place} head"), at, getattr(houses[at], place), deed)

        @rule(who=st.sampled_from(everybody), table=st.sampled_from(ours()))
        def look(self, who: tuple[str, str], table: Any) -> None:
            home, key = who
            other = world.seen_from_birch() if home == "Alder" else world
            theirs = private(table, other)
            if theirs is not None:
                seen = table._default_manager.all().visible_to(standing_of(houses[home].people[key]))
                assert not (set(seen.values_list("pk", flat=True)) & set(theirs.values_list("pk", flat=True))), (
                    f"{key} of {home} sees {table}"
                )

        def teardown(self) -> None:
            tally["sequences"] += 1
            try:
                for name, side in (("Alder", world), ("Birch", world.seen_from_birch())):
                    if name not in self.touched:
                        assert fingerprint(side) == before[name], f"{name} has changed, and nobody of {name} did anything"
            finally:
                transaction.set_rollback(True)
                self.transaction.__exit__(None, None, None)

    return Partnerships, tally


def run(world: World, deeds: dict[str, Deed], sequences: int, *phases: Phase) -> dict[str, int]:
    """Try so many sequences."""
    built, tally = machine(world, deeds)
    run_state_machine_as_test(
        built,
        settings=settings(
            max_examples=sequences,
            phases=phases or tuple(Phase),
            stateful_step_count=8,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )
    return tally


@pytest.mark.slow
def test_partnerships_are_sealed_from_each_other(world: World, figure: Figure) -> None:
    tally = run(world, {name: deed for name, deed in guarded().items() if name not in SLOW}, SEQUENCES)
    figure("promise 3", ", ".join(f"{count} {words}" for words, count in tally.items()) + ", 0 crossed")
    assert tally["done"] > tally["deeds"] // 20, f"too little happened to prove anything: {tally}"


ROOMS = sorted({name.partition(".")[0] for name in guarded()})


def of_room(room: str, names: Iterable[str]) -> set[str]:
    """Those of the names that are of that room."""
    return {name for name in names if name.startswith(f"{room}.")}


def guarded_in(room: str) -> dict[str, Deed]:
    """The guarded deeds of that room."""
    return {name: guarded()[name] for name in sorted(of_room(room, guarded()))}


@pytest.mark.parametrize("room", ROOMS)
def test_no_outsider_does_any_deed_at_a_house(room: str, world: World, figure: Figure) -> None:
    tally = by_outsiders(world, guarded_in(room))
    figure("promise 3, by outsiders", f"{tally.calls} requests of {len(tally.deeds)} deeds of {room}, {len(tally.wrong)} wrong")
    assert not tally.wrong, "\n".join(tally.wrong)
    listed = of_room(room, ANYBODY_MAY)
    assert listed == tally.crossed, f"listed, and yet refused: {listed - tally.crossed}"


@pytest.mark.parametrize("room", ROOMS)
def test_no_deed_joins_what_two_houses_hold(room: str, world: World, figure: Figure) -> None:
    tally = across(world, guarded_in(room))
    figure("promise 3, of two houses", f"{tally.calls} requests of {len(tally.deeds)} deeds of {room}, {len(tally.wrong)} wrong")
    assert not tally.wrong, "\n".join(tally.wrong)
    both = of_room(room, BOTH_MAY)
    assert both <= tally.crossed, f"listed, and yet it joins nothing: {both - tally.crossed}"
    idle, listed = tally.deeds - tally.at_home, of_room(room, NOT_HERE)
    assert idle == listed, f"never done at home: {idle - listed}; listed, and done: {listed - idle}"


def test_what_is_listed_is_of_a_room() -> None:
    assert {name.partition(".")[0] for name in (*ANYBODY_MAY, *BOTH_MAY, *NOT_HERE)} <= set(ROOMS)


def test_a_deed_without_its_guard_is_caught(world: World) -> None:
    with pytest.raises(AssertionError, match="careless"):
        run(world, {"careless": careless}, 30, Phase.generate)
    assert len(by_outsiders(world, {"careless": careless}).wrong) == 10
    assert across(world, {"careless": careless}).wrong
    tally = across(world, {"never": never, "half guarded": half_guarded})
    assert tally.deeds - tally.at_home == {"never"}
    assert across(world, {"half guarded": half_guarded}).wrong and not by_outsiders(world, {"half guarded": half_guarded}).wrong


def test_a_deed_that_cannot_be_called_is_named(world: World) -> None:
    assert "strange cannot be called: thing" in by_outsiders(world, {"strange": strange}).wrong[0]
