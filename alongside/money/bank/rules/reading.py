"""A bank's statement as CSV: whatever the bank calls its columns, each line is read or named with what is wrong."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from alongside.ground.core.cells import csv_rows
from alongside.ground.core.choice import Choice
from alongside.ground.core.days import read_day
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import plural
from alongside.money.bank.rules.amounts import amount_if_any, read_amount
from alongside.money.bank.rules.directions import directed, with_direction
from alongside.money.bank.rules.headings import STATED, Rows, StatementColumns, columns_of
from alongside.money.bank.rules.sums import A_SUM, PERHAPS_A_SUM, contradicted, is_reckoned, is_sum, unread

IS_MONEY = frozenset(
    ("", "completed", "complete", "settled", "posted", "booked", "cleared", "success", "successful", "paid", "ok")
)
NO_MONEY = frozenset(
    "reverted declined pending failed cancelled canceled reversed refused rejected returned authorised authorized expired".split()
)
POUNDS = frozenset(("", "gbp", "£", "stg", "ukl", "sterling", "pound", "pounds", "pound sterling", "pounds sterling", "gb pound"))
WHAT_IT_IS = "Enter what it is, like: bank charges"
NO_HEADINGS = (
    "There is no line of headings with a date and an amount, or money in and out: "
    "add a first line that names the columns, such as Date,Description,Amount"
)
OPEN_QUOTE = "The quotation marks of this line cannot be read: is one opened and not closed?"
NOT_IN_POUNDS = "The amounts are not in pounds: read the statement of an account in pounds"
AGAINST_BALANCE = (
    "The balance beside it moves the other way: did this money come or go? "
    "Write a minus before each amount that went out, or give it a column of its own"
)
LOOK_FOR_HEADINGS, MOST_WORDS, MOST_LINES = 25, 300, 20_000


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


def kinds_of(*, came_in: bool) -> list[NotOurs]:
    """Money in is no charge and no bill of ours, money out no grant to us; interest and transfers go either way.

    Source: evidence section on reconciling.
    """
    never = {NotOurs.CHARGES, NotOurs.BILL} if came_in else {NotOurs.GRANT}
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


def read_statement(text: str, today: date) -> BankStatement:
    """A statement is taken whole or not at all: every line that cannot be read is named with what is wrong.

    Source: issue "Ground", bank matching; promise 17. Lines that are no money (balances, totals, what was declined or is
    pending) or are not in pounds are left out and named with why, and so is a column with money that is not read.
    """
    rows, columns, bad = _rows(text.lstrip("\ufeff"))
    if columns is None:
        return BankStatement([], bad, [])
    rows = [(line, cells + [""] * (len(columns.heads) - len(cells))) for line, cells in rows]
    columns = with_direction(rows, columns)
    entries: list[BankEntry] = []
    left_out = [BadLine(line, head, f"the column “{head}” is not read") for line, head in unread(rows, columns)]
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
    at = columns.balance
    holds = {line: amount_if_any(cells[at]) for line, cells in rows if at is not None and re.search(r"\d", cells[at])}
    entries = _without_sums(entries, holds, left_out, bad)
    money = {one.position: one for one in entries}
    chain = [(line, one.on, one.amount) if (one := money.get(line)) else (line, None, 0) for line in sorted({*money, *holds})]
    against = contradicted([(*one, holds.get(one[0])) for one in chain])
    bad += [BadLine(one.position, one.words[:40], AGAINST_BALANCE) for one in entries if one.position in against]
    if len(entries) > MOST_LINES:
        bad.append(BadLine(1, "", f"A statement of at most {MOST_LINES:,} lines can be read at once"))
    if not entries and not bad:
        bad = left_out or [BadLine(1, "", "There is no line with an amount under the headings")]
    by_line = attrgetter("line")
    return BankStatement([], sorted(bad, key=by_line), []) if bad else BankStatement(remembered(entries), [], left_out)


def _without_sums(
    entries: list[BankEntry], holds: Mapping[int, int], left_out: list[BadLine], bad: list[BadLine]
) -> list[BankEntry]:
    """The lines of money. Sums are left out by where they stand or what they amount to; what may be either is bad."""
    payments = [one for one in entries if not is_sum(one.words)]
    opening, before = None, list[int]()
    for one in entries:
        if not is_sum(one.words):
            before.append(one.amount)
            continue
        at_an_end = one in (entries[0], entries[-1]) and bool(payments)
        if abs(one.amount) == abs(holds.get(one.position, one.amount)) and (
            one.position in holds
            or at_an_end
            or is_reckoned(one.amount, one.words, before, opening, is_after_all=len(before) == len(payments))
        ):
            left_out.append(BadLine(one.position, one.words, A_SUM))
            opening = opening if before else one.amount
        else:
            bad.append(BadLine(one.position, one.words, PERHAPS_A_SUM))
    return payments


def _rows(text: str) -> tuple[Rows, StatementColumns | None, list[BadLine]]:
    """The rows below the headings, each with the line on which it begins; without headings none, and why."""
    for delimiter in (",", ";", "\t", "|"):
        rows, broken = csv_rows(text, delimiter)
        for at, (line, cells) in enumerate(rows[:LOOK_FOR_HEADINGS]):
            if columns := columns_of(cells):
                above = STATED.search(" ".join(" ".join(one) for _, one in rows[:at]))
                foreign = columns.foreign or (above[0] if above else "")
                bad = [BadLine(line, foreign, NOT_IN_POUNDS)] if foreign else []
                return rows[at + 1 :], columns, [*bad, *([BadLine(broken, "", OPEN_QUOTE)] if broken else [])]
    return [], None, [BadLine(1, "", NO_HEADINGS)]


def _entry(line: int, cells: Sequence[str], columns: StatementColumns, today: date) -> BankEntry | str:
    """A line of money, or why it is none. Raises ValueError with what is wrong."""

    def cell(at: int | None) -> str:
        return cells[at].strip() if at is not None else ""

    if any(one.strip() for one in cells[columns.count :]):
        raise ValueError("This line has more cells than there are headings: is there a comma in it without quotation marks?")
    words = list(dict.fromkeys(" ".join(cell(at).removeprefix("'").split()) for at in columns.words))
    said = " · ".join(one for one in words if one)[:MOST_WORDS]
    status = cell(columns.status).lower()
    if status in NO_MONEY:
        return f"it is {status}"
    if cell(columns.currency).lower().strip(".") not in POUNDS:
        return f"it is in {cell(columns.currency)[:20]}, not in pounds"
    may_be_sum = is_sum(said)
    if may_be_sum and not cell(columns.on):
        return A_SUM
    came, went = (read_amount(cell(at)) for at in (columns.came, columns.went))
    if may_be_sum and bool(came) == bool(went):
        return A_SUM
    if came and went:
        raise ValueError("This line has money in and money out: it must be one of the two")
    if not came and not went:
        return "it has no amount"
    if status not in IS_MONEY:
        raise ValueError(
            f"Its status is “{cell(columns.status)[:40]}”: take the line out, or write “completed” if the money moved"
        )
    if columns.direction is not None and not may_be_sum:
        came = directed(came, cell(columns.direction), columns)
    if not cell(columns.on):
        raise ValueError("This line has an amount and no date")
    on = read_day(cell(columns.on))
    if on > today:
        raise ValueError("This line is dated in the future: are day and month the wrong way round?")
    if on.year < 2000:
        raise ValueError("This line is dated before the year 2000")
    return BankEntry(line, on, said, came - went * columns.sign)


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
