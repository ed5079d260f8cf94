"""The addresses to which answers go: each says what it answers, and proves that it was us who gave it."""

import hmac
import re
from collections.abc import Iterable
from hashlib import blake2b

from alongside.ground.core.keys import ALPHABET, LENGTH, is_key

PROOF = 8


def proof_of(key: str, secret: str) -> str:
    """What stands behind a key in an address, so that nobody makes one up.

    Source: R29, e-mail in and out. Small letters only, since mail servers change them.
    """
    mark = blake2b(key.encode(), key=secret.encode()[:64], person=b"answers", digest_size=PROOF).digest()
    return "".join(ALPHABET[byte & 31] for byte in mark)


def tagged(address: str, key: str, secret: str) -> str:
    """The address to which an answer to the message with that key goes: answers+KEYPROOF@schools.example.org.

    Source: RFC 5233 (sub-addressing); R29.
    """
    name, _, host = address.partition("@")
    return f"{name}+{key}{proof_of(key, secret)}@{host}"


def keys_in(addresses: Iterable[str], address: str, secret: str) -> list[str]:
    """The keys that those addresses carry rightly, each once.

    Source: as `tagged`.
    """
    found = dict[str, None]()
    name, _, host = address.lower().partition("@")
    for one in addresses if host else ():  # an installation that takes no mail in has no such address
        mailbox, _, where = one.lower().strip().partition("@")
        base, _, tag = mailbox.partition("+")
        key, proof = tag[:LENGTH], tag[LENGTH:]
        is_of_us = base == name and where == host and is_key(key) and proof.isascii()
        if is_of_us and hmac.compare_digest(proof, proof_of(key, secret)):
            found[key] = None
    return [*found]


def keys_of(references: Iterable[str], host: str) -> list[str]:
    """The keys of messages of ours that it refers to, the last first: what it answers stands at the end.

    Source: RFC 5322 section 3.6.4. A key is sixty random bits, which only whoever got the message knows.
    """
    ours = re.compile(rf"<?([{ALPHABET}]{{{LENGTH}}})@{re.escape(host.lower())}>?")
    return [found[1] for one in reversed([*references]) if (found := ours.fullmatch(one.strip().lower()))]
