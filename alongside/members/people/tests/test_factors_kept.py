"""Second factors: codes by mail, limits, what is kept and written of them, and who may take one off."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.addresses import PROVEN
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import second_factor
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import SYSTEM, person, role
from alongside.members.people.tests.proving import PASSWORD, PROVE, SECURITY, code_of, enter, forget_proof, secret_of, with_app
from alongside.members.schools.models import School

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used_up"), pytest.mark.on(2022, 3, 8)]


@pytest.fixture
def mo(elm: Partnership) -> Person:
    return role(Post.MANAGER, elm, person("Mo Manager", email="mo@elm.example")).person


def by_password(who: Person, *, own: bool = True) -> Client:
    who.set_password(PASSWORD)
    who.password_proves = own
    who.save()
    client = Client()
    client.post(reverse("account_login"), {"login": who.email, "password": PASSWORD})
    return client


NO_KEYS = {
    "clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA",
}  # fmt: skip


def test_a_mailed_code_stands_beside_an_own_password_only(oak: School, elm: Partnership, mailoutbox: list,
                                                           django_capture_on_commit_callbacks) -> None:  # fmt: skip
    ada = role(Post.HEAD, oak, person("Ada Osei", email="ada@oak.example")).person
    client = by_password(ada)
    page = client.get(reverse(PROVE)).content.decode()
    assert "We can send a code to ada@oak.example" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:send_code"))
    code = re.search(r"\n([2-9A-Z]{8})\n", mailoutbox[-1].body)
    assert code
    assert client.post(reverse(PROVE), {"code": "22222222"}).status_code == 200
    assert client.post(reverse(PROVE), {"code": code[1].lower()}).status_code == 302
    assert PROVEN in client.session
    forget_proof(client)
    assert client.post(reverse(PROVE), {"code": code[1]}).status_code == 200, "the code worked twice"


def test_a_mailed_code_is_refused_where_it_proves_nothing(mo: Person, oak: School, mailoutbox: list) -> None:
    ada = role(Post.HEAD, oak, person("Ada Osei", email="ada@oak.example")).person
    through_mailbox = enter(role(Post.HEAD, oak, person("Di", email="di@oak.example")).person)
    reset = by_password(ada, own=False)
    office = by_password(mo)
    stronger = by_password(role(Post.HEAD, oak, person("Bo", email="bo@oak.example")).person)
    stronger.post(reverse("people:make_codes"))
    for client, words in [
        (through_mailbox, "signed in through your mailbox"), (reset, "signed in through your mailbox"), (office, "in the office"),
        (stronger, "stronger"),
    ]:  # fmt: skip
        mailoutbox.clear()
        page = client.post(reverse("people:send_code"), follow=True).content.decode()
        assert words in page and "We can send a code" not in page
        assert "mailed_code" not in client.session and not mailoutbox


def test_a_password_set_anew_through_the_mailbox_loses_its_worth(oak: School, mailoutbox: list) -> None:
    ada = role(Post.HEAD, oak, person("Ada Osei", email="ada@oak.example")).person
    client = enter(ada)
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    ada.refresh_from_db()
    assert ada.password_proves
    Client().post(reverse("account_reset_password"), {"email": ada.email})
    while not any("/password/reset/key/" in one.body for one in mailoutbox):
        time.sleep(0.05)
    link = re.search(r"(/password/reset/key/\S+)", next(one.body for one in mailoutbox if "/reset/key/" in one.body))
    thief = Client()
    form = thief.get(link[1], follow=True)
    thief.post(form.request["PATH_INFO"], {"password1": "four loud badgers", "password2": "four loud badgers"})
    ada.refresh_from_db()
    assert ada.check_password("four loud badgers") and not ada.password_proves
    thief.post(reverse("account_login"), {"login": ada.email, "password": "four loud badgers"})
    change = {"oldpassword": "four loud badgers", "password1": PASSWORD, "password2": PASSWORD}
    thief.post(reverse("account_change_password"), change)
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD) and not ada.password_proves, "a thief of the mailbox made the password count"


@pytest.mark.slow
def test_five_wrong_codes_and_then_one_waits(mo: Person) -> None:
    client = enter(mo)
    secret, _ = with_app(client)
    forget_proof(client)
    cache.clear()
    answers = [enter(mo).post(reverse(PROVE), {"code": "000000"}).content for _ in range(7)]
    assert [b"too many tries" in one for one in answers] == [False] * 5 + [True] * 2
    assert b"too many tries" in client.post(reverse(PROVE), {"code": code_of(secret)}).content


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"id": 1}',
        json.dumps({"id": "a", "rawId": "a", "type": "public-key", "response": {}}),
        json.dumps({"id": "YQ", "rawId": "YQ", "type": "public-key", "response": NO_KEYS}),
    ],
)
def test_what_is_no_passkey_is_refused(sent: str, mo: Person) -> None:
    client = enter(mo)
    assert client.get(reverse("people:add_passkey")).status_code == 200
    answer = client.post(reverse("people:add_passkey"), {"name": "Key", "credential": sent})
    assert answer.status_code == 200 and b"did not make a passkey" in answer.content
    client.get(reverse(PROVE))
    shown = client.post(reverse("people:prove_passkey"), {"credential": sent}, follow=True)
    assert b"was not taken" in shown.content and PROVEN not in client.session


def test_what_is_kept_of_a_factor_is_encrypted(mo: Person) -> None:
    client = enter(mo)
    secret, codes = with_app(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and not any(code.replace(" ", "") in kept for code in codes)
    other = enter(person("Cy"))
    shown = secret_of(other)
    sessions = str([one.get_decoded() for one in Session.objects.all()])
    assert shown not in sessions and "new_app" in sessions


def test_every_change_is_written_to_the_person(mo: Person, mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    client = enter(mo)
    with django_capture_on_commit_callbacks(execute=True):
        with_app(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:remove_factor", args=[Authenticator.objects.get(type="totp").pk]))
    words = [one.body for one in mailoutbox]
    assert [one.to for one in mailoutbox] == [["mo@elm.example"]] * 3
    for told in ("An app for codes was set up", "A new list of ten codes was made", "The app for codes was removed"):
        assert any(told in body for body in words), told
    page = client.get(reverse(SECURITY)).content.decode()
    assert "Second factor set up" in page and "Second factor removed" in page


def test_the_office_frees_somebody_who_has_lost_theirs(mo: Person, oak: School, elm: Partnership) -> None:
    held = role(Post.HEAD, oak, person("Ada Osei", email="ada@oak.example"))
    ada = held.person
    hers = by_password(ada)
    with_app(hers)
    office = enter(mo)
    with_app(office)
    address = reverse("people:free", args=[elm.slug, held.pk])
    assert b"Ada Osei" in office.get(address).content
    assert office.post(address, {"sure": "on"}).status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()
    assert hers.get(reverse(SECURITY)).status_code == 302, "the thief of the phone is still signed in"
    ada.refresh_from_db()
    assert not ada.password_proves
    assert enter(ada).get(address).status_code in {302, 403}


def test_nobody_frees_themselves_or_another_partnerships_office(mo: Person, elm: Partnership) -> None:
    who = standing_of(mo)
    with pytest.raises(Refused, match="Somebody else"):
        second_factor.free_person(person=mo, offices=frozenset({elm.pk}), by=who)
    other = role(Post.FINANCE, new_partnership("Ash"), person("Fi")).person
    with pytest.raises(Refused, match="its manager"):
        second_factor.free_person(person=other, offices=frozenset({"another"}), by=who)


def test_ones_own_things_only(mo: Person, elm: Partnership) -> None:
    ada = person("Ada")
    with pytest.raises(Refused):
        second_factor.make_codes(person=ada, by=standing_of(mo))
    client = enter(mo)
    with_app(client)
    app = Authenticator.objects.get(type="totp")
    other = enter(ada)
    assert other.get(reverse("people:remove_factor", args=[app.pk])).status_code == 404
    with pytest.raises(Invalid):
        second_factor.add_app(person=mo, secret="A" * 32, code="1", by=SYSTEM)
    secret = totp.generate_totp_secret()
    with pytest.raises(Conflict):
        second_factor.add_app(person=mo, secret=secret, code=code_of(secret), by=SYSTEM)
    assert Event.objects.filter(act="people.add_factor").count() == 1
