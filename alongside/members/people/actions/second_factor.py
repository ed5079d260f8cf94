"""Second factors: set up, given, taken off. What is kept of them is encrypted with the installation's key."""

import secrets
import struct
from string import digits
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.core.cache import cache
from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.notices.actions import sending as notices
from alongside.members.people import passkeys
from alongside.members.people.actions.sign_ins import end_every_session, tell_person
from alongside.members.people.models import Person
from alongside.members.people.permissions import may_change_details, may_free_person
from alongside.members.people.queries.second_factor import words_of
from alongside.members.people.rules.roles import read_code

WRONG_CODE = "That is not the code. It changes every half minute: type the newest one"
ONCE_ONLY = 4 * 30  # seconds for which a code of an app is not taken again: longer than it is right
NOT_A_PASSKEY = (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error)


@transaction.atomic
def add_app(*, person: Person, secret: str, code: str, by: Standing) -> None:
    """Set up an app that shows codes, for whoever types the code that it shows now. Raises Invalid, Conflict."""
    require(may_change_details(by, person.pk))
    typed = read_code(code, digits)
    app = Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    if not app.wrap().validate_code(typed):
        raise Invalid(code=WRONG_CODE)
    try:
        with transaction.atomic():
            app.save()
    except IntegrityError:
        raise Conflict("You have set up an app already. Take that one off first.") from None
    cache.add(_used(person, typed), 1, timeout=ONCE_ONLY)
    _changed("people.add_factor", person, "An app for codes", by)


@transaction.atomic
def add_passkey(*, person: Person, name: str, asked: dict[str, Any], credential: str, by: Standing) -> None:
    """Set up a passkey that the browser has just made, as it was asked. Raises Invalid when what it sent is not one."""
    require(may_change_details(by, person.pk))
    try:
        made = passkeys.read_new(asked, credential)
    except NOT_A_PASSKEY:
        raise Invalid(credential="Your browser did not make a passkey. Try again, or choose another way") from None
    named = name.strip()[:60] or "Passkey"
    kept = {"name": named, "credential": made}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=kept)
    _changed("people.add_factor", person, f"A passkey: {named}", by)


@transaction.atomic
def make_codes(*, person: Person, by: Standing) -> list[str]:
    """Ten new codes to print, each good for once; the earlier list ends. They are told this once."""
    require(may_change_details(by, person.pk))
    Person.objects.select_for_update().get(pk=person.pk)  # of two at once the second replaces the first
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    seed = {"seed": encrypt(secrets.token_hex(40)), "used_mask": 0, "viewed_at": clock.now().timestamp()}
    made = Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data=seed)
    _changed("people.make_codes", person, "A new list of ten codes", by)
    return [str(code) for code in made.wrap().generate_codes()]


@transaction.atomic
def check_code(*, person: Person, code: str, by: Standing) -> bool:
    """Whether that is a code of the person's app, or an unused one of their list; each works once."""
    require(may_change_details(by, person.pk))
    typed = read_code(code, digits)
    for one in Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
        is_app, right = one.type == Authenticator.Type.TOTP, one.wrap().validate_code(typed)
        if right and (not is_app or cache.add(_used(person, typed), 1, timeout=ONCE_ONLY)):
            Authenticator.objects.filter(pk=one.pk).update(last_used_at=clock.now())
            if not is_app:
                audit.record("people.use_code", row=person.pk, by=by)
            return True
    return False


@transaction.atomic
def check_passkey(*, person: Person, asked: dict[str, Any], credential: str, by: Standing) -> bool:
    """Whether the browser has just shown one of the person's passkeys, as it was asked."""
    require(may_change_details(by, person.pk))
    try:
        one = passkeys.read_one(person, asked, credential)
    except NOT_A_PASSKEY:
        return False
    Authenticator.objects.filter(pk=one).update(last_used_at=clock.now())
    return True


@transaction.atomic
def remove_factor(*, person: Person, factor: Authenticator, by: Standing) -> str:
    """Take one of one's own second factors off; gives what it was. Raises Conflict when it is gone already."""
    require(may_change_details(by, person.pk))
    removed, _ = Authenticator.objects.filter(pk=factor.pk, user=person).delete()
    if not removed:
        raise Conflict("This was removed already.")
    _changed("people.remove_factor", person, what := words_of(factor, viewer=by), by)
    return what


@transaction.atomic
def free_person(*, person: Person, offices: frozenset[str], by: Standing) -> Person:
    """Take every second factor off somebody who has lost theirs, and sign them out everywhere: the office answers for it.

    `offices` are the partnerships in whose office the person works.
    """
    require(may_free_person(by, person.pk, offices))
    Authenticator.objects.filter(user=person).delete()
    Person.objects.filter(pk=person.pk).update(password_proves=False)
    end_every_session(person)
    audit.record("people.free", row=person.pk, facts={"what": f"by {by.name}"}, by=by)
    tell_person(
        person=person,
        what=f"{by.name} has taken your second factors off, because you told the office that you lost them.",
        remedy="If you did not ask for this, tell the office at once. Set up a new one under Signing in and security.",
        by=by,
    )
    return person


@transaction.atomic
def mail_code_to(*, person: Person, code: str, by: Standing) -> None:
    """Send the code that stands beside an own password; the copy that is kept shows dots in its place."""
    if person.email:
        notices.send(
            template="people/second_code.txt", to=person.email, words={"name": person.name}, secret={"code": code}, by=by
        )


def _used(person: Person, code: str) -> str:
    return f"alongside.people.code.used:{person.pk}:{code}"


def _changed(act: str, person: Person, what: str, by: Standing) -> None:
    audit.record(act, row=person.pk, facts={"what": what}, by=by)
    ending = {"people.add_factor": "was set up", "people.make_codes": "was made", "people.remove_factor": "was removed"}
    remedy = "If this was not you, sign in and look under Signing in and security, or tell your partnership’s office."
    tell_person(person=person, what=f"{what} {ending[act]} for your account.", remedy=remedy, by=by)
