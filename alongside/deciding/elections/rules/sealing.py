"""The sealed box. A ballot is sealed before it is stored, to a key of the election that nobody holds: its private half lies in
three envelopes, one for each pair of the three scrutineers, and only the codes of both open one.

A scrutineer's code is made while they look, shown once and kept nowhere; it makes a key of their own, of which the public half
is kept. So an envelope can be written without any code, and the codes need not be made together.

Source: reliability.md section 4; RFC 9180 (HPKE).
"""

import hashlib
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from alongside.ground.core.keys import ALPHABET, new_keys

if TYPE_CHECKING:  # where it runs it is imported only where used: it is large, and most pages seal nothing
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

CODE = re.compile(rf"[{ALPHABET}]{{36}}")
BLOCK = 64  # bytes: a ballot is as long as its block, whatever stands on it
REHEARSAL = b"This box can be opened."


class WrongCode(Exception):
    """Why a code does not open."""


class OpenedBallot(NamedTuple):
    """A ballot: its tracker, and for each contest the candidates chosen, by their number."""

    tracker: str
    choices: tuple[tuple[int, ...], ...]


def new_code() -> str:
    """A scrutineer's code: 180 random bits, in groups that can be read out."""
    letters = "".join(new_keys(3))
    return "-".join(letters[at : at + 6] for at in range(0, len(letters), 6))


def _suite() -> "Suite":
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _private(raw: bytes) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(raw)


def half_of(code: str, election: str) -> "X25519PrivateKey":
    """A code opens in one election alone, however it is typed. Raises WrongCode for what is no code."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    letters = re.sub(r"[\s-]", "", code).lower()
    if not CODE.fullmatch(letters):
        raise WrongCode("A code has six groups of six letters and figures")
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"alongside: scrutineer of {election}".encode())
    return _private(made.derive(letters.encode()))


def public_of(code: str, election: str) -> str:
    """What is kept of a code: enough to write to whoever has it."""
    return _text(half_of(code, election).public_key().public_bytes_raw())


def written_to(public: str, words: bytes, election: str) -> str:
    """Words that only the private half reads."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _text(_suite().encrypt(words, X25519PublicKey.from_public_bytes(b64decode(public)), election.encode()))


def read_with(private: "X25519PrivateKey", sealed: str, election: str) -> bytes:
    """The words again. Raises WrongCode where the key is another, the election is another, or something was changed."""
    from cryptography.exceptions import InvalidTag

    try:
        return _suite().decrypt(b64decode(sealed), private, election.encode())
    except (InvalidTag, ValueError):
        raise WrongCode("This does not open with that key") from None


def rehearsal(public: str, election: str) -> str:
    """The test envelope of a code."""
    return written_to(public, REHEARSAL, election)


def opens_rehearsal(code: str, envelope: str, election: str) -> bool:
    """Before anybody votes, each code has opened a test envelope."""
    try:
        return read_with(half_of(code, election), envelope, election) == REHEARSAL
    except WrongCode:
        return False


def new_box(publics: Sequence[str], election: str) -> tuple[str, dict[tuple[str, str], str]]:
    """The public half of a new key, and its private half in an envelope for each pair of scrutineers, sealed to both in turn."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    secret = private.private_bytes_raw()
    envelopes = {
        (outer, inner): written_to(outer, b64decode(written_to(inner, secret, election)), election)
        for outer, inner in combinations(sorted(publics), 2)
    }
    return _text(private.public_key().public_bytes_raw()), envelopes


def key_from(codes: Iterable[str], envelopes: Mapping[tuple[str, str], str], election: str) -> "X25519PrivateKey":
    """Two codes of different scrutineers open the box, and one never does. Raises WrongCode."""
    halves = {_text((half := half_of(code, election)).public_key().public_bytes_raw()): half for code in codes}
    pair = tuple(sorted(halves))
    if len(pair) != 2 or (pair[0], pair[1]) not in envelopes:
        raise WrongCode("These are not the codes of two scrutineers of this election")
    outer, inner = (halves[public] for public in pair)
    within = read_with(outer, envelopes[pair[0], pair[1]], election)
    return _private(read_with(inner, _text(within), election))


def length_of(candidates: Sequence[int]) -> int:
    """Every ballot of an election is as long as the longest could be: its length tells nothing."""
    longest = _packed(OpenedBallot("0" * 12, tuple(tuple(range(many)) for many in candidates)))
    return -(-len(longest) // BLOCK) * BLOCK


def sealed_ballot(ballot: OpenedBallot, candidates: Sequence[int], public: str, election: str) -> str:
    """A ballot as nobody can read it: filled up to one length, sealed to the election's key."""
    return written_to(public, _packed(ballot).ljust(length_of(candidates)), election)


def opened_ballot(sealed: str, key: "X25519PrivateKey", election: str) -> OpenedBallot:
    """A ballot as it was cast. Raises WrongCode where it was not sealed for this election."""
    told: dict[str, Any] = json.loads(read_with(key, sealed, election))
    return OpenedBallot(told["t"], tuple(tuple(one) for one in told["c"]))


def box_hash(sealed: Iterable[str]) -> str:
    """What fixes a closed box: a hash over its sealed ballots in the order of their bytes, so that it tells nothing of order."""
    return hashlib.sha256("\n".join(sorted(sealed)).encode()).hexdigest()


def _packed(ballot: OpenedBallot) -> bytes:
    return json.dumps({"t": ballot.tracker, "c": ballot.choices}, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
