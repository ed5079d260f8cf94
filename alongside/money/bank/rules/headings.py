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
TYPE_WORDS = ("type", "transaction type", "entry type", "payment type", "category", "subcategory", "transaction code")
STATUS_WORDS = ("status", "state", "transaction status")
BALANCE_WORDS = (
    "balance", "running balance", "account balance", "balance after", "closing balance", "ledger balance", "current balance",
    "new balance", "balance gbp",
)  # fmt: skip
CURRENCY = re.compile(r"((account|payment|amount|transaction|billing) )?(currency|ccy|curr?)( code)?")
SIGN = re.compile(r"\s*[+/-]{2,3}\s*|(?:[a-z]+ )*(?:sign|direction)(?: .*)?")
CAME, WENT = r"(?:credits?|crdt|cdt|cr|c|in|deposits?|receipts?)", r"(?:debits?|dbit|dbt|db|dr|d|out|withdrawals?|payments?)"
EITHER = re.compile(
    rf"(?:money|paid|amount|payment|is)?(?:{CAME}(?:or|and)?{WENT}|{WENT}(?:or|and)?{CAME})(?:indicator|ind|mark(?:er)?|flag|code|type)?"
)
NOT_POUNDS = re.compile(r"[€$¥]|\((?!\s*gbp)\s*[a-z]{3}\s*\)", re.IGNORECASE)
STATED = re.compile(r"currency\W+([a-z]{3})\b(?<!gbp)", re.IGNORECASE)


Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class StatementColumns:
    """Where in a row the date, the words and the amounts stand: what came (below nothing: went), and what went.

    Which column says which of the two it is, which perhaps does, which says that it is no money (yet) or of which currency,
    and what the account holds then. `heads` are all of them as they stand; `foreign` says that the amounts are not in pounds.
    What the cells tell is added: `sign` is that of what went, `widely` how its direction is read, and `as_signed` leaves a
    line without one to its own sign.
    """

    on: int
    words: tuple[int, ...]
    came: int
    went: int | None
    direction: int | None
    type: int | None
    status: int | None
    currency: int | None
    balance: int | None
    heads: tuple[str, ...]
    foreign: str
    sign: int = 1
    widely: bool = False
    as_signed: bool = False

    @property
    def count(self) -> int:
        """How many columns there are, to the last that has a heading."""
        return max(at for at, head in enumerate(self.heads) if head.strip()) + 1


def columns_of(row: Sequence[str]) -> StatementColumns | None:
    """A statement's columns are found by their headings, in any order; there must be a date and an amount.

    Source: issue "Ground", bank matching ("find columns by heading").
    """
    heads = [re.sub(r"\s*\([^)]*\)|[.:*£\"]", "", one).strip().lower().replace("_", " ") for one in row]

    def at(words: Sequence[str]) -> int | None:
        return next((heads.index(word) for word in words if word in heads), None)

    def like(is_one: re.Pattern[str], bare: str = "") -> int | None:
        return next((at for at, head in enumerate(heads) if is_one.fullmatch(re.sub(bare, "", head) if bare else head)), None)

    on, amount, paid_in, paid_out = at(DATE_WORDS), at(AMOUNT_WORDS), at(IN_WORDS), at(OUT_WORDS)
    came, went = (amount, None) if paid_in is None else (paid_in, paid_out)
    if on is None or came is None:
        return None
    either, signs = like(EITHER, "[^a-z]"), like(SIGN)
    direction, type_of = (signs if either is None else either, at(TYPE_WORDS)) if went is None else (None, None)
    words = tuple(heads.index(word) for word in TEXT_WORDS if word in heads)
    foreign = next((row[one].strip() for one in (came, went) if one is not None and NOT_POUNDS.search(row[one])), "")
    known = (direction, type_of, at(STATUS_WORDS), like(CURRENCY), at(BALANCE_WORDS))
    return StatementColumns(on, words, came, went, *known, tuple(row), foreign)
