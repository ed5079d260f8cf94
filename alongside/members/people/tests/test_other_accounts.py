"""Signing in with Microsoft and Google: never an account that nobody linked, never by an address that is not proven."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post
from alongside.members.people.models import Person
from alongside.members.people.tests.elsewhere import Elsewhere, elsewhere
from alongside.members.people.tests.make import person, role
from alongside.members.schools.tests.make import school as new_school
from tests.figures import Figure

pytestmark = pytest.mark.django_db
SECURITY = "people:security"


@pytest.fixture
def there(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """Both configured, and both answered by a server on this machine."""
    cache.clear()
    with elsewhere() as it:
        app = {"client_id": "our-id", "secret": "our-secret"}
        hosts = {"login_url": it.address, "graph_url": it.address}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "microsoft": {"APPS": [{**app, "settings": hosts}], "OAUTH_PKCE_ENABLED": True, "TENANT": "organizations"},
            "google": {"APPS": [{**app, "settings": {}}], "OAUTH_PKCE_ENABLED": True},
        }
        monkeypatch.setattr(GoogleOAuth2Adapter, "access_token_url", f"{it.address}/token")
        yield it


@pytest.fixture
def ada() -> Person:
    return role(Post.HEAD, new_school("Oak School"), person("Ada Osei", email="ada@oak.example")).person


def through(client: Client, provider: str, *, process: str = "login", state: str = "") -> Any:
    """Go there by the button, and come back as the browser would."""
    answer = client.post(reverse(f"{provider}_login") + f"?process={process}")
    there = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert there["client_id"] == ["our-id"] and "code_challenge" in there and there["redirect_uri"][0].endswith("/back/")
    return client.get(reverse(f"{provider}_callback"), {"code": "a-code", "state": state or there["state"][0]}, follow=True)


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def entered(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def microsoft(uid: str = "ms-1", mail: str = "ada@oak.example") -> dict[str, Any]:
    return {"id": uid, "mail": mail, "userPrincipalName": mail, "displayName": "Ada"}


def google(email: str = "ada@oak.example", **claims: Any) -> dict[str, Any]:
    return {"sub": "g-1", "email": email, "email_verified": True, **claims}


@pytest.mark.slow
def test_a_linked_account_signs_in(there: Elsewhere, ada: Person) -> None:
    there.me = microsoft(mail="somebody.else@other.example")
    client = entered(ada)
    page = through(client, "microsoft", process="connect")
    assert page.request["PATH_INFO"] == reverse(SECURITY) and b"Not linked" in page.content  # Google still is not
    assert SocialAccount.objects.get().user == ada and not SocialToken.objects.exists()
    fresh = Client()
    assert through(fresh, "microsoft").request["PATH_INFO"] == "/me/"
    assert signed_in_as(fresh) == ada.pk
    assert b"with Microsoft" in fresh.get(reverse(SECURITY)).content
    assert "code_verifier" in next(form for path, form in there.asked if path.endswith("/token"))
    client.post(reverse("people:unlink", args=["microsoft"]))
    assert through(third := Client(), "microsoft").request["PATH_INFO"] == "/login/" and signed_in_as(third) is None


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("microsoft", microsoft()),  # the claim that anybody's own directory may make of any address
        ("microsoft", {**microsoft(), "email": "ada@oak.example", "email_verified": True, "hd": "oak.example"}),
        ("google", google(email_verified=False, hd="oak.example")),
        ("google", google()),  # a Google account over an address whose mailbox Google does not run
        ("google", google(hd="evil.example")),
        ("google", google(email_verified="true", hd="oak.example")),
        ("google", google("nobody@oak.example", hd="oak.example")),
        ("google", google("", hd="")),
    ],
)
def test_an_address_that_is_not_proven_joins_nothing(there: Elsewhere, ada: Person, provider: str, said: dict[str, Any]) -> None:
    there.me = said
    client = Client()
    page = through(client, provider)
    assert signed_in_as(client) is None and b"No account here is linked" in page.content
    assert Person.objects.count() == 1 and not SocialAccount.objects.exists()


def test_google_signs_in_whose_mailbox_it_runs_and_tells_them(
    there: Elsewhere, ada: Person, mailoutbox: list, django_capture_on_commit_callbacks: Any
) -> None:
    there.me = google("ADA@oak.example", hd="oak.example")
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        through(client, "google")
    assert signed_in_as(client) == ada.pk and SocialAccount.objects.get().user == ada
    assert "Google account now signs you in" in mailoutbox[0].body and mailoutbox[0].to == ["ada@oak.example"]
    ada.refresh_from_db()
    assert ada.last_login


def test_a_closed_account_stays_closed(there: Elsewhere, ada: Person) -> None:
    there.me = google(hd="oak.example")
    through(Client(), "google")
    Person.objects.update(is_active=False)
    client = Client()
    through(client, "google")
    assert signed_in_as(client) is None


def test_one_account_elsewhere_belongs_to_one_person(there: Elsewhere, ada: Person) -> None:
    there.me = microsoft()
    through(entered(ada), "microsoft", process="connect")
    bo = person("Bo")
    page = through(entered(bo), "microsoft", process="connect")
    assert SocialAccount.objects.get().user == ada and page.status_code == 200
    assert b"linked to somebody else" in page.content
    there.me = microsoft("ms-2")
    assert b"linked one already" in through(entered(ada), "microsoft", process="connect").content


def test_linking_asks_for_the_second_factor(there: Elsewhere, ada: Person) -> None:
    Authenticator.objects.create(user=ada, type="recovery_codes", data={"migrated_codes": ["gAAA"]})
    answer = entered(ada).post(reverse("google_login") + "?process=connect")
    assert answer.headers["Location"].startswith(reverse("people:prove"))


def test_who_is_not_signed_in_links_nothing(there: Elsewhere, ada: Person) -> None:
    there.me = google(hd="oak.example")
    page = through(Client(), "google", process="connect")
    assert not SocialAccount.objects.exists() and b"Sign in first" in page.content


def test_a_way_back_that_was_not_begun_here_is_refused(there: Elsewhere, ada: Person) -> None:
    there.me = google(hd="oak.example")
    client = Client()
    page = through(client, "google", state="x" * 16)
    assert signed_in_as(client) is None and b"did not work" in page.content
    for question in ("", "?error=access_denied", "?code=%00&state=%00", "?state[]=1"):
        assert b"did not work" in Client().get(reverse("google_callback") + question, follow=True).content


def test_what_breaks_elsewhere_is_said_kindly(there: Elsewhere, ada: Person) -> None:
    there.broken = True
    for provider in ("google", "microsoft"):
        assert b"did not work" in through(Client(), provider).content


def test_the_buttons_are_there_only_where_there_are_keys(settings: Any, ada: Person) -> None:
    assert b"Sign in with Microsoft" not in Client().get("/login/").content
    for name in ("microsoft_login", "microsoft_callback", "google_login", "google_callback"):
        assert Client().get(reverse(name)).status_code == Client().post(reverse(name)).status_code == 404
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"APPS": [{"client_id": "x", "secret": "y", "settings": {}}]}}
    words = Client().get("/login/").content
    assert b"Sign in with Google" in words and b"Sign in with Microsoft" not in words
    page = Client().get(reverse("google_login"))
    assert b"Go on to Google" in page.content and b"al-header" in page.content
    assert b"Link<span" in entered(ada).get(reverse(SECURITY)).content


def test_keys_in_the_environment_open_the_form_to_those_hosts_only() -> None:
    show = "from alongside import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    said = {}
    for keys in ({}, {"ALONGSIDE_GOOGLE_ID": "x", "ALONGSIDE_GOOGLE_SECRET": "y"}, {"ALONGSIDE_GOOGLE_ID": "x"}):
        run = subprocess.run([sys.executable, "-c", show], env={**os.environ, **keys}, capture_output=True, text=True, check=True)
        said[len(keys)] = run.stdout
    assert "https" not in said[0] and "https" not in said[1]
    assert "accounts.google.com" in said[2] and "microsoftonline" not in said[2]


def test_an_adapter_that_believes_addresses_is_caught(there: Elsewhere, ada: Person, settings: Any, figure: Figure) -> None:
    settings.SOCIALACCOUNT_ADAPTER = "alongside.members.people.tests.believing.Believing"
    there.me = microsoft("attacker")
    client = Client()
    through(client, "microsoft")
    assert signed_in_as(client) == ada.pk, "the planted fault was not caught"
    figure(
        "promise 20",
        "8 accounts elsewhere with an address that is not proven, 0 joined; an adapter that believes addresses is caught",
    )
