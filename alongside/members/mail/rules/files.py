"""The files that came with a mail, as they are kept: each under a key that is always the same, so that none is kept twice."""

from hashlib import blake2b

from alongside.ground.core.keys import ALPHABET, LENGTH

MOST_FILES = 20
OF_MAIL = "mail:"


def kind_of_files(mail: str) -> str:
    """The files of a mail are of a kind of their own, by which they are found again.

    Source: R29, e-mail in and out.
    """
    return OF_MAIL + mail


def key_of_file(mail: str, at: int) -> str:
    """The file of a mail at that place has one key, however often it is kept.

    Source: promise 22 (work is safe to do twice).
    """
    return "".join(ALPHABET[byte & 31] for byte in blake2b(f"{mail} {at}".encode(), digest_size=LENGTH).digest())
