"""A bank's statement as CSV: whatever the bank calls its columns, each line is read or named with what is wrong."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from alongside.ground.core.choice import Choice
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import plural

DATE_WORDS = (
    "date",
    "transaction date",
    "posting date",
    "posted date",
    "value date",
    "entry date",
    "date posted",
    "booking date",
)
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
DATE_FORMS = (
    "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d %b %Y", "%d %b %y", "%d-%b-%Y",
    "%d-%b-%y", "%d/%b/%Y", "%d %B %Y", "%Y/%m/%d",
)  # fmt: skip
WHAT_IT_IS = "Enter what it is, like: bank charges"
LOOK_FOR_HEADINGS, MOST_WORDS, MOST_LINES = 25, 300, 20_000
NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


class LineState(Choice):
    """How a bank line stands: nobody has looked yet, it is booked, or it is none of ours."""

    WAITING = "waiting", "Waiting"
    BOOKED = "booked", "Booked"
    IGNORED = "ignored", "None of ours"


MOVES = {
    LineState.WAITING: {
        LineState.BOOKED: "it is booked to invoices, held for a school, or set against a refund",
        LineState.IGNORED: "it is none of the fees' business, and why is said",
    },
    LineState.IGNORED: {LineState.WAITING: "it is looked at again"},
}


@dataclass(frozen=True)
class BankEntry:
    """One good line of a statement, as it is stored; `amount` is negative for money out. `digest` remembers it."""

    position: int
    on: date
    words: str
    amount: int
    digest: str = ""


@dataclass(frozen=True)
class StatementColumns:
    """Where in a row the date, the words and the amounts stand: what came (below nothing: went), and what went."""

    on: int
    words: tuple[int, ...]
    came: int
    went: int | None


@dataclass(frozen=True)
class BadLine:
    """One line that cannot be taken, and why."""

    line: int
    reference: str
    why: str


class BadLines(Invalid):
    """The lines for which a file is not taken: all of it is, or nothing."""

    def __init__(self, lines: list[BadLine]) -> None:
        wrong = plural(len(lines), "line needs", "lines need")
        super().__init__(file=f"Nothing was read: {wrong} a correction. Correct those below in the file, then choose it again")
        self.lines = lines


def read_amount(text: str) -> int:
    """An amount is read as banks write it: 1,500.00 or £1500, and -25, (25.00) or 25.00 DR for money out. Pence.

    Source: issue "Ground", bank matching. Raises ValueError when it is none.
    """
    bare = text.strip().upper().replace("£", "").replace("GBP", "").replace("\u2212", "-").strip()
    out = bare.startswith(("-", "(")) or bare.endswith(("-", "DR", "D"))
    if bare.startswith("(") != bare.endswith(")"):
        raise ValueError(f"{text!r} is not an amount")
    bare = bare.strip("()").removesuffix("CR").removesuffix("DR").removesuffix("D").removesuffix("C").strip().strip("+-").strip()
    match = NUMBER.fullmatch(bare.replace(" ", ""))
    if not match:
        raise ValueError(f"{text[:40]!r} is not an amount")
    pence = int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))
    return -pence if out else pence


def read_day(text: str) -> date:
    """A day is read as British banks write it: the day first, unless the year comes first.

    Source: issue "Ground", bank matching. Raises ValueError when it is none.
    """
    bare = " ".join(text.replace("T", " ").split()) if re.match(r"\d{4}-\d\d-\d\dT", text) else " ".join(text.split())
    bare = re.sub(r" \d{1,2}:\d\d(:\d\d)?$", "", re.sub(r"\b(Sept)\b", "Sep", bare))
    for form in DATE_FORMS:
        try:
            return datetime.strptime(bare, form).date()
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is not a day, like 03/05/2022")


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
    return StatementColumns(on, tuple(heads.index(word) for word in TEXT_WORDS if word in heads), came, went)


def read_statement(text: str, today: date) -> tuple[list[BankEntry], list[BadLine]]:
    """A statement is taken whole or not at all: every line that cannot be read is named with what is wrong.

    Source: issue "Ground", bank matching; promise 17. Lines without an amount (a balance carried forward) are passed over.
    """
    found = _rows(text.lstrip("\ufeff"))
    if found is None:
        return [], [BadLine(1, "", "There is no line of headings with a date and an amount, or money in and out")]
    rows, columns = found
    entries: list[BankEntry] = []
    bad: list[BadLine] = []
    for line, cells in rows:
        try:
            if (entry := _entry(line, cells, columns, today)) is not None:
                entries.append(entry)
        except ValueError as problem:
            bad.append(BadLine(line, " ".join(cells)[:40], str(problem)))
    if len(entries) > MOST_LINES:
        bad.append(BadLine(1, "", f"A statement of at most {MOST_LINES:,} lines can be read at once"))
    if not entries and not bad:
        bad.append(BadLine(1, "", "There is no line with an amount under the headings"))
    return ([], bad) if bad else (remembered(entries), [])


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], StatementColumns] | None:
    for delimiter in (",", ";", "\t", "|"):
        reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
        try:
            rows = [(reader.line_num, cells) for cells in reader]
        except csv.Error:
            continue
        for at, (_, cells) in enumerate(rows[:LOOK_FOR_HEADINGS]):
            if columns := columns_of(cells):
                return rows[at + 1 :], columns
    return None


def _entry(line: int, cells: Sequence[str], columns: StatementColumns, today: date) -> BankEntry | None:
    def cell(at: int | None) -> str:
        return cells[at].strip() if at is not None and at < len(cells) else ""

    came, went = (read_amount(cell(at)) if cell(at) else 0 for at in (columns.came, columns.went))
    if came and went:
        raise ValueError("This line has money in and money out: it must be one of the two")
    if not came and not went:
        return None
    if not cell(columns.on):
        raise ValueError("This line has an amount and no date")
    on = read_day(cell(columns.on))
    if on > today:
        raise ValueError("This line is dated in the future: are day and month the wrong way round?")
    if on.year < 2000:
        raise ValueError("This line is dated before the year 2000")
    words = list(dict.fromkeys(" ".join(cell(at).removeprefix("'").split()) for at in columns.words))
    return BankEntry(line, on, " · ".join(one for one in words if one)[:MOST_WORDS], came - abs(went))


def remembered(entries: Iterable[BankEntry]) -> list[BankEntry]:
    """The same line read again adds nothing; two equal lines of one statement are two.

    Source: issue "Ground", bank matching ("same file again adds none: hash of line and ordinal").
    """
    seen: Counter[tuple[date, int, str]] = Counter()
    found = []
    for one in entries:
        same = (one.on, one.amount, one.words.upper())
        seen[same] += 1
        digest = hashlib.sha256(f"{one.on.isoformat()}|{one.amount}|{same[2]}|{seen[same]}".encode()).hexdigest()
        found.append(replace(one, digest=digest))
    return found
