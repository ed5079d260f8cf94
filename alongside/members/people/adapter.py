"""How django-allauth behaves here: no open sign-up, our words in its mails, and the same answer at the same speed
whether an address is known or not."""

import base64
import logging
import smtplib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import loader
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.web.mail import as_mail
from alongside.members.people import proof, tokens
from alongside.members.people.actions import roles, sign_ins
from alongside.members.people.models import Person
from alongside.members.people.rules.roles import show_code
from alongside.members.people.rules.second_factor import does_google_vouch

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

# Sign-in mails are written and handed over well after the answer has gone out, so that it takes no longer for an
# address that is known. A mail lost with the process is asked for again.
WAIT = 0.2  # seconds
post_box = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sign-in mail")


class Adapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That e-mail address and password do not go together. Try again, or ask for a code",
        "incorrect_code": "That is not the code we sent. Check the newest e-mail",
        "too_many_login_attempts": "There were too many tries. Wait five minutes and try again",
        "enter_current_password": "That is not your password of today",
        "invalid_password_reset": "This link was used already or has expired",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person is invited."""
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in, and note when by the product's clock."""
        super().login(request, user)
        roles.note_sign_in(person=user, by=Standing(person=user.pk, name=user.name))
        proof.begin(request, user)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and note it."""
        if sign_in := proof.sign_in_of(request):
            sign_ins.close_sign_in(sign_in=sign_in, by=Standing(person=request.user.pk))
        super().logout(request)

    def set_password(self, user: Person, password: str) -> None:
        """Set it, and note what it is worth: one that came through the mailbox proves nothing beside a mailed code.

        To choose a first one, or another, whoever has a second factor has given it on the way.
        """
        super().set_password(user, password)
        page = self.request.resolver_match.url_name if self.request.resolver_match else ""
        is_own = {"account_set_password": True, "account_reset_password_from_key": False}.get(page)
        if is_own is None and proof.is_proven(self.request):
            is_own = True
        but, by = proof.sign_in_of(self.request), Standing(person=user.pk, name=user.name)
        sign_ins.note_password(person=user, is_own=is_own, but=but, by=by)

    def generate_login_code(self) -> str:
        """As all our codes: of letters that nobody confuses, in two halves."""
        return show_code(tokens.new_code())

    def get_login_stages(self) -> list[str]:
        """No second factor at sign-in: the pages that need one ask for it."""
        return [stage for stage in super().get_login_stages() if not stage.startswith("allauth.mfa.")]

    def is_safe_url(self, url: str) -> bool:
        """Whether to go on there after signing in; an address that cannot be read is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return reverse("people:security")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link at our own address, whatever host the request named."""
        return settings.ADDRESS + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the sign-in mails. It is not kept: it holds a code or a link. A demonstration shows it instead."""
        words: dict[str, str] = {name: str(context[name]) for name in ("code", "password_reset_url") if name in context}
        if settings.DEMO and words:
            messages.info(self.request, f"In a demonstration no mail is sent. This one would say: {' '.join(words.values())}")
        post_box.submit(hand_over, f"{template_prefix}.txt", email, words)


class SecondFactors(DefaultMFAAdapter):
    """What allauth keeps of second factors is encrypted with keys that do not lie in the database."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": "That is not the code"}

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return keys_of_secrets().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it was."""
        return keys_of_secrets().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, drawn in a process of its own, without our surroundings: its library brings Pillow and lxml,
        which a web process would keep for good."""
        draw = [sys.executable, "-I", "-m", "qrcode.console_scripts", "--factory=svg-path"]
        return subprocess.run(draw, input=url.encode(), env={}, capture_output=True, check=True, timeout=20).stdout.decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whose passkey it is: this installation's, by its host."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Alongside"}


def keys_of_secrets() -> "MultiFernet":
    """Made from the secret key; with an earlier one among SECRET_KEY_FALLBACKS what it encrypted can still be read."""
    from cryptography.fernet import Fernet, MultiFernet  # only where used: it is large, and most pages decrypt nothing
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    def key_of(secret: str) -> Fernet:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alongside.people.second_factor").derive(secret.encode())
        return Fernet(base64.urlsafe_b64encode(derived))

    return MultiFernet([key_of(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


class OtherAccounts(DefaultSocialAccountAdapter):
    """Microsoft and Google sign in whoever has linked them; nobody comes in by them anew, and no address is believed
    but one whose mailbox Google itself runs."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """Only what the installation's environment names."""
        return [
            SocialApp(provider=name, **app)
            for name, facts in settings.SOCIALACCOUNT_PROVIDERS.items()
            for app in facts.get("APPS", [])
            if provider in {None, name} and client_id in {None, app["client_id"]}
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: a person is invited."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never by what a provider says of an address; `pre_social_login` knows the one exception."""
        return

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Joins a Google account to the person whose address it proves, once; turns everybody unknown away."""
        account, said = sociallogin.account, sociallogin.account.extra_data
        linking = sociallogin.state.get("process") == "connect"
        if sociallogin.is_existing:
            if linking and sociallogin.user != request.user:
                raise ImmediateHttpResponse(told(request, "That account is linked to somebody else here."))
            return
        if linking:
            if not request.user.is_authenticated:
                raise ImmediateHttpResponse(told(request, "Sign in first, then link your account."))
            if SocialAccount.objects.filter(user=request.user, provider=account.provider).exists():
                raise ImmediateHttpResponse(told(request, "You have linked one already. Take that one off first."))
            return
        address = str(said.get("email") or "").lower()
        verified = said.get("email_verified") is True or said.get("verified_email") is True
        if account.provider == "google" and does_google_vouch(address, verified, str(said.get("hd") or "")):
            person = Person.objects.filter(email=address, is_active=True).first()
            if person and not SocialAccount.objects.filter(user=person, provider="google").exists():
                sociallogin.connect(request, person)
                return
        raise ImmediateHttpResponse(told(request, UNKNOWN.format(provider=account.provider.capitalize())))

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, context: Any = None, **more: Any) -> None:
        """Our own words, by our own actions."""
        if template_prefix.endswith("account_connected"):
            provider = context["account"].provider
            sign_ins.note_link(person=user, provider=provider, by=Standing(person=user.pk, name=user.name))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Back to where it was linked."""
        return reverse("people:security")

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **more: Any) -> None:
        """Back to signing in, with a sentence instead of an error page."""
        raise ImmediateHttpResponse(
            told(request, f"Signing in with {provider.name} did not work, or you stopped it. Nothing has changed.")
        )


UNKNOWN = (
    "No account here is linked to that {provider} account. Sign in with a code first, then link it under Signing in and "
    "security. If you are new here, open the link in your invitation."
)


def told(request: HttpRequest, words: str) -> HttpResponse:
    """Back at signing in, or at the page of security, with the reason."""
    messages.warning(request, words)
    return redirect("people:security" if request.user.is_authenticated else "account_login")


def other_ways() -> list[tuple[str, str]]:
    """(id, name) of the accounts elsewhere that one may sign in with here."""
    return [(one, one.capitalize()) for one in ("microsoft", "google") if one in settings.SOCIALACCOUNT_PROVIDERS]


def hand_over(template: str, email: str, words: dict[str, str]) -> None:
    """Write a mail and give it to the mail server; a failure is logged without address or words."""
    time.sleep(WAIT)
    text = loader.render_to_string(template, {"address": settings.ADDRESS, **words}).strip()
    subject, _, body = text.partition("\n")
    try:
        as_mail(subject, body.strip(), email).send()
    except (OSError, smtplib.SMTPException) as error:
        logging.getLogger("alongside").warning("a sign-in mail could not be sent: %s", type(error).__name__)
