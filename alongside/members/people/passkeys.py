"""Passkeys (WebAuthn): what a browser is asked, and whether what it answers is right. Each question counts for one answer."""

import json
from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from alongside.members.people.models import Person

if TYPE_CHECKING:  # their library comes with all that encrypts: it is loaded where a passkey is made or shown
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestedCredentialData

Question = tuple[str, dict[str, Any]]  # for the browser, and what is kept to look at its answer


def ask_for_new(person: Person) -> Question:
    """Make a passkey, on a device that has none of this person's yet."""
    from fido2.webauthn import PublicKeyCredentialUserEntity

    about = PublicKeyCredentialUserEntity(**get_adapter().get_public_key_credential_user_entity(person))
    options, kept = _server().register_begin(about, list(_passkeys(person).values()), extensions={"credProps": True})
    return json.dumps(dict(options), default=dict), kept


def ask_for_one(person: Person) -> Question:
    """Show one of the person's passkeys."""
    options, kept = _server().authenticate_begin(list(_passkeys(person).values()))
    return json.dumps(dict(options), default=dict), kept


def read_new(kept: dict[str, Any], credential: str) -> dict[str, Any]:
    """The passkey that was made. Raises a good deal when it is none."""
    made = _read(credential)
    _server().register_complete(kept, made)
    return made


def read_one(person: Person, kept: dict[str, Any], credential: str) -> int:
    """The id of the passkey that was shown. Raises a good deal when it is none of theirs."""
    passkeys = _passkeys(person)
    shown = _server().authenticate_complete(kept, list(passkeys.values()), _read(credential))
    return next(key for key, one in passkeys.items() if one.credential_id == shown.credential_id)


def _passkeys(person: Person) -> "dict[int, AttestedCredentialData]":
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return {one.pk: one.wrap().authenticator_data.credential_data for one in found}


def _server() -> "Fido2Server":
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    return Fido2Server(PublicKeyCredentialRpEntity(**get_adapter().get_public_key_credential_rp_entity()))


def _read(credential: str) -> dict[str, Any]:
    """What the browser sent, if it is an object."""
    read = json.loads(credential[:20_000])
    if not isinstance(read, dict):
        raise TypeError(credential[:20])
    return read
