"""The secret halves of invitations: made here, shown once, and kept only as hashes."""

import hashlib
import secrets

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.ground.core import keys
from alongside.members.people.rules.roles import CODE_ALPHABET, CODE_LENGTH, CODE_OPENS_FOR, read_code

TICKET = signing.TimestampSigner(sep=".", salt="alongside.people.letter")


def new_token() -> str:
    """A link's secret of 160 random bits."""
    return "".join(secrets.choice(keys.ALPHABET) for _ in range(32))


def new_code() -> str:
    """A letter's code of eight characters that nobody confuses."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def hash_of_token(token: str) -> str:
    """What is stored of a token: 160 random bits need neither salt nor stretching."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_of_code(invitation: str, code: str) -> str:
    """What is stored of a code: short, so it is bound to the invitation and to the site's secret."""
    return salted_hmac("alongside.people.code", f"{invitation}:{read_code(code)}", algorithm="sha256").hexdigest()


def is_code(invitation: str, typed: str, code_hash: str) -> bool:
    """Whether somebody typed the code of that invitation."""
    return constant_time_compare(hash_of_code(invitation, typed), code_hash)


def ticket_for(invitation: str) -> str:
    """Stands for the link for an hour once a letter's code was right; nothing of it is stored."""
    return TICKET.sign(invitation)


def invitation_of_ticket(ticket: str) -> str | None:
    """The id of the invitation that a ticket stands for, while it lasts."""
    try:
        return TICKET.unsign(ticket, max_age=CODE_OPENS_FOR)
    except signing.BadSignature:
        return None
