"""Somebody who is on a body by name is given an address, and one that was mistyped is corrected."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions.addresses import give_address
from alongside.deciding.bodies.models import Holder
from alongside.deciding.bodies.rules.holding import why_address_stays
from alongside.deciding.bodies.tests.make import Board
from alongside.ground.core import clock
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.tests.make import person
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


@pytest.fixture
def board() -> Board:
    made = Board()
    made.nominate()
    return made


def holder(name: str = "Pat Burns") -> Holder:
    return Holder.objects.get(name=name)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ((False, False, False), ""), ((True, False, False), ""), ((True, True, False), "signed in"),
        ((True, False, True), "post"), ((True, True, True), "signed in"),
    ],
)  # fmt: skip
def test_an_address_is_entered_until_it_is_used(facts: tuple[bool, bool, bool], word: str) -> None:
    why = why_address_stays(*facts)
    assert word in why and bool(why) is bool(word)


def test_who_is_here_by_name_has_an_account_with_their_seats_and_hears_of_each(board: Board) -> None:
    Notice.objects.all().delete()
    give_address(holder=holder("Lee Adams"), email="lee@county.example", by=board.manager)
    lee = Person.objects.get(email="lee@county.example")
    assert holder("Lee Adams").person == lee.pk and lee.name == "Lee Adams"
    assert {(one.to, one.kind, one.person) for one in Notice.objects.all()} == {
        ("lee@county.example", "bodies.appointed", lee.pk)
    }
    assert Notice.objects.count() == 2  # the seat, and the chair for the time being
    again = give_address(holder=holder("Lee Adams"), email="lee@county.example", by=board.manager)
    assert again.person == lee.pk and Notice.objects.count() == 2
    page = enter(Client(), lee).get(reverse("bodies:body", args=[board.partnership.slug, board.body.pk]))
    assert page.status_code == 200


def test_a_mistyped_address_is_corrected_and_the_account_of_the_wrong_one_holds_nothing(board: Board) -> None:
    for email in ("pat@conty.example", "pat@county.example"):
        give_address(holder=holder(), email=email, by=board.manager)
    wrong, right = (Person.objects.get(email=f"pat@{one}.example") for one in ("conty", "county"))
    assert holder().person == right.pk and Notice.objects.filter(person=right.pk).count() == 1
    page = reverse("bodies:body", args=[board.partnership.slug, board.body.pk])
    assert [enter(Client(), one).get(page).status_code for one in (right, wrong)] == [200, 404]
    Person.objects.filter(pk=right.pk).update(last_login=clock.now())
    with pytest.raises(Conflict, match="change it themselves"):
        give_address(holder=holder(), email="other@county.example", by=board.manager)


def test_the_address_of_a_post_or_of_somebody_else_who_sits_here_is_not_taken(board: Board) -> None:
    oak = Holder.objects.get(person=board.heads["Oak"].person)
    with pytest.raises(Conflict, match="hold a post"):
        give_address(holder=oak, email="new@oak.example", by=board.manager)
    theirs = Person.objects.values_list("email", flat=True).get(pk=oak.person) or ""
    with pytest.raises(Invalid, match="sits, or sat"):
        give_address(holder=holder(), email=theirs, by=board.manager)
    give_address(holder=holder(), email=Person.objects.get(pk=board.manager.person).email or "", by=board.manager)
    assert holder().person == board.manager.person  # somebody of the partnership who sat there by name


def test_only_a_clerk_of_theirs_and_the_office_enter_it(board: Board) -> None:
    clerk = person("Clara", Post.SCHOOL_ADMIN, school=board.schools["Elm"])
    with pytest.raises(Refused):
        give_address(holder=holder(), email="pat@county.example", by=board.heads["Oak"])
    board.sits("Clerk", clerk)
    client = enter(Client(), Person.objects.get(pk=clerk.person))
    slug = board.partnership.slug
    row = client.get(reverse("bodies:body", args=[slug, board.body.pk])).content.decode()
    address = reverse("bodies:give_address", args=[slug, holder().pk])
    assert row.count("Add an address") == 3 and address in row  # Pat, and Lee on both of their seats
    assert address in client.get(reverse("bodies:person", args=[slug, holder().pk])).content.decode()
    own = client.get(reverse("bodies:person", args=[slug, holder().pk])).content.decode()
    assert "Shown to the clerk and the office." in own, "who has no account is shown nothing"
    dates = reverse("bodies:change_tenure", args=[slug, holder().tenures.get().pk])
    assert address in client.get(dates).content.decode()
    assert "Enter their e-mail address" in client.post(address, {"email": ""}).content.decode()
    said = unescape(client.post(address, {"email": "pat@county.example"}, follow=True).content.decode())
    assert "A message to Pat Burns that says where they sit is" in said and "Mistyped? Correct the address" in said
    other = enter(Client(), Person.objects.get(pk=board.heads["Ash"].person))
    assert other.get(address).status_code == 404
