"""Kept documents, for the part of the product whose row they belong to."""

import hashlib

from alongside.ground.documents.models import Document


class Altered(Exception):
    """A kept document is not what was kept: its bytes and its hash differ."""


def kept(kind: str, row: str) -> tuple[bytes, str] | None:
    """The bytes and the hash of the document kept for a row, or nothing. Raises Altered when they do not agree.

    Whoever asks has already been allowed to see the row.
    """
    found = Document.objects.filter(kind=kind, row=row).values_list("pdf", "sha256").first()
    if found is None:
        return None
    pdf, sha256 = bytes(found[0]), found[1]
    if hashlib.sha256(pdf).hexdigest() != sha256:
        raise Altered(f"{kind} of {row} has been altered since it was kept")
    return pdf, sha256
