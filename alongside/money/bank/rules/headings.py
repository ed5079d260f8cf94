"""How banks head the columns of their statements."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DATE_WORDS = (
    "date", "transaction date", "completed date", "date completed", "completed", "posting date", "posted date", "date posted",
    "posted", "booking date", "booked", "value date", "entry date", "cleared date", "processed date", "settlement date",
    "effective date", "payment date", "started date",
)  # fmt: skip
TEXT_WORDS = (
    "description", "transaction description", "narrative", "narrative #1", "narrative 1", "details", "transaction details",
    "memo", "particulars", "counter party", "counterparty name", "payee", "name", "narrative #2", "narrative 2",
    "narrative #3", "narrative 3", "reference", "payment reference", "bank reference", "customer reference",
    "transaction reference", "notes", "type", "transaction type",
)  # fmt: skip
IN_WORDS = ("paid in", "money in", "credit", "credit amount", "credits", "amount in", "receipts", "in", "deposit", "deposits")
OUT_WORDS = (
    "paid out", "money out", "debit", "debit amount", "debits", "amount out", "payments", "out", "withdrawal", "withdrawals",
)  # fmt: skip
AMOUNT_WORDS = ("amount", "value", "transaction amount", "amount gbp", "net amount")
DIRECTION_WORDS = ("dr/cr", "cr/dr", "d/c", "c/d", "dr cr", "debit/credit", "credit/debit", "direction")
TYPE_WORDS = ("type", "transaction type")
STATUS_WORDS = ("status", "state", "transaction status")


@dataclass(frozen=True)
class StatementColumns:
    """Where in a row the date, the words and the amounts stand: what came (below nothing: went), and what went; which
    column says which of the two it is, which perhaps does, and which says that it is no money (yet); and how many there are."""

    on: int
    words: tuple[int, ...]
    came: int
    went: int | None
    direction: int | None = None
    type: int | None = None
    status: int | None = None
    count: int = 0


def columns_of(row: Sequence[str]) -> StatementColumns | None:
    """A statement's columns are found by their headings, in any order; there must be a date and an amount.

    Source: issue "Ground", bank matching ("find columns by heading").
    """
    heads = [re.sub(r"\s*\([^)]*\)|[.:*£\"]", "", one).strip().lower().replace("_", " ") for one in row]

    def at(words: Sequence[str]) -> int | None:
        return next((heads.index(word) for word in words if word in heads), None)

    on, amount, paid_in, paid_out = at(DATE_WORDS), at(AMOUNT_WORDS), at(IN_WORDS), at(OUT_WORDS)
    came, went = (amount, None) if paid_in is None else (paid_in, paid_out)
    if on is None or came is None:
        return None
    direction, type_of = (at(DIRECTION_WORDS), at(TYPE_WORDS)) if went is None else (None, None)
    words = tuple(heads.index(word) for word in TEXT_WORDS if word in heads)
    count = max(at for at, head in enumerate(heads) if head) + 1
    return StatementColumns(on, words, came, went, direction, type_of, at(STATUS_WORDS), count)
