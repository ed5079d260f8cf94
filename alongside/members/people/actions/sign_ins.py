"""With which address people sign in, where they are signed in, and the end of it."""

from datetime import timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import moment
from alongside.members.notices.actions import sending as notices
from alongside.members.people.models import Person, SignIn
from alongside.members.people.permissions import may_change_details

SECURITY = "/me/security/"
KNOWN_FOR = timedelta(days=180)
HOW = {
    "password": "with your password", "code": "with a code sent to your address", "link": "by the link of an invitation",
    "microsoft": "with Microsoft", "google": "with Google",
}  # fmt: skip


@transaction.atomic
def tell_person(
    *, person: Person, what: str, remedy: str = "", to: str = "", template: str = "people/security.txt", by: Standing
) -> None:
    """Write to somebody that the way they sign in has changed."""
    if address := to or person.email:
        words = {"name": person.name, "what": what, "when": moment(clock.now()), "remedy": remedy, "address": settings.ADDRESS}
        notices.send(template=template, to=address, words=words, person=person.pk, link=SECURITY, by=by)


@transaction.atomic
def begin_sign_in(*, person: Person, session_key: str, device: str, how: str, by: Standing) -> SignIn:
    """Note that somebody has signed in, and write to them when they did so on a kind of device not seen for half a year."""
    now = clock.now()
    before = SignIn.objects.filter(person=person, began_at__gte=now - KNOWN_FOR)
    is_new = before.exists() and not before.filter(device=device).exists()
    SignIn.objects.filter(session_key=session_key).exclude(session_key="").update(ended_at=now, session_key="")
    row = SignIn.objects.create(person=person, session_key=session_key, device=device, how=how[:20], began_at=now, seen_at=now)
    what = f"{device}, {HOW.get(how, how)}"
    audit.record("people.sign_in", row=person.pk, facts={"what": what}, by=by)
    if is_new:
        tell_person(person=person, what=what, template="people/new_sign_in.txt", by=by)
    return row


@transaction.atomic
def keep_sign_in(*, sign_in: str, session_key: str, by: Standing) -> None:
    """Note that a browser is in use, and under which key its session stands now."""
    SignIn.objects.filter(pk=sign_in, ended_at=None).update(session_key=session_key, seen_at=clock.now())


@transaction.atomic
def end_sign_in(*, sign_in: SignIn, by: Standing) -> SignIn:
    """Sign one browser out. Raises Conflict when it is signed out already."""
    require(may_change_details(by, sign_in.person_id))
    if not SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=clock.now()):
        raise Conflict("That browser is signed out already.")
    Session.objects.filter(session_key=sign_in.session_key).delete()
    audit.record("people.end_sign_ins", row=sign_in.person_id, facts={"what": sign_in.device}, by=by)
    return sign_in


@transaction.atomic
def end_other_sign_ins(*, person: Person, but: str, by: Standing) -> None:
    """Sign every browser out but the one with that sign-in; its session must then be told the person's new mark."""
    require(may_change_details(by, person.pk))
    end_every_session(person, but)
    audit.record("people.end_sign_ins", row=person.pk, facts={"what": "everywhere else"}, by=by)


@transaction.atomic
def close_sign_in(*, sign_in: str, by: Standing) -> None:
    """Note that somebody has signed out in that browser."""
    SignIn.objects.filter(pk=sign_in, ended_at=None).update(ended_at=clock.now(), session_key="")


@transaction.atomic
def note_password(*, person: Person, is_own: bool | None, but: str, by: Standing) -> None:
    """Note that a password was set: chosen by the person (counts beside a mailed code), or set anew through their mailbox.

    None leaves that as it was. Every other browser is signed out with it.
    """
    if is_own is not None:
        Person.objects.filter(pk=person.pk).update(password_proves=is_own)
        person.password_proves = is_own
    now = clock.now()
    SignIn.objects.filter(person=person, ended_at=None).exclude(pk=but).update(ended_at=now, session_key="")
    how = "through a link in an e-mail" if is_own is False else ""
    audit.record("people.note_password", row=person.pk, facts={"what": how}, by=by)
    remedy = "If this was not you, set a new one at once and tell your partnership’s office."
    tell_person(person=person, what=f"A password was set for your account {how}".strip() + ".", remedy=remedy, by=by)


@transaction.atomic
def unlink(*, person: Person, provider: str, by: Standing) -> None:
    """Take an account elsewhere off: one no longer signs in with it. Raises Conflict when there is none."""
    require(may_change_details(by, person.pk))
    removed, _ = SocialAccount.objects.filter(user=person, provider=provider).delete()
    if not removed:
        raise Conflict("That account was removed already.")
    audit.record("people.unlink", row=person.pk, facts={"what": provider.capitalize()}, by=by)


@transaction.atomic
def note_link(*, person: Person, provider: str, by: Standing) -> None:
    """Write down, and tell the person, that an account elsewhere now signs them in."""
    audit.record("people.link", row=person.pk, facts={"what": provider.capitalize()}, by=by)
    remedy = "If this was not you, remove it under Signing in and security, or tell your partnership’s office."
    what = f"Your {provider.capitalize()} account now signs you in to Alongside."
    tell_person(person=person, what=what, remedy=remedy, by=by)


@transaction.atomic
def mail_address_code(*, person: Person, email: str, code: str, by: Standing) -> None:
    """Send the code that proves a new address, or, where somebody has that address already, a word to them."""
    require(may_change_details(by, person.pk))
    address = email.strip().lower()
    taken = Person.objects.filter(email=address).exists()
    template = "people/address_taken.txt" if taken else "people/address_code.txt"
    notices.send(template=template, to=address, words={"name": person.name}, secret={"code": code}, by=by)


@transaction.atomic
def change_address(*, person: Person, email: str, but: str, by: Standing) -> None:
    """Sign in with another address from now on, which the person has proven; every other browser is signed out.

    The old address is told, and is free for whoever takes it over. Raises Invalid when somebody has the new one.
    """
    require(may_change_details(by, person.pk))
    address, old = email.strip().lower(), person.email or ""
    try:
        with transaction.atomic():
            changed = Person.objects.exclude(email=address).filter(pk=person.pk).update(email=address)
    except IntegrityError:
        changed = 0
    if not changed:
        raise Invalid(email="This address cannot be used. Choose another one")
    person.email = address
    end_every_session(person, but)
    audit.record("people.change_address", row=person.pk, by=by)
    what = "You now sign in to Alongside with another e-mail address."
    remedy = "If this was not you, tell your partnership’s office at once."
    for to in filter(None, (old, address)):
        tell_person(person=person, what=what, remedy=remedy, to=to, by=by)


def end_every_session(person: Person, but: str = "") -> None:
    """Put an end to a person's sessions, recorded or not: none of them knows the new mark."""
    open_now = SignIn.objects.filter(person=person, ended_at=None).exclude(pk=but)
    Session.objects.filter(session_key__in=[key for key in open_now.values_list("session_key", flat=True) if key]).delete()
    open_now.update(ended_at=clock.now(), session_key="")
    person.session_mark = keys.new_key()
    Person.objects.filter(pk=person.pk).update(session_mark=person.session_mark)
