"""How somebody signs in, for their own eyes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import InvalidToken
from django.contrib.sessions.models import Session

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.people.models import SignIn


@dataclass(frozen=True)
class CodesApp:
    """An app for codes that somebody has set up."""

    key: int
    since: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What somebody has set up; a passkey is (id, name, since, last used)."""

    app: CodesApp | None = None
    passkeys: list[tuple[int, str, datetime, datetime | None]] = field(default_factory=list)
    codes: int | None = None
    codes_left: int = 0

    def __bool__(self) -> bool:
        return bool(self.app or self.passkeys or self.codes is not None)


def factors_of(*, viewer: Standing) -> Factors:
    """The second factors that the viewer has set up: one query."""
    app, passkeys, codes, left = None, [], None, 0
    for one in Authenticator.objects.filter(user_id=viewer.person or "-").order_by("created_at"):
        if one.type == Authenticator.Type.TOTP:
            app = CodesApp(one.pk, one.created_at, one.last_used_at)
        elif one.type == Authenticator.Type.WEBAUTHN:
            passkeys.append((one.pk, one.wrap().name, one.created_at, one.last_used_at))
        else:
            codes, left = one.pk, _left(one)
    return Factors(app, passkeys, codes, left)


def _left(codes: Authenticator) -> int:
    """How many codes of a list are unused; none where the installation's key that it was made with is lost."""
    try:
        return len(codes.wrap().get_unused_codes())
    except InvalidToken:
        return 0


def has_second_factor(*, viewer: Standing) -> bool:
    """Whether the viewer has set up anything."""
    return bool(factors_of(viewer=viewer))


def factor_at(key: int, *, viewer: Standing) -> Authenticator | None:
    """One of the viewer's own second factors."""
    return Authenticator.objects.filter(pk=key, user_id=viewer.person or "-").first()


def words_of(factor: Authenticator, *, viewer: Standing) -> str:
    """A second factor as its owner calls it."""
    if factor.type == Authenticator.Type.WEBAUTHN:
        return f"The passkey: {factor.wrap().name}"
    return "The app for codes" if factor.type == Authenticator.Type.TOTP else "The list of codes"


def who_has_second_factor(people: list[str], *, viewer: Standing) -> set[str]:
    """Which of those persons have set one up, for whoever looks after them."""
    return set(Authenticator.objects.filter(user_id__in=people).values_list("user_id", flat=True))


def sign_ins_of(*, viewer: Standing) -> list[tuple[str, str, str, datetime, datetime]]:
    """(id, device, how, since, last used) of the browsers in which the viewer is signed in now: two queries."""
    rows = list(
        SignIn.objects.visible_to(viewer)
        .open()
        .filter(person=viewer.person or "-")
        .order_by("-seen_at")
        .values_list("session_key", "id", "device", "how", "began_at", "seen_at")[:100]
    )
    real = clock.now() - clock.moved.get()
    alive = Session.objects.filter(session_key__in=[row[0] for row in rows], expire_date__gt=real)
    keys = set(alive.values_list("session_key", flat=True))
    return [row[1:] for row in rows if row[0] in keys]


def linked_accounts(*, viewer: Standing) -> dict[str, str]:
    """The viewer's accounts elsewhere, by provider, as the provider names them."""
    rows = SocialAccount.objects.filter(user_id=viewer.person or "-").values_list("provider", "extra_data")
    return {provider: _name_of(data) for provider, data in rows}


def _name_of(data: dict[str, Any]) -> str:
    return str(data.get("email") or data.get("mail") or data.get("userPrincipalName") or data.get("name") or "")


ACTS = {
    "people.sign_in": "Signed in",
    "people.add_factor": "Second factor set up",
    "people.remove_factor": "Second factor taken off",
    "people.make_codes": "New list of codes made",
    "people.use_code": "A code of the list used",
    "people.free": "Second factors taken off by the office",
    "people.note_password": "Password set",
    "people.link": "Other account linked",
    "people.unlink": "Other account taken off",
    "people.end_sign_ins": "Signed out elsewhere",
    "people.change_address": "E-mail address changed",
}


def what_happened(*, viewer: Standing) -> list[tuple[datetime, str, str]]:
    """(when, what, detail) of what concerns signing in, newest first."""
    found = Event.objects.filter(row=viewer.person or "-", act__in=list(ACTS)).order_by("-at", "-id")
    return [(at, ACTS[act], str(facts.get("what", ""))) for at, act, facts in found.values_list("at", "act", "facts")[:15]]
