"""What came back is counted as it is shown, and put right from its page."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.web import declared
from alongside.ground.web.needs import joined
from alongside.members.notices.actions import returning
from alongside.members.notices.models import Returned
from alongside.members.notices.queries import office as office_queries
from alongside.members.notices.rules.messages import address_removed
from alongside.members.notices.tests.make import returned, unsent
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.schools.tests.make import school as new_school
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
SYSTEM = Standing.system()


@pytest.fixture
def elm() -> Partnership:
    return new_partnership("Elm Valley")


def office(elm: Partnership) -> Standing:
    return Standing("me", "Me", frozenset({usual(Post.MANAGER, partnership=elm.pk)}))


def test_what_waits_opens_as_many_messages_as_it_counts(elm: Partnership) -> None:
    """Three messages to two addresses came back, one address is settled; two were not sent, of one the words are gone."""
    once, again, other = returned(elm), returned(elm), returned(elm, to="bursar@oak.example")
    settled = returned(elm, to="clerk@oak.example")
    returning.clear_address(partnership=elm, address=settled.to, by=SYSTEM)
    stuck = unsent(elm)
    unsent(elm, to=address_removed(date(2023, 4, 4)))
    unsent(None, kind="notices.digest", gathers_of=[elm.pk])
    returned(new_partnership("Other"))
    who = office(elm)
    counts = {row[0]: row[5] for row in joined(office_queries.needs(viewer=who, on=None))}
    for what, state, shown in (
        ("notices.came_back", office_queries.TO_CHECK, {again.pk, other.pk}),
        ("notices.not_sent", "problem", {stuck.pk}),
    ):
        opened = set(office_queries.sent_by(elm, state=state, viewer=who).values_list("pk", flat=True))
        assert (opened, counts[what]) == (shown, len(shown)), what
        assert declared.rows()[what].query == f"?state={state}"
    assert once.pk not in opened and office_queries.messages_stand(partnership=elm, viewer=who).endswith("1 could not be sent")


def test_from_a_mail_that_came_back_the_school_is_rung_and_it_is_sent_again_to_the_address_of_today(
    elm: Partnership, mailoutbox: list, django_capture_on_commit_callbacks: Any
) -> None:
    manager = get_user_model().objects.create(name="Mo", email="mo@elm.example")
    manager.roles.create(post=Post.MANAGER, partnership=elm, from_on="2021-09-01")
    head = get_user_model().objects.create(name="Ada", email="head@oak.example")
    oak = new_school("Oak School", urn=900_501, phone="01632 960123", website="https://oak.example")
    Membership.objects.create(partnership=elm, school=oak, from_on=date(2021, 9, 1), kind=Belonging.MEMBER)
    head.roles.create(post=Post.HEAD, school=oak, from_on="2021-09-01")
    one, page = returned(elm, person=head.pk), enter(Client(), manager)
    address, press = (reverse(f"notices:{name}", args=[elm.slug, one.pk]) for name in ("show", "again"))
    shown = page.get(address).content.decode()
    for words in ("tel:01632960123", "https://oak.example", reverse("people:school", args=[elm.slug, oak.urn])):
        assert words in shown, words
    head.email = "ada@oak.example"
    head.save()
    assert "Send it again to ada@oak.example" in page.get(address).content.decode()
    assert page.post(press, {"to": "head@oak.example"}).status_code == 409, "the address is another by now"
    with django_capture_on_commit_callbacks(execute=True):
        assert page.post(press, {"to": "ada@oak.example"}).status_code == 302
    assert [mail.to for mail in mailoutbox] == [["ada@oak.example"]] and Returned.objects.get().cleared_at
    assert not joined(office_queries.needs(viewer=office(elm), on=None)).exists()
    assert page.post(press, {"to": "ada@oak.example"}).status_code == 409, "it is under way already"


def test_what_carried_a_personal_link_and_came_back_is_not_sent_again(elm: Partnership) -> None:
    manager = get_user_model().objects.create(name="Mo", email="mo@elm.example")
    manager.roles.create(post=Post.MANAGER, partnership=elm, from_on="2021-09-01")
    one = returned(elm, is_personal=True)
    shown = enter(Client(), manager).get(reverse("notices:show", args=[elm.slug, one.pk])).content.decode()
    assert "send a new invitation" in shown and "Send it again to" not in shown
