"""Numbers without a gap, keeping what was typeset, codes that open a paper; called by the deeds of the rooms above."""

import hashlib
import secrets
from collections.abc import Sequence

from django.db import models, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.documents.models import Document, IssuedPaper, OpeningCode
from alongside.ground.documents.queries import kept
from alongside.ground.documents.rules import hash_of_code, is_good
from alongside.ground.documents.typesetting import typeset
from alongside.ground.web.later import later
from alongside.ground.web.models import lock


def take_numbers(series: models.Model, column: str = "last", count: int = 1) -> range:
    """The next numbers of a series. Its row, which keeps the last one in that column, is held until the transaction ends:
    numbers are undone together with the papers that they stand on, so none is lost.
    """
    lock(series)
    last = getattr(series, column)
    type(series)._default_manager.filter(pk=series.pk).update(**{column: last + count})
    return range(last + 1, last + count + 1)


@transaction.atomic
def keep(*, kind: str, row: str, pdf: bytes, partnership: str = "", by: Standing) -> None:
    """Keep a PDF for a row, with its hash; what is kept already stays as it is."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    made = {"sha256": sha256, "pdf": pdf, "made_at": clock.now()}
    if Document.objects.get_or_create(kind=kind, row=row, defaults=made)[1]:
        audit.record("documents.keep", row=row, partnership=partnership, facts={"kind": kind, "sha256": sha256}, by=by)


@transaction.atomic
def pdf_of(*, paper: IssuedPaper, by: Standing) -> bytes:
    """The kept PDF of an issued paper, typeset now if it is not there yet. Raises Altered when it is not what was issued."""
    facts = paper.checked()
    if (there := kept(paper.kind, paper.pk)) is not None:
        return there
    pdf = typeset(paper.TEMPLATE, paper.said(facts), dated=paper.issued_on)
    of, system = paper.partnership_id, Standing.system(by.person or by.on_behalf_of)
    keep(kind=paper.kind, row=paper.pk, pdf=pdf, partnership=of, by=system)
    return pdf


def typeset_later(paper: IssuedPaper) -> None:
    """Typeset an issued paper and keep it, once the transaction is stored."""
    later("documents.typeset_paper", paper.kind, paper.pk)


def new_codes(papers: Sequence[IssuedPaper]) -> dict[str, str]:
    """A new code for each paper, by the paper's id: nobody can guess it. Those of earlier messages go on opening it."""
    codes = dict(zip([one.pk for one in papers], keys.new_keys(len(papers)), strict=True))
    OpeningCode.objects.bulk_create(
        [OpeningCode(kind=one.kind, row=one.pk, code_hash=hash_of_code(codes[one.pk])) for one in papers], batch_size=500
    )
    return codes


def replace_codes(paper: IssuedPaper) -> None:
    """No code that was sent until now opens the paper any more."""
    OpeningCode.objects.filter(kind=paper.kind, row=paper.pk, replaced_at=None).update(replaced_at=clock.now())


class Ended(Exception):
    """The code opened the paper once: it was replaced, or is too old."""

    def __init__(self, *, replaced: bool) -> None:
        self.replaced = replaced


def try_code(paper: IssuedPaper, code: str) -> str:
    """Try a code on a paper: gives the proof for the session, or nothing when it is wrong. Raises Ended where it was right
    once. Nobody guesses one (60 bits, and a page lets an address try 20 a minute), so strangers' tries close it for nobody.
    """
    proof = hash_of_code(code)
    codes = OpeningCode.objects.filter(kind=paper.kind, row=paper.pk)
    fits = next((one for one in codes if secrets.compare_digest(proof, one.code_hash)), None)
    if fits and not is_good(fits.made_at, fits.replaced_at, clock.now()):
        raise Ended(replaced=fits.replaced_at is not None)
    return proof if fits else ""
