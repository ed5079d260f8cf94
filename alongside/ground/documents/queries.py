"""Kept documents, and what was opened with a code, for the room whose row they belong to: it has asked who may see it."""

import hashlib
from typing import Any

from django.db.models import QuerySet

from alongside.ground.core import clock
from alongside.ground.documents.models import Altered, Document, IssuedPaper, OpeningCode
from alongside.ground.documents.rules import CODE_LASTS


def kept(kind: str, row: str) -> bytes | None:
    """The document kept for a row, or nothing. Raises Altered when its bytes and its hash do not agree."""
    found = Document.objects.filter(kind=kind, row=row).first()
    if found and hashlib.sha256(bytes(found.pdf)).hexdigest() != found.sha256:
        raise Altered(f"{kind} of {row} has been altered since it was kept")
    return bytes(found.pdf) if found else None


def opened_with(kind: str, proof: str) -> QuerySet[Any]:
    """The ids of the papers of a kind that the code of that proof opens today, for another question to join."""
    good = OpeningCode.objects.filter(kind=kind, replaced_at=None, made_at__gt=clock.now() - CODE_LASTS)
    return good.filter(code_hash=proof).values("row")


def proven(paper: IssuedPaper, proof: str) -> bool:
    """Whether a session opened this paper with a code that is good today."""
    return bool(proof) and opened_with(paper.kind, proof).filter(row=paper.pk).exists()
