"""Promise 20, with its figures: each zero stands beside a planted fault that is caught."""

from collections.abc import Callable
from functools import partial

import pytest
from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import invitations, roles
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.rules.roles import InvitationState
from alongside.members.people.tests.make import SYSTEM, asked
from alongside.members.schools.tests.make import school as new_school
from tests import at_once as threads

SCANNERS = (
    "Mozilla/5.0 (compatible; SafeLinks)",
    "facebookexternalhit/1.1",
    "Slackbot-LinkExpanding 1.0",
    "curl/8.5",
    "Barracuda",
)


@login_not_required
def naive(request: HttpRequest, token: str) -> HttpResponse:
    """The fault planted: a link that is used up by opening it."""
    invitations.accept_invitation(token=token, by=Standing())
    return HttpResponse("Welcome")


urlpatterns = [path("i/<str:token>/", naive)]


def invited(**facts: object) -> tuple[Invitation, str, str]:
    oak, elm = new_school("Oak School"), new_partnership()
    asked(elm, oak)
    return invitations.invite(
        **{"email": "head@oak.example", "post": Post.HEAD, "school": oak, "partnership": elm, **facts}, by=SYSTEM
    )


def scan(address: str, times: int) -> None:
    """Open a link as mail scanners and previews do."""
    client = Client(raise_request_exception=False)
    for number in range(times):
        agent = {"User-Agent": SCANNERS[number % len(SCANNERS)]}
        (client.head if number % 3 == 0 else client.options if number % 7 == 0 else client.get)(address, headers=agent)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_thousand_openings_by_scanners_use_nothing_up(settings) -> None:
    invitation, token, _ = invited()
    scan(reverse("people:invitation", args=[token]), 500)
    scan(reverse("people:pass_on", args=[token]), 500)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN and not Person.objects.exists()
    settings.ROOT_URLCONF = __name__
    scan(f"/i/{token}/", 1)
    scan(f"/i/{token}/", 3)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED, "the planted link was not caught"


def at_once(deed: Callable[[int], object], times: int) -> list[object]:
    return threads.at_once(*(partial(deed, number) for number in range(times)))


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_takes_an_invitation_up() -> None:
    _, token, _ = invited()
    outcomes = at_once(lambda number: invitations.accept_invitation(token=token, name=f"Taker {number}", by=Standing()), 8)
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict"] * 7 + ["Person"]
    assert Person.objects.count() == Role.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_taking_up_and_passing_on_at_once_has_one_winner() -> None:
    _, token, _ = invited()

    def deed(number: int) -> object:
        if number % 2:
            return invitations.accept_invitation(token=token, by=Standing())
        return invitations.pass_on(
            invitation_token=token, email=f"c{number}@oak.example", name="C", post=Post.HEAD, by=Standing()
        )

    outcomes = at_once(deed, 6)
    assert sum(not isinstance(one, Conflict) for one in outcomes) == 1
    assert Role.objects.count() + Invitation.objects.filter(state=InvitationState.OPEN).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_wrong_codes_from_many_places_are_counted_together() -> None:
    invitation, _, code = invited(email="")
    outcomes = at_once(lambda number: invitations.open_letter(letters=[invitation], code="22222222", by=Standing()), 8)
    outcomes += at_once(lambda number: invitations.open_letter(letters=[invitation], code="33333333", by=Standing()), 8)
    assert outcomes.count(None) == 10 and sum(isinstance(one, Conflict) for one in outcomes) == 6
    with pytest.raises(Conflict):
        invitations.open_letter(letters=[invitation], code=code, by=Standing())


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_of_ten_thousand_wrong_codes_ten_are_looked_at() -> None:
    invitation, _, _ = invited(email="")
    outcomes: list[object] = []
    for _ in range(2_500):
        outcomes += at_once(lambda place: invitations.open_letter(letters=[invitation], code=f"234567{place}2", by=Standing()), 4)
    assert len(outcomes) == 10_000 and outcomes.count(None) == 10


@pytest.mark.django_db(transaction=True)
def test_the_last_two_able_to_sign_do_not_end_each_other_unseen() -> None:
    oak = new_school()
    from_two = [roles.create_person(name=f"P{number}", email=f"p{number}@oak.example", by=SYSTEM) for number in range(2)]
    held = [roles.grant_role(person=one, post=Post.HEAD, school=oak, by=SYSTEM) for one in from_two]

    def deed(number: int) -> object:
        try:
            roles.end_role(role=held[number], by=SYSTEM)
        except Exception as refused:  # whichever way it is refused
            return refused
        return None

    assert at_once(deed, 2).count(None) == 1


def dump() -> str:
    """Everything that stands in the database."""
    rows = [str(list(model._base_manager.values_list())) for model in apps.get_models()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rate_limits")
        return "\n".join([*rows, str(cursor.fetchall())])


@pytest.mark.django_db(transaction=True)
def test_no_link_or_code_is_in_the_database_or_the_log(mailoutbox: list, caplog: pytest.LogCaptureFixture) -> None:
    cache.clear()
    invitation, token, code = invited()
    client = Client()
    client.get(reverse("people:invitation", args=[token]))
    client.post(reverse("people:code"), {"school": "Oak School", "code": code})
    invitations.renew_invitation(invitation=invitation, by=SYSTEM)
    [sent] = mailoutbox
    newer = sent.body.split("/i/")[1].split("/")[0]
    stored = dump()
    assert invitation.pk in stored and "head@oak.example" in stored
    for secret in (token, code, newer):
        assert secret not in stored and secret.lower() not in stored and secret not in caplog.text
    assert newer in sent.body
    Invitation.objects.filter(pk=invitation.pk).update(name=newer)
    assert newer in dump(), "the planted secret was not caught"
