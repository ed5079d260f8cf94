"""Two at once: exactly one wins, and the other is told. On SQLite and on PostgreSQL alike."""

from collections.abc import Callable
from typing import Any

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.membership.actions import (
    answering,
    prospectus,
    signing as signing_actions,
)
from alongside.members.membership.models import Roll, RollEntry, Signature
from alongside.members.membership.queries import texts as texts_queries
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def place() -> Partnership:
    with clock.at(clock.start_of(make.TODAY, 9)):
        return make.partnership()


def signing(place: Partnership, one: Any, by: Standing, **words: Any) -> Callable[[], Any]:
    return lambda: make.signed(place, one, by=by, **words)


def test_of_six_people_of_one_school_one_signs_and_the_others_are_told(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    people = [make.person(f"Signer {number}", make.Post.SCHOOL_ADMIN, school=one) for number in range(6)]
    outcomes = make.at_once(*[signing(place, one, by) for by in people])
    assert make.losers(outcomes) == 5
    assert Signature.objects.count() == Membership.objects.filter(kind=Belonging.MEMBER).count() == 1
    assert all("signed for already" in str(one) for one in outcomes if isinstance(one, Conflict))


def test_a_press_repeated_six_times_signs_once_and_nobody_is_told_off(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head, key = make.head(one), keys.new_key()
    outcomes = make.at_once(*[signing(place, one, head, key=key)] * 6)
    assert make.losers(outcomes) == 0
    assert {signature.pk for batch in outcomes for signature in batch} == {Signature.objects.get().pk}


def test_who_signs_while_the_roll_freezes_is_on_it_or_apart_never_between(place: Partnership) -> None:
    schools = make.asked(place, 6)
    deeds: list[Callable[[], Any]] = [signing(place, one, make.head(one)) for one in schools]
    deeds.insert(3, lambda: signing_actions.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM))
    outcomes = make.at_once(*deeds)
    assert make.losers(outcomes) == 0
    roll = Roll.objects.get()
    on_it = set(RollEntry.objects.values_list("school_id", flat=True))
    apart = {one.school_id for one in texts_queries.late_signers(place, roll, viewer=make.SYSTEM)}
    assert len(on_it) + len(apart) == Signature.objects.count() == 6
    assert all(one.signed_at <= roll.frozen_at for one in Signature.objects.filter(school__in=on_it))
    assert all(one.signed_at >= roll.frozen_at for one in Signature.objects.exclude(school__in=on_it))


def test_the_roll_is_frozen_once(place: Partnership) -> None:
    make.signed(place, make.asked(place, 1)[0])
    outcomes = make.at_once(*[lambda: signing_actions.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM)] * 4)
    assert (make.losers(outcomes), Roll.objects.count(), RollEntry.objects.count()) == (3, 1, 1)


def test_withdrawing_twice_at_once_withdraws_once(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    head = make.head(one)
    make.signed(place, one, by=head)
    outcomes = make.at_once(*[lambda: signing_actions.withdraw(partnership=place, school=one, by=head)] * 3)
    assert make.losers(outcomes) == 2
    assert Membership.objects.get(school=one).kind == Belonging.ASKED
    assert Signature.objects.filter(withdrawn_at=None).count() == 0


def test_a_draft_is_begun_once_and_published_once(place: Partnership) -> None:
    drafts = make.at_once(*[lambda: prospectus.start_draft(partnership=place, by=make.SYSTEM)] * 4)
    assert make.losers(drafts) == 0
    assert len({one.pk for one in drafts}) == 1
    outcomes = make.at_once(*[lambda: prospectus.publish_prospectus(partnership=place, version=1, by=make.SYSTEM)] * 4)
    assert make.losers(outcomes) == 3


def test_two_answers_to_one_question_send_one(place: Partnership) -> None:
    one = make.asked(place, 1)[0]
    question = make.question(place, one)
    replies = [
        lambda words=words: answering.answer_question(question=question, reply=words, by=make.SYSTEM) for words in ("A", "B")
    ]
    assert make.losers(make.at_once(*replies)) == 1
