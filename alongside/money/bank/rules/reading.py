"""A bank's statement as CSV: whatever the bank calls its columns, each line is read or named with what is wrong."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import kept
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import day_of, plural
from alongside.money.bank.rules.headings import StatementColumns, columns_of

CAME = frozenset("cr c credit credits in received deposit".split())
WENT = frozenset("dr d db debit debits out sent paid withdrawal".split())
IS_MONEY = frozenset(
    ("", "completed", "complete", "settled", "posted", "booked", "cleared", "success", "successful", "paid", "ok")
)
NO_MONEY = frozenset(
    "reverted declined pending failed cancelled canceled reversed refused rejected returned authorised authorized expired".split()
)
SUM = re.compile(
    r"(?:(?:opening|closing|starting|ending|previous|final|statement|ledger|available|current|your|new) )*"
    r"(?:balance|sub ?totals?|(?:grand )?totals?)(?: (?:brought|carried) forward| [bc]f| (?:paid|money) (?:in|out)"
    r"| (?:credits?|debits?|payments|receipts))?(?: (?:as at|at|on|for))?|(?:balance )?(?:brought|carried) forward|[bc]f"
)
DATE_FORMS = (
    "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d %b %Y", "%d %b %y", "%d-%b-%Y",
    "%d-%b-%y", "%d/%b/%Y", "%d %B %Y", "%Y/%m/%d",
)  # fmt: skip
WHAT_IT_IS = "Enter what it is, like: bank charges"
NO_HEADINGS = (
    "There is no line of headings with a date and an amount, or money in and out: "
    "add a first line that names the columns, such as Date,Description,Amount"
)
OPEN_QUOTE = "The quotation marks of this line cannot be read: is one opened and not closed?"
LOOK_FOR_HEADINGS, MOST_WORDS, MOST_LINES = 25, 300, 20_000
ZONED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)? ?(Z|UTC|[+-]\d\d:?\d\d)", re.ASCII)
TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d([.,]\d+)?)?( ?[AaPp][Mm])?( ?(GMT|BST))?$", re.ASCII)
NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


class LineState(Choice):
    """How a bank line stands: nobody has looked yet, it is booked, or it is not ours."""

    WAITING = "waiting", "Waiting"
    BOOKED = "booked", "Booked"
    IGNORED = "ignored", "Not ours"


LOOKED = ("bank.book_bank_line", "bank.ignore_bank_line")  # as the log names what may become of a line


class NotOurs(Choice):
    """What a line is that is none of the fees' business."""

    CHARGES = "charges", "Bank charges"
    INTEREST = "interest", "Interest"
    GRANT = "grant", "A grant or other income"
    TRANSFER = "transfer", "A transfer between your own accounts"
    BILL = "bill", "A bill that was paid"
    OTHER = "other", "Something else"


def kinds_of(amount: int) -> list[NotOurs]:
    """Money in is no charge and no bill of ours, money out no grant to us; interest and transfers go either way.

    Source: evidence section on reconciling.
    """
    never = {NotOurs.CHARGES, NotOurs.BILL} if amount > 0 else {NotOurs.GRANT}
    return [one for one in NotOurs if one not in never]


def not_ours(kind: str, words: str) -> str:
    """A line that is none of the fees' business says what it is: one of the usual kinds, or in words.

    Source: evidence section on reconciling (each line of a statement is accounted for). Empty where neither says it.
    """
    label = "" if kind in {"", NotOurs.OTHER} else NotOurs(kind).label
    return ": ".join(one for one in (label, words.strip()) if one)


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
class BadLine:
    """One line that cannot be taken, and why."""

    line: int
    reference: str
    why: str


class BankStatement(NamedTuple):
    """What a file holds: its lines of money, those for which nothing of it is taken, and those that are left out, with why."""

    entries: list[BankEntry]
    bad: list[BadLine]
    left_out: list[BadLine]


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
    pence = kept(int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0")))
    return -pence if out else pence


def read_day(text: str) -> date:
    """A day is read as British banks write it: the day first, unless the year comes first; a moment of a zone is a day of ours.

    Source: issue "Ground", bank matching. Raises ValueError when it is none.
    """
    bare = " ".join(text.split())
    if ZONED.fullmatch(bare):
        return day_of(datetime.fromisoformat(bare.replace(" ", "T", 1).replace(" ", "").replace("UTC", "Z")))
    bare = TIME.sub("", re.sub(r"\b(Sept)\b", "Sep", bare))
    for form in DATE_FORMS:
        try:
            return datetime.strptime(bare, form).date()
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is not a day, like 03/05/2022")


def read_statement(text: str, today: date) -> BankStatement:
    """A statement is taken whole or not at all: every line that cannot be read is named with what is wrong.

    Source: issue "Ground", bank matching; promise 17. Lines that are no money (balances, totals, what was declined or is
    pending) are left out, and named with why.
    """
    rows, columns, bad = _rows(text.lstrip("\ufeff"))
    if columns is None:
        return BankStatement([], bad, [])
    columns = _with_direction(rows, columns)
    entries: list[BankEntry] = []
    left_out: list[BadLine] = []
    for line, cells in rows:
        said = " ".join(filter(None, map(str.strip, cells)))[:40]
        try:
            read = _entry(line, cells, columns, today)
        except ValueError as problem:
            bad.append(BadLine(line, said, str(problem)))
            continue
        if isinstance(read, BankEntry):
            entries.append(read)
        elif said:
            left_out.append(BadLine(line, said, read))
    if len(entries) > MOST_LINES:
        bad.append(BadLine(1, "", f"A statement of at most {MOST_LINES:,} lines can be read at once"))
    if not entries and not bad:
        bad.append(BadLine(1, "", "There is no line with an amount under the headings"))
    return BankStatement([], bad, []) if bad else BankStatement(remembered(entries), [], left_out)


Rows = list[tuple[int, list[str]]]


def _rows(text: str) -> tuple[Rows, StatementColumns | None, list[BadLine]]:
    """The rows below the headings, each with the line on which it begins; without headings none, and why."""
    for delimiter in (",", ";", "\t", "|"):
        rows, broken = _cells(text, delimiter)
        for at, (_, cells) in enumerate(rows[:LOOK_FOR_HEADINGS]):
            if columns := columns_of(cells):
                return rows[at + 1 :], columns, [BadLine(broken, "", OPEN_QUOTE)] if broken else []
    return [], None, [BadLine(1, "", NO_HEADINGS)]


def _cells(text: str, delimiter: str) -> tuple[Rows, int]:
    """The rows, and the line from which on they cannot be told apart, because a quotation mark is not closed; 0 for none."""
    reader, rows, begins = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True), [], 1
    try:
        for cells in reader:
            rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        return rows, begins
    return rows, 0


def _with_direction(rows: Rows, columns: StatementColumns) -> StatementColumns:
    """A type of transaction says whether money came or went where nothing else stands in it (and no other column says so)."""
    at = columns.type
    if at is None or columns.direction is not None:
        return columns
    said = {cells[at].strip().lower() for _, cells in rows if max(at, columns.came) < len(cells) and cells[columns.came].strip()}
    is_direction = bool(said) and said <= CAME | WENT
    return replace(columns, direction=at, words=tuple(one for one in columns.words if one != at)) if is_direction else columns


def _entry(line: int, cells: Sequence[str], columns: StatementColumns, today: date) -> BankEntry | str:
    """A line of money, or why it is none. Raises ValueError with what is wrong."""

    def cell(at: int | None) -> str:
        return cells[at].strip() if at is not None and at < len(cells) else ""

    if any(one.strip() for one in cells[columns.count :]):
        raise ValueError("This line has more cells than there are headings: is there a comma in it without quotation marks?")
    words = list(dict.fromkeys(" ".join(cell(at).removeprefix("'").split()) for at in columns.words))
    said = " · ".join(one for one in words if one)[:MOST_WORDS]
    status = cell(columns.status).lower()
    if status in NO_MONEY:
        return f"it is {status}"
    if SUM.fullmatch(" ".join(re.sub(r"[^a-z]+", " ", re.sub(r"\S*\d\S*", "", said.lower().replace("/", ""))).split())):
        return "a balance or a total, not money that moved"
    came, went = (read_amount(cell(at)) if cell(at) else 0 for at in (columns.came, columns.went))
    if came and went:
        raise ValueError("This line has money in and money out: it must be one of the two")
    if not came and not went:
        return "it has no amount"
    if status not in IS_MONEY:
        raise ValueError(
            f"Its status is “{cell(columns.status)[:40]}”: take the line out, or write “completed” if the money moved"
        )
    if columns.direction is not None:
        came = _directed(came, cell(columns.direction))
    if not cell(columns.on):
        raise ValueError("This line has an amount and no date")
    on = read_day(cell(columns.on))
    if on > today:
        raise ValueError("This line is dated in the future: are day and month the wrong way round?")
    if on.year < 2000:
        raise ValueError("This line is dated before the year 2000")
    return BankEntry(line, on, said, came - abs(went))


def _directed(amount: int, said: str) -> int:
    """The amount as the column of directions says: what went is below nothing."""
    if said.lower() in WENT:
        return -abs(amount)
    if said.lower() not in CAME:
        raise ValueError(f"Did this money come or go? It says “{said[:20]}”, not CR or DR")
    if amount < 0:
        raise ValueError("The amount is below nothing, and the line says that it came in: it must be one of the two")
    return amount


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
