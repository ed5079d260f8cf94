"""A message of one's own trial is opened as the person it was written to."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.members.membership.actions import asking, prospectus
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.tests.make import holder
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school

pytestmark = pytest.mark.django_db
SYSTEM = Standing.system()


@pytest.fixture
def camden(settings: Any) -> Partnership:
    settings.DEMO = True
    made = partnership("Camden schools together")
    prospectus.start_draft(partnership=made, by=SYSTEM)
    prospectus.publish_prospectus(partnership=made, version=1, by=SYSTEM)
    return made


@pytest.fixture
def ash(camden: Partnership) -> School:
    made = school("Ash School")
    asking.invite_schools(
        partnership=camden, addresses={made.pk: "ann@ash.example"}, names={made.pk: "Dr Ann Okoro"}, seen=UNSEEN, by=SYSTEM
    )
    return made


def known(at: School, through: Partnership) -> Person:
    """Ann, who took up an invitation of a partnership to that school."""
    ann = Person.objects.create(name="Ann", email="ann@ash.example")
    Role.objects.create(person=ann, post=Post.HEAD, school=at, through=through, from_on=date(2020, 9, 1))
    return ann


def manager_of(place: Partnership) -> Client:
    client = Client()
    client.force_login(holder(Post.MANAGER, place)[0])
    return client


def test_the_office_opens_an_invitation_as_the_head_and_answers(camden: Partnership, ash: School) -> None:
    office, message = manager_of(camden), Notice.objects.get()
    page = office.get(reverse("notices:show", args=[camden.slug, message.pk])).content.decode()
    assert "Open it as Dr Ann Okoro" in page and "Headteacher" not in page
    opened = office.post(reverse("demo:open_as"), {"message": message.pk}, follow=True)
    assert SESSION_KEY not in office.session and "/answer/" in opened.request["PATH_INFO"]
    said = {"name": "Dr Ann Okoro", "post": "head", "reason": "Next year"}
    answered = office.post(opened.request["PATH_INFO"] + "?choice=decline", said, follow=True)
    assert answered.status_code == 200 and "not this time" in answered.content.decode()
    assert Person.objects.get(email="ann@ash.example").pk == office.session[SESSION_KEY]


def test_who_has_answered_before_is_signed_in_by_it(camden: Partnership, ash: School) -> None:
    ann = known(ash, camden)
    office = manager_of(camden)
    office.post(reverse("demo:open_as"), {"message": Notice.objects.get().pk})
    assert office.session[SESSION_KEY] == ann.pk


def test_nobody_becomes_somebody_of_anothers_trial(camden: Partnership, ash: School) -> None:
    other = partnership("Barnet schools together")
    known(school("Oak School"), other)
    office, message = manager_of(camden), Notice.objects.get()
    office.post(reverse("demo:open_as"), {"message": message.pk})
    assert SESSION_KEY not in office.session, "the link opens, signed in as nobody"
    for who in (manager_of(other), Client()):
        assert who.post(reverse("demo:open_as"), {"message": message.pk})["Location"] == "/"
    assert Invitation.objects.get().state == "open"


def test_a_message_without_a_link_opens_nothing(camden: Partnership, ash: School) -> None:
    Notice.objects.update(body="Dear Ann,\n\nhttps://elsewhere.example/p/x/ and nothing of ours")
    office, message = manager_of(camden), Notice.objects.get()
    assert "Open it as" not in office.get(reverse("notices:show", args=[camden.slug, message.pk])).content.decode()
    assert office.post(reverse("demo:open_as"), {"message": message.pk})["Location"] == "/"
