"""How somebody signs in, for their own eyes."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.people.models import SignIn


@dataclass(frozen=True)
class Device:
    """An app for codes, or a passkey, that somebody has set up."""

    key: int
    name: str
    since: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What somebody has set up; `codes` is the id of a printed list."""

    app: Device | None = None
    passkeys: list[Device] = field(default_factory=list)
    codes: int | None = None
    codes_left: int = 0

    def __bool__(self) -> bool:
        return bool(self.app or self.passkeys or self.codes is not None)


def factors_of(*, viewer: Standing) -> Factors:
    """The second factors that the viewer has set up: one query."""
    found = Factors()
    for one in Authenticator.objects.filter(user_id=viewer.person or "-").order_by("created_at"):
        if one.type == Authenticator.Type.RECOVERY_CODES:
            found = replace(found, codes=one.pk, codes_left=_left(one))
            continue
        device = Device(one.pk, one.data.get("name", ""), one.created_at, one.last_used_at)
        is_app = one.type == Authenticator.Type.TOTP
        found = replace(found, app=device) if is_app else replace(found, passkeys=[*found.passkeys, device])
    return found


def _left(codes: Authenticator) -> int:
    """How many codes of a list are unused; none where the installation's key that it was made with is lost."""
    from cryptography.fernet import InvalidToken  # only where used: most pages decrypt nothing

    try:
        return len(codes.wrap().get_unused_codes())
    except InvalidToken:
        return 0


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


def sign_ins_of(*, viewer: Standing) -> list[SignIn]:
    """The browsers in which the viewer is signed in now, the one used last first: two queries."""
    rows = list(SignIn.objects.visible_to(viewer).open().filter(person=viewer.person or "-").order_by("-seen_at")[:100])
    real = clock.now() - clock.moved.get()
    alive = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=real)
    keys = set(alive.values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in keys]


def linked_accounts(*, viewer: Standing) -> dict[str, str]:
    """The viewer's accounts elsewhere, by provider, as the provider names them."""
    rows = SocialAccount.objects.filter(user_id=viewer.person or "-").values_list("provider", "extra_data")
    said = ("email", "mail", "userPrincipalName", "name")  # the first that a provider says
    return {provider: str(next((data[word] for word in said if data.get(word)), "")) for provider, data in rows}


ACTS = {
    "people.sign_in": "Signed in",
    "people.add_factor": "Second factor set up",
    "people.remove_factor": "Second factor removed",
    "people.make_codes": "New list of codes made",
    "people.use_code": "A code of the list used",
    "people.free": "Second factors removed by the office",
    "people.note_password": "Password set",
    "people.link": "Other account linked",
    "people.unlink": "Other account removed",
    "people.end_sign_ins": "Signed out elsewhere",
    "people.change_address": "E-mail address changed",
}


class SecurityEvent(NamedTuple):
    """Something that concerns how one signs in."""

    at: datetime
    what: str
    detail: str


def what_happened(*, viewer: Standing) -> list[SecurityEvent]:
    """What concerns signing in, newest first."""
    found = Event.objects.filter(row=viewer.person or "-", act__in=list(ACTS)).order_by("-at", "-id")
    rows = found.values_list("at", "act", "facts")[:15]
    return [SecurityEvent(at, ACTS[act], str(facts.get("what", ""))) for at, act, facts in rows]
