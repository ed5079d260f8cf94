"""The schedule of charges that a host takes into its own books, and what the host sends back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.cells import csv_rows
from alongside.ground.core.days import read_day
from alongside.ground.core.money import parse_pounds, short_pounds
from alongside.ground.core.words import short_date
from alongside.money.bank.rules.reading import OPEN_QUOTE, BadLine

READ_BACK = ("reference", "host_number", "paid_so_far", "paid_on", "payment_reference")


@dataclass(frozen=True)
class KnownCharge:
    """What we know of a charge that a line may be about: its amount, what is paid, the host's number; what has come in for it
    altogether, also what was credited or taken off since; the last day on which something came; how much may come yet."""

    total: int
    paid: int
    host_number: str
    came: int
    last_on: date | None
    payable: int


@dataclass(frozen=True)
class HostEntry:
    """One good line: the host's number for a charge, and what has come in since (pence)."""

    reference: str
    host_number: str
    paid: int
    paid_on: date | None
    payment_reference: str


def read_schedule(text: str, known: Mapping[str, KnownCharge], today: date) -> tuple[list[HostEntry], list[BadLine]]:
    """A host's file is taken whole or not at all: every line that is wrong is named with what is wrong.

    Source: domain.md R5 (the host's numbers and payments in). `paid_so_far` is a running total, so that the same
    file taken twice records nothing twice, whatever was credited or taken off meanwhile.
    """
    rows, broken = csv_rows(text.lstrip("\ufeff"))
    if broken:
        return [], [BadLine(broken, "", OPEN_QUOTE)]
    headings = [one.strip().lower().replace(" ", "_") for one in rows[0][1]] if rows else []
    if "reference" not in headings or not {"host_number", "paid_so_far"} & set(headings):
        return [], [BadLine(1, "", "The first line must have the headings of the schedule, at least: reference, host_number")]
    if twice := [name for name in READ_BACK if headings.count(name) > 1]:
        return [], [BadLine(1, "", f"There are two columns {twice[0]}: keep the one that holds")]
    entries: list[HostEntry] = []
    bad: list[BadLine] = []
    seen: dict[str, int] = {}
    at = headings.index("reference")
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cell.strip().removeprefix("'") for name, cell in zip(headings, cells, strict=False)}
        ours = row.get("reference", "").upper()
        try:
            if len(cells) > len(headings):
                raise ValueError("This line has more columns than the first line has headings")
            if inside := [ref for cell in cells for part in cell.split("\n")[1:] if (ref := _reference(part, at)) in known]:
                raise ValueError(f"The line of {inside[0]} stands within a cell of this one: close the quotation mark before it")
            entry = _entry(ours, row, known, today)
            if ours in seen:
                raise ValueError(f"{ours} stands on line {seen[ours]} already")
        except ValueError as problem:
            bad.append(BadLine(line, ours, str(problem)))
            continue
        seen[ours] = line
        if entry.paid or entry.host_number != known[ours].host_number:
            entries.append(entry)
    if not seen and not bad:
        bad.append(BadLine(1, "", "There is no line under the headings"))
    return ([], bad) if bad else (entries, [])


def _entry(ours: str, row: dict[str, str], known: Mapping[str, KnownCharge], today: date) -> HostEntry:
    if ours not in known:
        raise ValueError(f"We have no charge {ours!r}" if ours else "The reference is empty")
    charge, number = known[ours], row.get("host_number", "")
    if len(number) > 40:
        raise ValueError("The host's number is longer than 40 characters")
    if number and charge.host_number and number != charge.host_number:
        raise ValueError(f"The host's number was {charge.host_number} before, now {number}: correct it on the charge's page")
    so_far = parse_pounds(row["paid_so_far"]) if row.get("paid_so_far") else charge.paid
    if so_far < charge.paid:
        raise ValueError(f"{short_pounds(charge.paid)} is recorded as paid already: less than that needs a correction by hand")
    on = _day(row.get("paid_on", ""), today, needed=so_far > charge.came) if so_far > charge.paid else None
    new = max(0, so_far - charge.came)
    if not new and on and charge.last_on and on > charge.last_on:
        raise ValueError(
            f"{short_pounds(charge.came)} has come in for it already, the last on {short_date(charge.last_on)}, and some of "
            "that is credited or was taken off. If this is other money, record it on the charge's page; else leave "
            "paid_so_far empty"
        )
    if new > charge.payable:
        off = charge.total - charge.came - charge.payable
        raise ValueError(
            f"{short_pounds(so_far)} is more than the {short_pounds(charge.total)} charged"
            f"{f', of which {short_pounds(off)} is credited or waived' if off > 0 else ''}. If it came, record the "
            f"{short_pounds(new - charge.payable)} too much as money held, on the school's statement with the reference {ours}, "
            "and take the file in again"
        )
    return HostEntry(ours, number, new, on if new else None, row.get("payment_reference", "")[:60])


def _reference(line: str, at: int) -> str:
    return "".join(line.split(",")[at : at + 1]).strip(" \t'\"").upper()


def _day(written: str, today: date, *, needed: bool) -> date | None:
    if not written and not needed:
        return None
    try:
        on = read_day(written)
    except ValueError:
        raise ValueError("Write paid_on like 2022-05-03 or 03/05/2022") from None
    if on > today:
        raise ValueError("The payment is dated in the future")
    if on.year < 2000:
        raise ValueError("The payment is dated before the year 2000")
    return on
