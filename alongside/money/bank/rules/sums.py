"""What stands beside the amounts of a statement: sums that are no money, a balance, columns that nobody reads."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from alongside.money.bank.rules.amounts import amount_if_any
from alongside.money.bank.rules.headings import Rows, StatementColumns

FORWARD = r"(?:(?:brought|carried|[bc]) ?f(?:or)?w(?:ar)?d|[bc]f)"
SUM = re.compile(
    r"(?:(?:opening|closing|starting|ending|previous|final|statement|ledger|available|current|your|new) )*"
    rf"(?:bal(?:ance)?|sub ?totals?|(?:grand )?totals?)(?: {FORWARD}| (?:paid|money) (?:in|out)"
    rf"| (?:credits?|debits?|payments|receipts))?(?: (?:as at|at|on|for))?|{FORWARD}"
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DATED = re.compile(  # days, amounts and the account's number do not tell a line of money from a sum
    rf"\b\d{{1,4}}[/.-]\d\d?[/.-]\d{{1,4}}\b|\b\d\d?(?:st|nd|rd|th)?[ -]?{MONTH}\b(?:[ -]?\d{{2,4}}\b)?|\b{MONTH}[ -]\d{{2,4}}\b"
    r"|\b\d\d?:\d\d(?::\d\d)?\b|£?\b[\d,]+\.\d\d\b|\b\d{8}\b"
)
A_SUM = "a balance or a total, not money that moved"
PERHAPS_A_SUM = "Is this a balance or a total, or money that moved? Take the line out, or write beside it who paid"
MONEY = re.compile(r"\W*\d[\d,]*\.\d\d\W*(?:[CD]R?)?", re.ASCII | re.IGNORECASE)
FEES = re.compile(r"\b(?:fees?|charges?|commission|tax|vat|discount|deductions?)\b", re.IGNORECASE)


def is_sum(words: str) -> bool:
    """Whether a line is named as a balance or a total, and nothing else: what has a number of its own is money.

    Source: issue "Mend", bank statements.
    """
    bare = [re.sub(r"[^a-z0-9]+", " ", DATED.sub("", one).replace("/", "")).strip() for one in words.lower().split(" · ")]
    return all(SUM.fullmatch(one) for one in bare)


def is_reckoned(amount: int, words: str, before: Sequence[int], opening: int | None, *, is_after_all: bool) -> bool:
    """Whether the amount of a sum follows from the lines before it: what the account holds then, or all that came or went.

    Source: issue "Mend", bank statements. After one line alone, with others to follow, a payment may come to the same.
    """
    totals = {sum(max(one, 0) for one in before), -sum(min(one, 0) for one in before)}
    held = {opening + sum(before)} if opening is not None else set()
    return abs(amount) in held | (totals if "total" in words.lower() and (is_after_all or len(before) > 1) else set())


def contradicted(lines: Sequence[tuple[int, date | None, int, int | None]]) -> list[int]:
    """The lines whose balance moves by their amount the other way, whether the newest stands first or last.

    Source: issue "Mend", bank statements. Of each line: which it is, its day, its amount (nothing: no money), and what the
    account holds then. A balance that moves by anything else says nothing: a line may be missing.
    """
    older_first, newer_first = [], []
    for (one, on, amount, held), (other, later, its_amount, holds) in pairwise(lines):
        if held is None or holds is None:
            continue
        if not (on and later and on > later):
            older_first.append((other, its_amount, holds - held))
        if not (on and later and on < later):
            newer_first.append((one, amount, held - holds))
    told = [[(line, said == moved) for line, said, moved in way if abs(said) == abs(moved)] for way in (older_first, newer_first)]
    likely = [way for way in told if len(way) == max(map(len, told))]
    return min(([line for line, is_right in way if not is_right] for way in likely), key=len)


def unread(rows: Rows, columns: StatementColumns) -> list[tuple[int, str]]:
    """The columns with money that nobody reads, such as a fee, each with the first line that has other money there than its own.

    Source: issue "Mend", bank statements.
    """
    amounts = [at for at in (columns.came, columns.went) if at is not None]
    read = {columns.on, *amounts, *columns.words, columns.direction, columns.balance}
    found = []
    for at, head in enumerate(columns.heads):
        if at in read or "balance" in head.lower():
            continue
        for line, cells in rows:
            own = {abs(amount_if_any(cells[one])) for one in amounts}
            if (MONEY.fullmatch(cells[at]) or FEES.search(head)) and abs(amount_if_any(cells[at])) not in own | {0}:
                found.append((line, head.strip() or f"{at + 1}"))
                break
    return found
