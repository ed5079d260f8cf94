"""Opening an invoice from the mail: its number and a code, no account."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.money.invoices.models.invoices import Invoice, OpeningCode

TRIES, PAUSE = 10, timedelta(hours=1)
READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v", "-": None, " ": None})


@dataclass(frozen=True)
class Code:
    """A new code: 60 random bits; as it is typed, and the hash that is kept."""

    key: str

    @property
    def shown(self) -> str:
        """In groups of four, as a person reads it."""
        return "-".join(self.key[start : start + 4] for start in range(0, keys.LENGTH, 4))

    @property
    def hashed(self) -> str:
        """What is kept."""
        return hashlib.sha256(self.key.encode()).hexdigest()


def new_code() -> Code:
    """A code that nobody can guess."""
    return Code(keys.new_key())


def read_code(text: str) -> Code:
    """The code that somebody typed, however they grouped it and whichever look-alike they read."""
    return Code(text.strip().lower().translate(READ_AS)[:60])


@dataclass(frozen=True)
class Opened:
    """Whether number and code belong together: the invoice with the proof for the session, or the reason why not."""

    invoice: Invoice | None = None
    proof: str = ""
    why: str = ""


@transaction.atomic
def open_invoice(*, reference: str, code: str, typed: bool = True, by: Standing) -> Opened:
    """Try a code on an invoice. Ten wrong ones in an hour close the form for this invoice; the mail's own link still works."""
    given, now = read_code(code), clock.now()
    opening = OpeningCode.objects.select_related("invoice").filter(invoice__reference=reference.strip().upper()).first()
    wrong = Opened(why="This number and this code do not belong together. Check both in our latest e-mail about the invoice.")
    if opening is None:
        return wrong
    if typed and opening.wrong >= TRIES and opening.wrong_from and now - opening.wrong_from < PAUSE:
        return Opened(
            why="Too many wrong codes have been tried on this invoice. Follow the link in our e-mail, or try again in an hour."
        )
    if secrets.compare_digest(given.hashed, opening.code_hash):
        OpeningCode.objects.filter(pk=opening.pk).update(wrong=0, wrong_from=None)
        return Opened(opening.invoice, opening.code_hash)
    same = OpeningCode.objects.filter(pk=opening.pk)
    if not same.filter(wrong_from__gt=now - PAUSE).update(wrong=F("wrong") + 1):
        same.filter(Q(wrong_from=None) | Q(wrong_from__lte=now - PAUSE)).update(wrong=1, wrong_from=now)
    return wrong


def proven(invoice: Invoice, proof: str) -> bool:
    """Whether the session opened this invoice with the code that is good today."""
    good = OpeningCode.objects.filter(invoice=invoice).values_list("code_hash", flat=True).first()
    return secrets.compare_digest(proof, good) if proof and good else False
