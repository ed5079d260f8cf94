"""Sealing what only the addressee may read, with a key that is not in the database."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alongside: words of a mail that waits").derive(
        secret.encode()
    )
    return Fernet(urlsafe_b64encode(derived))


def seal(words: str) -> str:
    """The words as nobody can read them who has the database alone."""
    return _key(settings.SECRET_KEY).encrypt(words.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The words again; None when they were sealed under another key, or were changed."""
    try:
        return _key(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
