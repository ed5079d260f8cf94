from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from alongside.ground.core import clock, keys
from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.contributions import actions, queries
from alongside.members.contributions.models import Contribution, OutsideBody
from alongside.members.contributions.rules import GiftKind, Unit
from alongside.members.contributions.tests import make
from alongside.members.notices.models import Notice
from alongside.members.people.models import Role
from tests.audiences import Relation
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db
YEAR = AcademicYear(2021)
SYSTEM = Standing.system()


def noted(world: World, by: Standing, **other: object) -> Contribution:
    """Half a day from Alder's member to its second school."""
    said = {
        "giver": world.school, "receiver": world.alder.second, "kind": GiftKind.ADVICE, "on": date(2022, 3, 7),
        "amount": Decimal("1.5"), "key": keys.new_key(), **other,
    }  # fmt: skip
    return actions.note_contribution(partnership=world.partnership, **said, by=by)


def test_what_a_deed_writes_twice_stands_once_and_goes_with_the_deed(world: World) -> None:
    before = Contribution.objects.count()
    first = make.gift(world.partnership, world.school, world.alder.second, source_row="visit0000001")
    again = make.gift(world.partnership, world.school, world.alder.second, source_row="visit0000001")
    assert first.pk == again.pk and Contribution.objects.count() == before + 1
    with pytest.raises(Conflict, match="another day or amount"):
        make.gift(world.partnership, world.school, world.alder.second, source_row="visit0000001", amount="2")
    assert actions.take_back(source="reviews.finish_visit", source_row="visit0000001", by=SYSTEM) == 1
    assert actions.take_back(source="reviews.finish_visit", source_row="visit0000001", by=SYSTEM) == 0
    third = make.gift(world.partnership, world.school, world.alder.second, source_row="visit0000001")
    assert third.pk != first.pk


def test_a_deed_that_fails_leaves_no_contribution(world: World) -> None:
    before = Contribution.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        make.gift(world.partnership, world.school, world.alder.second)
        raise RuntimeError("the deed itself failed")
    assert Contribution.objects.count() == before


def test_the_database_itself_refuses_to_change_what_a_contribution_says(world: World) -> None:
    row = make.gift(world.partnership, world.school, world.alder.second)
    for change in ({"amount": Decimal(9)}, {"receiver": world.asked}, {"done_on": date(2022, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Contribution.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(
            partnership=world.partnership, giver=world.school, receiver=world.school, between="x", kind="visit",
            done_on=TODAY, amount=1, source="a.b", source_row="c", written_at=clock.now(),
        )  # fmt: skip


def test_what_each_school_gave_is_what_others_received(world: World) -> None:
    body = actions.add_outside_body(
        partnership=world.partnership, name=" Borough  University ", by=world.alder.standing("manager")
    )
    assert body.name == "Borough University"
    make.gift(world.partnership, world.school, world.alder.second, GiftKind.SUPPORT, amount="2.5")
    make.gift(world.partnership, world.school, body, GiftKind.HOSTING, amount="4")
    make.gift(world.partnership, body, world.alder.second, GiftKind.SESSION, amount="6")
    make.gift(world.partnership, world.school, world.alder.second, GiftKind.VISIT, on=date(2021, 8, 31))
    sides = {
        row.school.name: row for row in queries.sides_by_school(world.partnership, YEAR, viewer=world.alder.standing("manager"))
    }
    assert list(sides) == sorted(sides)
    given, received = dict(sides[world.school.name].given.amounts), dict(sides[world.alder.second.name].received.amounts)
    assert given == {Unit.DAYS: Decimal("2.5"), Unit.PLACES: Decimal(4)}
    assert received == {Unit.DAYS: Decimal("2.5"), Unit.PLACES: Decimal(6)}
    assert sides[world.school.name].given.partners == 2


def test_a_school_notes_what_it_gave_and_either_side_takes_it_back_once(world: World) -> None:
    row = noted(world, world.alder.standing("member head"))
    actions.take_back_note(contribution=row, by=world.alder.standing("second head"))
    with pytest.raises(Conflict):
        actions.take_back_note(contribution=row, by=world.alder.standing("member head"))


@pytest.mark.parametrize("given_elsewhere", [False, True])
def test_the_head_of_the_other_side_hears_of_it_where_their_post_counts(world: World, given_elsewhere: bool) -> None:
    head = world.alder.people["second head"]
    if given_elsewhere:
        Role.objects.filter(person=head).update(through=world.birch.partnership)
    Notice.objects.all().delete()
    noted(world, world.alder.standing("member head"))
    assert Notice.objects.filter(kind="contributions.noted", person=head.pk).exists() is not given_elsewhere


def test_what_the_work_itself_wrote_nobody_takes_back_by_hand(world: World) -> None:
    row = make.gift(world.partnership, world.school, world.alder.second)
    for key in ("member head", "manager"):
        with pytest.raises(Refused):
            actions.take_back_note(contribution=row, by=world.alder.standing(key))


def test_a_repeated_press_is_one_note(world: World) -> None:
    key = keys.new_key()
    assert noted(world, world.alder.standing("manager"), key=key).pk == noted(world, world.alder.standing("manager"), key=key).pk


def test_a_note_pressed_again_after_it_was_taken_back_stays_taken_back(world: World) -> None:
    key, manager = keys.new_key(), world.alder.standing("manager")
    first = noted(world, manager, key=key)
    actions.take_back_note(contribution=first, by=manager)
    assert noted(world, manager, key=key).pk == first.pk
    assert not Contribution.objects.standing().filter(pk=first.pk).exists()


def test_a_body_outside_is_named_once_and_not_at_all_when_the_note_fails(world: World) -> None:
    manager, body = world.alder.standing("manager"), {"receiver": None, "body": "The library"}
    with pytest.raises(Invalid):
        noted(world, manager, amount=Decimal(0), **body)
    assert not OutsideBody.objects.filter(name="The library").exists()
    assert noted(world, manager, **body).receiver_body == noted(world, manager, **body).receiver_body
    with pytest.raises(Invalid):
        noted(world, manager, receiver=None, body=" ")


def test_a_form_used_again_for_something_else_is_told(world: World) -> None:
    key, manager = keys.new_key(), world.alder.standing("manager")
    first = noted(world, manager, key=key)
    for other in ({"amount": Decimal("2")}, {"on": date(2022, 3, 4)}, {"giver": world.alder.second, "receiver": world.school}):
        with pytest.raises(Conflict):
            noted(world, manager, key=key, **other)
    assert Contribution.objects.standing().filter(source_row=key).get() == first


def test_taking_back_one_note_leaves_every_other(world: World) -> None:
    manager = world.alder.standing("manager")
    one, other = noted(world, manager), noted(world, manager)
    actions.take_back_note(contribution=one, by=manager)
    assert Contribution.objects.standing().filter(pk=other.pk).exists()


@pytest.mark.parametrize("key", ["second_asked head", "asked head"])
def test_a_school_that_took_no_part_notes_nothing(world: World, key: str) -> None:
    with pytest.raises(Refused):
        noted(world, world.alder.standing(key))


def test_a_school_of_another_partnership_is_no_party(world: World) -> None:
    with pytest.raises(Refused):
        noted(world, world.birch.standing("manager"))
    with pytest.raises(Invalid) as problem:
        noted(world, world.alder.standing("manager"), receiver=world.birch.member)
    assert list(problem.value.problems) == ["receiver"]


def test_other_schools_see_nothing_of_it(world: World) -> None:
    make.gift(world.partnership, world.school, world.alder.second)
    seen = {
        relation: Contribution.objects.visible_to(world.alder.standing(key)).filter(giver=world.school).exists()
        for relation, key in ((Relation.HEAD, "member head"), (Relation.HEAD_OF_MEMBER, "second head"), ("asked", "asked head"))
    }
    assert seen == {Relation.HEAD: True, Relation.HEAD_OF_MEMBER: True, "asked": False}
    assert queries.sides_by_school(world.partnership, YEAR, viewer=world.alder.standing("asked head")) == []


def test_a_school_that_has_left_sees_no_more_of_what_it_gave_there(world: World) -> None:
    head = world.alder.standing("member head")
    assert Contribution.objects.visible_to(head)
    assert not Contribution.objects.visible_to(replace(head, memberships=frozenset()))


def test_one_side_of_what_was_given_is_a_school(world: World) -> None:
    body = actions.add_outside_body(partnership=world.partnership, name="Elm Trust", by=SYSTEM)
    other = actions.add_outside_body(partnership=world.partnership, name="Oak Trust", by=SYSTEM)
    with pytest.raises(Invalid, match=actions.ONE_SCHOOL):
        make.gift(world.partnership, body, other)
