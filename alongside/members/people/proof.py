"""What this browser's session says about the person in it: by what they signed in, and when they gave a second factor."""

from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.addresses import PROVEN
from alongside.members.people import tokens
from alongside.members.people.actions import sign_ins
from alongside.members.people.models import Person
from alongside.members.people.rules.roles import read_code
from alongside.members.people.rules.second_factor import device_words, is_proof_fresh

SIGN_IN = "sign_in"  # [id of the SignIn, the session's key when it was last noted, when that was]
MAILED = "mailed_code"  # {for what, hash, until, tries}
NOTED_EVERY = 15 * 60
TRIES_AT_A_MAILED_CODE = 3


def seconds() -> float:
    """Real time, whatever a demonstration's clock says."""
    return (clock.now() - clock.moved.get()).timestamp()


def is_proven(request: HttpRequest) -> bool:
    """Whether a second factor was given in this session, and still counts."""
    return is_proof_fresh(request.session.get(PROVEN), seconds(), settings.SECOND_FACTOR_LASTS)


def note_proof(request: HttpRequest) -> None:
    """The person in this browser has just given a second factor; the session gets a new key with it."""
    request.session.cycle_key()
    request.session[PROVEN] = seconds()
    request.session.pop(MAILED, None)


def how_signed_in(request: HttpRequest, person: Person) -> str:
    """'password', 'code', 'microsoft', 'google', or 'link' for somebody who came in by an invitation."""
    records = get_authentication_records(request, person)
    if not records:
        return "link"
    return str(records[-1].get("provider") or records[-1]["method"])


def is_by_own_password(request: HttpRequest, person: Person) -> bool:
    """Whether somebody signed in by a password that is not known to whoever merely reads their mail."""
    by_password = any(one["method"] == "password" for one in get_authentication_records(request, person))
    return by_password and person.password_proves


def begin(request: HttpRequest, person: Person) -> None:
    """Note that somebody has signed in here."""
    if not request.session.session_key:
        request.session.create()
    by = Standing(person=person.pk, name=person.name)
    key = str(request.session.session_key)
    device = device_words(request.headers.get("User-Agent", ""))
    row = sign_ins.begin_sign_in(person=person, session_key=key, device=device, how=how_signed_in(request, person), by=by)
    request.session[SIGN_IN] = [row.pk, key, seconds()]


def keep(request: HttpRequest, who: Standing) -> None:
    """Note now and then that this browser is still in use, and at once when its session has got a new key."""
    row, key, seen = request.session.get(SIGN_IN) or ("", "", 0.0)
    if row and (key != request.session.session_key or seconds() - seen > NOTED_EVERY):
        sign_ins.keep_sign_in(sign_in=row, session_key=str(request.session.session_key), by=who)
        request.session[SIGN_IN] = [row, request.session.session_key, seconds()]


def sign_in_of(request: HttpRequest) -> str:
    """The id of this browser's own sign-in, or nothing."""
    return str((request.session.get(SIGN_IN) or [""])[0])


def may_try(request: HttpRequest, action: str, person: Person) -> bool:
    """Count one try; of many at once, in all processes, no more than the limit are let through."""
    return bool(ratelimit.consume(request, action=action, key=person.pk))


def forget_tries(request: HttpRequest, action: str, person: Person) -> None:
    """Whoever was right starts anew."""
    ratelimit.clear(request, action=action, key=person.pk)


def mail_code(request: HttpRequest, what: str, about: str = "") -> str:
    """A new code for this session only; what is kept of it is a hash."""
    code = tokens.new_code()
    until = seconds() + settings.MAILED_CODE_LASTS
    request.session[MAILED] = {"for": what, "about": about, "hash": _hash(request, what, code), "until": until, "tries": 0}
    return code


def waits_for_code(request: HttpRequest, what: str) -> str | None:
    """What a code that was mailed for this is about, while it can be typed; None when none was."""
    mailed = request.session.get(MAILED) or {}
    open_now = mailed.get("for") == what and seconds() < mailed["until"] and mailed["tries"] < TRIES_AT_A_MAILED_CODE
    return str(mailed["about"]) if open_now else None


def is_mailed_code(request: HttpRequest, what: str, typed: str) -> bool:
    """Whether somebody typed the code that was mailed; it works once, and three tries are left to find it."""
    if waits_for_code(request, what) is None:
        return False
    mailed = request.session[MAILED]
    request.session[MAILED] = {**mailed, "tries": mailed["tries"] + 1}
    if not constant_time_compare(mailed["hash"], _hash(request, what, typed)):
        return False
    del request.session[MAILED]
    return True


def _hash(request: HttpRequest, what: str, code: str) -> str:
    return salted_hmac("alongside.people.mailed", f"{request.user.pk}:{what}:{read_code(code)}", algorithm="sha256").hexdigest()


def page_before(request: HttpRequest) -> str:
    """The page whose form was sent: the address itself may be one that only a button opens."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.path and before.netloc == request.get_host() else request.get_full_path()


def with_next(name: str, onward: str) -> str:
    """The address of a page that knows where to go on."""
    return reverse(name) + (f"?{urlencode({'next': onward})}" if onward else "")
