"""Promise 20: accounts are hard to take."""

import logging
import re
import statistics
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post
from alongside.members.people import adapter, logs
from alongside.members.people.models import Person
from alongside.members.people.tests.make import ends_with_the_browser, person, role
from alongside.members.schools.tests.make import school as new_school

pytestmark = pytest.mark.django_db
PASSWORD = "three quiet otters"


@pytest.fixture(autouse=True)
def no_limits_used_up(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(adapter, "WAIT", 0.0)


def posted() -> None:
    """Wait until the mails are handed over."""
    while not adapter.post_box._work_queue.empty():
        time.sleep(0.01)
    time.sleep(adapter.WAIT + 0.1)


@pytest.fixture
def ada() -> Person:
    made = person("Ada Osei", email="ada@oak.example")
    made.set_password(PASSWORD)
    made.save()
    return made


def without_tokens(page: bytes) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]+"|(ada|nobody)@oak\.example', "…", page.decode())


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_reset_password"])
def test_sign_in_pages_are_ours(name: str, client: Client) -> None:
    words = client.get(reverse(name)).content.decode()
    assert "al-header" in words and "Sign in" in words and "ign up" not in words


def test_one_signs_in_with_a_code(ada: Person, client: Client, mailoutbox: list) -> None:
    answer = client.post(reverse("account_request_login_code"), {"email": "ADA@oak.example"})
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    posted()
    [sent] = mailoutbox
    code = sent.subject.removeprefix("Your code to sign in: ")
    assert code in sent.body and code in sent.alternatives[0][0]
    page = client.get(reverse("account_confirm_login_code"))
    assert b"ada@oak.example" in page.content and code.encode() not in page.content
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "wrong"})
    assert b"not the code we sent" in wrong.content
    right = client.post(reverse("account_confirm_login_code"), {"code": "\u200b" + code.lower().replace("-", "\u2011")})
    assert right.headers["Location"] == "/me/" and ends_with_the_browser(client)
    assert client.get(reverse("people:account")).status_code == 200
    ada.refresh_from_db()
    assert ada.last_login


def test_a_demonstration_shows_the_code_that_it_does_not_send(ada: Person, client: Client, settings) -> None:
    settings.DEMO = True
    words = client.post(reverse("account_request_login_code"), {"email": ada.email}, follow=True).content.decode()
    code = re.search(r"This one would say: ([^<\s]+)", words)
    assert code and "In a demonstration no mail is sent" in words
    right = client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert right.headers["Location"] == "/me/"


def test_a_code_stops_after_three_wrong_tries(ada: Person, client: Client, mailoutbox: list) -> None:
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    posted()
    code = mailoutbox[0].subject.removeprefix("Your code to sign in: ")
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "wrong"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in client.session


def test_one_signs_in_with_a_password_and_out_again(ada: Person, client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/me/" and ends_with_the_browser(client)
    assert client.post(reverse("account_logout")).headers["Location"] == "/"
    assert client.get(reverse("people:account")).status_code == 302


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_reset_password"])
def test_known_and_unknown_addresses_get_the_same_answer(name: str, ada: Person) -> None:
    pages = []
    for address in (ada.email, "nobody@oak.example"):
        answer = Client().post(reverse(name), {"login": address, "email": address, "password": "not this one"}, follow=True)
        pages.append((answer.status_code, answer.request["PATH_INFO"], without_tokens(answer.content)))
    assert pages[0] == pages[1]
    posted()
    assert {one.to[0] for one in mail.outbox} <= {ada.email}


@pytest.mark.slow
def test_known_and_unknown_addresses_take_the_same_time(ada: Person, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(adapter, "WAIT", 0.1)
    took: dict[str, list[float]] = {ada.email or "": [], "nobody@oak.example": []}
    for _ in range(40):
        for address, times in took.items():
            client = Client()
            start = time.perf_counter()
            client.post(reverse("account_request_login_code"), {"email": address})
            times.append(time.perf_counter() - start)
            posted()
    known, unknown = (statistics.median(times) for times in took.values())
    print(f"\n  a code for a known address {known * 1000:.1f} ms, for an unknown one {unknown * 1000:.1f} ms")
    assert 0.75 < known / unknown < 1.33


def test_guessing_passwords_stops_over_all_processes(ada: Person) -> None:
    for _ in range(5):
        Client().post(reverse("account_login"), {"login": ada.email, "password": "wrong"})
    answer = Client().post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert answer.status_code == 200 and b"too many tries" in answer.content


def test_asking_for_codes_stops_after_a_while(ada: Person) -> None:
    answers = [Client().post(reverse("account_request_login_code"), {"email": ada.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 200]
    pages = [Client().post(reverse("account_request_login_code"), {"email": f"x{number}@oak.example"}) for number in range(10)]
    assert {page.status_code for page in pages} == {302}


def test_too_many_posts_from_one_place_are_asked_to_wait() -> None:
    answers = [Client().post(reverse("people:code"), {"school": "x", "code": "y"}) for _ in range(21)]
    assert {one.status_code for one in answers[:20]} == {200} and answers[20].status_code == 429
    assert b"Please wait a moment" in answers[20].content


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(ada: Person, client: Client, mailoutbox: list) -> None:
    client.post(reverse("account_reset_password"), {"email": ada.email})
    posted()
    [sent] = mailoutbox
    link = re.search(r"http://127\.0\.0\.1:8000(/password/reset/key/\S+)", sent.body)
    assert link
    form = client.get(link[1], follow=True)
    assert b"Set a new password" in form.content
    short = client.post(form.request["PATH_INFO"], {"password1": "short", "password2": "short"})
    assert b"12" in short.content and b"There is a problem" in short.content
    client.post(form.request["PATH_INFO"], {"password1": "four loud badgers", "password2": "four loud badgers"})
    ada.refresh_from_db()
    assert ada.check_password("four loud badgers")
    assert b"used already" in Client().get(link[1], follow=True).content


def test_somebody_without_a_password_may_set_one(client: Client) -> None:
    bo = role(Post.HEAD, new_school()).person
    client.force_login(bo)
    assert client.get(reverse("account_change_password")).headers["Location"] == reverse("account_set_password")
    answer = client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.headers["Location"] == reverse("people:security")
    assert b"password is set" in client.get(reverse("people:security")).content
    changed = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "four loud badgers", "password2": "four loud badgers"},
    )
    assert changed.headers["Location"] == reverse("people:security")
    wrong = client.post(reverse("account_change_password"), {"oldpassword": "no", "password1": PASSWORD, "password2": PASSWORD})
    assert b"not your password of today" in wrong.content


def test_a_closed_account_does_not_sign_in(ada: Person, client: Client, mailoutbox: list) -> None:
    Person.objects.update(is_active=False)
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    posted()
    assert not mailoutbox
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert b"This account is closed" in client.get(reverse("account_inactive")).content


def test_there_is_no_sign_up_and_no_admin(client: Client) -> None:
    for address in ("/signup/", "/accounts/signup/", "/admin/", "/accounts/", "/email/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Not Found: /i/abcdefgh01234567/", "Not Found: /i/…/"),
        ("Forbidden: /p/elm/answer/abcdefgh01234567/x", "Forbidden: /p/elm/answer/…/x"),
        ("Gone: /password/reset/key/abc-c1d2e3-0123456789abcdef/", "Gone: /password/reset/key/abc-…/"),
        ("Gone: /i/key.1abcde.signature_of-it/pass-on/", "Gone: /i/…/pass-on/"),
        ("Not Found: /p/elm/people/", "Not Found: /p/elm/people/"),
    ],
)
def test_links_stay_out_of_the_log(line: str, shown: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", tuple(line.split(": ")), None)
    assert logs.WithoutLinks().filter(record) and record.getMessage() == shown
