"""Partnerships are sealed from each other, whatever people do in whatever order (promise 3).

A sequence is some deeds by anybody on anything of either partnership. A deed on the other partnership's things must be
refused without writing a row; a deed at home must leave every row of the other as it was; nobody sees the other's rows.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from alongside.ground.core import keys
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.rows import Stale
from alongside.members.calendar import actions as calendar
from alongside.members.membership import actions as membership
from alongside.members.membership.rules.answers import Authority, SubjectTo
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people import actions as people
from alongside.members.people.models import Role
from alongside.members.people.queries import standing_of
from alongside.money.books import actions as books
from alongside.money.fees.actions import issuing, set_up
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.actions import payers, payments, sending
from tests.asking import watched
from tests.figures import Figure
from tests.test_scopes import belongings, ours, private
from tests.world import PLACES, TODAY, House, World

SEQUENCES = {"test": 30, "check": 300, "nightly": 10_000}[os.environ.get("ALONGSIDE_SPEED", "test")]
Deed = Callable[[House, Any, Standing], object]
DEEDS: dict[str, Deed] = {
    "ask schools": lambda h, s, by: membership.ask_schools(partnership=h.partnership, schools=[s], by=by),
    "stop asking": lambda h, s, by: membership.stop_asking(partnership=h.partnership, schools=[s], by=by),
    "invite": lambda h, s, by: membership.invite_schools(partnership=h.partnership, addresses={s.pk: "new@head.example"}, by=by),
    "make letters": lambda h, s, by: membership.make_letters(partnership=h.partnership, schools=[s], by=by),
    "add associate": lambda h, s, by: membership.add_associate(partnership=h.partnership, school=s, by=by),
    "note a contact": lambda h, s, by: membership.note_contact(
        partnership=h.partnership, school=s, how="phone", words="Rang", by=by
    ),
    "change dates": lambda h, s, by: membership.change_dates(
        partnership=h.partnership, settings=replace(settings_of(h.partnership, MembershipSettings), term_years=3), by=by
    ),
    "start a draft": lambda h, s, by: membership.start_draft(partnership=h.partnership, by=by),
    "publish": lambda h, s, by: membership.publish_prospectus(partnership=h.partnership, by=by),
    "ask": lambda h, s, by: membership.ask_question(partnership=h.partnership, school=s, words="What does it cost us?", by=by),
    "answer": lambda h, s, by: membership.answer_question(question=h.things["question"], reply="The fee.", publish=True, by=by),
    "say subject": lambda h, s, by: membership.say_subject(
        partnership=h.partnership, school=s, to=SubjectTo.GOVERNORS, on=TODAY + timedelta(days=5), by=by
    ),
    "decline": lambda h, s, by: membership.decline(partnership=h.partnership, school=s, reason="Not now", by=by),
    "decline as told": lambda h, s, by: membership.decline(partnership=h.partnership, school=s, told_by="by phone", by=by),
    "reopen": lambda h, s, by: membership.reopen(partnership=h.partnership, school=s, by=by),
    "sign": lambda h, s, by: membership.sign(
        partnership=h.partnership, schools=[s], authority=Authority.GOVERNING_BODY, authority_on=TODAY, name="The head", by=by
    ),
    "withdraw": lambda h, s, by: membership.withdraw(partnership=h.partnership, school=s, by=by),
    "chase": lambda h, s, by: membership.chase(
        partnership=h.partnership, subject="Shall we?", body="We have not heard from you yet.", by=by
    ),
    "freeze": lambda h, s, by: membership.freeze_roll(partnership=h.partnership, by=by),
    "set up fees": lambda h, s, by: set_up.set_up_fees(
        partnership=h.partnership, settings=replace(settings_of(h.partnership, FeeSettings), supplier_phone="0"), by=by
    ),
    "issue": lambda h, s, by: issuing.issue_invoices(partnership=h.partnership, key=keys.new_key(), by=by),
    "pay": lambda h, s, by: payments.record_payment(
        invoice=h.things["invoice"], key=keys.new_key(), amount=1, paid_on=TODAY, by=by
    ),
    "change payer": lambda h, s, by: payers.change_payer(
        partnership=h.partnership, school=s, name="P", address="A", email="p@p.example", purchase_order="", by=by
    ),
    "query": lambda h, s, by: payers.query_invoice(invoice=h.things["invoice"], name="N", email="", words="Why?", by=by),
    "add an order": lambda h, s, by: payers.add_purchase_order(invoice=h.things["invoice"], order="PO1", by=by),
    "send": lambda h, s, by: sending.send_invoice(invoice=h.things["invoice"], to="x@x.example", by=by),
    "export": lambda h, s, by: books.export_schedule(partnership=h.partnership, by=by),
    "invite a colleague": lambda h, s, by: people.invite_colleague(
        email="c@c.example", name="C", post=Post.SCHOOL_ADMIN, school=s, partnership=h.partnership, by=by
    ),
    "invite to the office": lambda h, s, by: people.invite_colleague(
        email="o@c.example", name="O", post=Post.FINANCE, partnership=h.partnership, by=by
    ),
    "end a role": lambda h, s, by: people.end_role(role=Role.objects.get(person=h.people["member school_admin"]), by=by),
    "cancel an invitation": lambda h, s, by: people.cancel_invitation(invitation=h.things["invitation"], by=by),
    "keep days free": lambda h, s, by: calendar.add_blackout(
        partnership=h.partnership, name="Easter", first_on=date(2022, 4, 4), last_on=date(2022, 4, 15), by=by
    ),
    "admit": lambda h, s, by: partnerships.change_settings(
        partnership=h.partnership, settings=replace(settings_of(h.partnership, FeeSettings), host_name="H"), by=by
    ),
}


def careless(house: House, school: Any, by: Standing) -> None:
    """The planted fault: a deed without its guard."""
    Partnership.objects.filter(pk=house.partnership.pk).update(area="elsewhere")


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
            by = standing_of(houses[home].people[key]) if home else VISITOR
            tally["deeds"] += 1
            with watched() as writes:
                try:
                    with transaction.atomic():
                        deeds[deed](houses[at], school, by)
                    tally["done"] += 1
                    done = True
                except (Refused, Conflict, Invalid, Stale):
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


def run(world: World, deeds: dict[str, Deed], sequences: int) -> dict[str, int]:
    """Try so many sequences."""
    built, tally = machine(world, deeds)
    run_state_machine_as_test(
        built,
        settings=settings(
            max_examples=sequences,
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
    tally = run(world, DEEDS, SEQUENCES)
    figure("promise 3", ", ".join(f"{count} {words}" for words, count in tally.items()) + ", 0 crossed")
    assert tally["done"] > tally["deeds"] // 20, f"too little happened to prove anything: {tally}"


def test_a_deed_without_its_guard_is_caught(world: World) -> None:
    with pytest.raises(AssertionError, match="careless"):
        run(world, {"careless": careless}, 30)
