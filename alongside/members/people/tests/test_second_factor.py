"""Second factors: set up, asked for, given once, taken off; and what is kept of them."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.standing import Held, Post, Power, Standing
from alongside.ground.web.addresses import PROVEN
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.permissions import may_free_person
from alongside.members.people.rules.roles import InvitationState
from alongside.members.people.tests.make import SYSTEM, person, role
from alongside.members.people.tests.proving import APP, PASSWORD, PROVE, SECURITY, code_of, enter, forget_proof, with_app
from alongside.members.schools.models import School

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used_up"), pytest.mark.on(2022, 3, 8)]


@pytest.fixture
def mo(elm: Partnership) -> Person:
    return role(Post.MANAGER, elm, person("Mo Manager", email="mo@elm.example")).person


def test_the_office_is_led_to_set_one_up_and_then_to_the_page(mo: Person, elm: Partnership) -> None:
    client, money = enter(mo), reverse("fees:set_up", args=[elm.slug])
    answer = client.get(money)
    assert answer.headers["Location"] == f"{reverse(PROVE)}?next=%2Fp%2Felm-valley%2Ffees%2Fset-up%2F"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "One more lock" in page and "Print a list" in page and "next=%2Fp%2Felm-valley%2Ffees%2Fset-up%2F" in page
    _, codes = with_app(client)
    assert len(codes) == 10 and client.get(money).status_code == 200


def test_an_app_proves_it_once_a_code(mo: Person, elm: Partnership) -> None:
    client = enter(mo)
    secret, _ = with_app(client)
    other, money = enter(mo), reverse("fees:set_up", args=[elm.slug])
    assert other.get(money).status_code == 302
    assert b"Type the code that your app shows" in other.get(reverse(PROVE)).content
    reused = other.post(reverse(PROVE), {"code": code_of(secret)})
    assert reused.status_code == 200 and b"not the code" in reused.content, "the code of the setting up was taken again"
    cache.clear()
    before = other.session.session_key
    right = other.post(reverse(PROVE), {"code": f" {code_of(secret)[:3]} {code_of(secret)[3:]}", "next": money})
    assert right.headers["Location"] == money and other.session.session_key != before
    assert other.get(money).status_code == 200
    assert enter(mo).post(reverse(PROVE), {"code": code_of(secret)}).status_code == 200, "the code was taken twice"


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:x", "http://[x"])
def test_one_is_never_led_away(onward: str, mo: Person) -> None:
    client = enter(mo)
    secret, _ = with_app(client)
    cache.clear()
    forget_proof(client)
    answer = client.post(reverse(PROVE), {"code": code_of(secret), "next": onward})
    assert answer.headers["Location"] == reverse(SECURITY)


def test_a_printed_code_works_once_and_a_new_list_ends_the_old(mo: Person) -> None:
    client = enter(mo)
    page = client.post(reverse("people:make_codes")).content.decode()
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", page)
    assert len(set(codes)) == 10
    assert PROVEN not in client.session, "a list that was only printed proves nothing"
    assert b"one of your printed codes" in client.get(reverse(PROVE)).content
    assert client.post(reverse(PROVE), {"code": codes[3]}).status_code == 302
    forget_proof(client)
    assert client.post(reverse(PROVE), {"code": codes[3]}).status_code == 200
    assert client.post(reverse(PROVE), {"code": codes[4]}).status_code == 302
    assert b"8 unused codes" in client.get(reverse(SECURITY)).content
    newer = client.post(reverse("people:make_codes")).content.decode()
    forget_proof(client)
    assert codes[5] not in newer and client.post(reverse(PROVE), {"code": codes[5]}).status_code == 200


def test_the_proof_ends_after_eight_hours_and_with_the_session(mo: Person, elm: Partnership) -> None:
    client, money = enter(mo), reverse("fees:set_up", args=[elm.slug])
    for hours, status in ((7.9, 200), (8.1, 302), (-1, 302)):
        session = client.session
        session[PROVEN] = time.time() - hours * 3600
        session.save()
        assert client.get(money).status_code == status, hours
    with_app(client)
    client.post(reverse("account_logout"))
    again = enter(mo)
    assert again.get(money).status_code == 302


def test_a_form_sent_too_late_says_that_nothing_was_saved(mo: Person, elm: Partnership) -> None:
    client, money = enter(mo), reverse("fees:set_up", args=[elm.slug])
    answer = client.post(money, {"series": "X"}, headers={"Referer": f"http://testserver{money}"}, follow=True)
    assert b"Nothing was saved yet" in answer.content and answer.request["PATH_INFO"] == reverse(PROVE)
    by_htmx = client.get(money, headers={"HX-Request": "true"})
    assert by_htmx.headers["HX-Redirect"].startswith(reverse(PROVE))


def test_what_takes_a_factor_off_asks_for_one_first(mo: Person) -> None:
    client = enter(mo)
    with_app(client)
    app = Authenticator.objects.get(type="totp")
    thief = enter(mo)
    for name, args in [("people:remove_factor", [app.pk]), ("people:make_codes", []), ("people:add_passkey", []), (APP, []),
                       ("people:address", []), ("account_set_password", [])]:  # fmt: skip
        assert thief.get(reverse(name, args=args)).headers["Location"].startswith(reverse(PROVE)), name
        thief.post(reverse(name, args=args), {"password1": PASSWORD, "password2": PASSWORD})
    assert Authenticator.objects.count() == 2
    mo.refresh_from_db()
    assert not mo.has_usable_password()
    assert b"The app for codes" in client.get(reverse("people:remove_factor", args=[app.pk])).content
    assert client.post(reverse("people:remove_factor", args=[app.pk])).status_code == 302
    assert not Authenticator.objects.filter(type="totp").exists()
    assert client.get(reverse("people:remove_factor", args=[app.pk])).status_code == 404


OFFICE_POSTS_CHANGE_AT = (  # the page of the office, and the one of a school that does the same
    ("office_end_role", "end_role"),
    ("office_invite_successor", "invite_successor"),
    ("office_pass_on_mailbox", "pass_on_mailbox"),
    ("office_cancel_invitation", "cancel_invitation"),
    ("office_renew_invitation", "renew_invitation"),
    ("invite_office", None),
)


@pytest.mark.parametrize(("page", "of_school"), OFFICE_POSTS_CHANGE_AT)
def test_who_gets_or_loses_a_post_in_the_office_asks_for_the_proof_that_money_asks_for(
    page: str, of_school: str | None, mo: Person, elm: Partnership, oak: School
) -> None:
    fi = role(Post.FINANCE, elm)
    open_one, _, _ = invitations.invite(email="nia@elm.example", post=Post.MANAGER, partnership=elm, by=SYSTEM)
    word = {"role": fi.pk} if "invitation" not in page else {"key": open_one.pk}
    address = reverse(f"people:{page}", args=[elm.slug, *(word.values() if of_school else ())])
    client = enter(mo)
    with_app(client)
    forget_proof(client)
    sent = {"when": "now", "sure": "on", "name": "Eve", "email": "eve@evil.example", "post": "manager", "key": keys.new_key(),
            "from_on_day": "1", "from_on_month": "9", "from_on_year": "2022"}  # fmt: skip
    assert client.post(address, sent).headers["Location"].startswith(reverse(PROVE))
    if of_school:  # no post of the office is changed where no proof is asked for
        assert client.post(reverse(f"people:{of_school}", kwargs={"slug": elm.slug, **word}), sent).status_code in {302, 404}
    fi.refresh_from_db(), open_one.refresh_from_db()
    assert fi.ended_at is None and open_one.state == InvitationState.OPEN and Invitation.objects.count() == 1


def test_the_office_keeps_a_schools_posts_without_that_proof(mo: Person, elm: Partnership, ada: Role) -> None:
    client = enter(mo)
    assert client.get(reverse("people:end_role", args=[elm.slug, ada.pk])).status_code == 200
    assert client.get(reverse("people:office_end_role", args=[elm.slug, ada.pk])).headers["Location"].startswith(reverse(PROVE))
    with_app(client)
    assert client.get(reverse("people:office_end_role", args=[elm.slug, ada.pk])).status_code == 404


def test_lost_factors_are_taken_off_by_who_manages_every_office_of_the_person() -> None:
    manager = Standing("m", "M", frozenset({Held("manager", partnership="p", opens=frozenset({Power.RUN}))}))
    assert may_free_person(manager, "a", frozenset({"p"})) and may_free_person(manager, "a", frozenset())
    assert not may_free_person(manager, "a", frozenset({"p", "q"})) and not may_free_person(manager, "m", frozenset({"p"}))
    assert not may_free_person(Standing("h", "H"), "a", frozenset())
