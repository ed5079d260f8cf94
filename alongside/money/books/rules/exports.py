"""The same money in the forms that other people's books take: Xero, Sage 50, and double entry as plain text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.ground.core.cells import Pounds, plain
from alongside.ground.core.words import slug_of
from alongside.money.invoices.rules.invoices import VatCode, vat_on
from alongside.money.invoices.rules.statements import Happened, What, words_of

XERO_HEADINGS = (
    "*ContactName", "EmailAddress", "POAddressLine1", "POAddressLine2", "POAddressLine3", "POAddressLine4", "POCity", "PORegion",
    "POPostalCode", "POCountry", "*InvoiceNumber", "Reference", "*InvoiceDate", "*DueDate", "InventoryItemCode", "*Description",
    "*Quantity", "*UnitAmount", "Discount", "*AccountCode", "*TaxType", "TrackingName1", "TrackingOption1", "TrackingName2",
    "TrackingOption2", "Currency", "BrandingTheme",
)  # fmt: skip
SAGE_HEADINGS = (
    "Type", "Account Reference", "Nominal A/C Ref", "Department Code", "Date", "Reference", "Details", "Net Amount", "Tax Code",
    "Tax Amount", "Exchange Rate", "Extra Reference",
)  # fmt: skip
XERO_TAX = {
    VatCode.STANDARD: "20% (VAT on Income)", VatCode.EXEMPT: "Exempt Income", VatCode.ZERO: "Zero Rated Income",
    VatCode.OUTSIDE: "No VAT",
}  # fmt: skip
SAGE_TAX = {VatCode.STANDARD: "T1", VatCode.EXEMPT: "T2", VatCode.ZERO: "T0", VatCode.OUTSIDE: "T9"}
WHO_SAID_SO = "Enter who said so, and when"
SAGE_LOST = "8100"  # the nominal code of bad debts in Sage's own chart of accounts
POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) *([0-9][A-Z]{2})[ .,]*$", re.IGNORECASE | re.MULTILINE)
EXACTLY = "~ 0.001"  # without it the checker would let a penny go
MONEY_ACCOUNTS = {"partnership": "Assets:Bank", "host": "Assets:Host", "trust": "Assets:Journals"}


@dataclass(frozen=True)
class SoldLine:
    """One line of an invoice or of a credit note (`is_credit`), with the VAT code that finance settled on, if it has."""

    is_credit: bool
    number: str
    on: date
    due_on: date
    payer: str
    address: str
    email: str
    order: str
    urn: int
    words: str
    net: int
    code: str
    vat: int
    about: str = ""
    school: str = ""
    school_name: str = ""


def amount_of(pence: int) -> str:
    """Money leaves in pounds with two figures after the point, and no sign of the currency.

    Source: Xero's and Sage's import templates.
    """
    return str(Pounds(pence).plain)


def xero_rows(lines: Iterable[SoldLine], account: str) -> list[tuple[str, ...]]:
    """Each line is a row of Xero's sales invoice import; a credit note is an invoice below nothing. No VAT code is made up.

    Source: Xero's import template (headings; day before month; names of its UK tax rates). A line whose code is "ask
    finance" leaves the tax rate empty, so that Xero asks for it. Xero works the tax out itself, line by line: a line whose
    VAT is not a fifth to the penny is split into lines that come to it.
    """
    rows, sold = [], list(lines)
    for one, contact in zip(sold, contacts(sold), strict=True):
        sign, rate = -1 if one.is_credit else 1, XERO_TAX.get(VatCode(one.code), "")
        parts = [(net, rate) for net in taxed_parts(one.net, one.vat)] if one.code == VatCode.STANDARD else [(one.net, rate)]
        if left := one.net + one.vat - sum(net + vat_on(net, one.code) for net, _ in parts):
            parts.append((left, XERO_TAX[VatCode.OUTSIDE]))
        rows += [
            (
                contact, one.email, *_place(one.address), "", one.number, one.order or one.about, one.on,
                one.due_on, "", one.words, "1", Pounds(sign * net), "", account, tax, "", "", "", "", "GBP", "",
            )
            for net, tax in parts
        ]  # fmt: skip
    return [tuple(_cell(cell) for cell in row) for row in rows]


def taxed_parts(net: int, vat: int) -> list[int]:
    """An amount is split so that a fifth of each part, rounded to the penny, comes to the VAT that was charged or credited.

    Source: promise 12; Xero rounds the tax of each line. £277.77 with £55.56 VAT is £277.74 (£55.55) and £0.03 (£0.01). Where
    no split does it, the amount stays whole.
    """
    for piece in (3, 2):  # threepence brings two fifths of a penny more than its share, twopence as much less
        for pieces in range(min(net // piece, 12) + 1):
            parts = [net - piece * pieces, *[piece] * pieces]
            if sum(vat_on(one, VatCode.STANDARD) for one in parts) == vat:
                return [one for one in parts if one]
    return [net]


def contacts(lines: Sequence[SoldLine]) -> list[str]:
    """Xero knows a payer by its name alone: where two have the same, each has its URN (or that of the first school it pays for)
    behind it. A school that pays for itself is told by its URN, another payer by its postcode or address.

    Source: domain.md R5 (each school is one payer; a trust that pays for several is one).
    """
    who: dict[str, dict[str, int]] = {}  # by name the URN of each payer that has it
    marks = []
    for one in lines:
        name = _folded(one.payer)
        mark = str(one.urn) if name == _folded(one.school_name) else _place(one.address)[-1] or _folded(one.address)
        who.setdefault(name, {}).setdefault(mark, one.urn)
        marks.append((name, mark))
    return [
        f"{one.payer} (URN {who[name][mark]})" if len(set(who[name].values())) > 1 else one.payer
        for one, (name, mark) in zip(lines, marks, strict=True)
    ]


def _folded(words: str) -> str:
    return slug_of(words.replace("&", " and "))


def _place(address: str) -> list[str]:
    """Four lines, city, region and postcode, of an address as it was typed; nothing is lost."""
    found = next(iter([*POSTCODE.finditer(address)][::-1]), None)
    rest = address[: found.start()] + address[found.end() :] if found else address
    parts = [part for line in rest.splitlines() if (part := line.strip(" ,"))]
    parts = [*parts[:5], ", ".join(parts[5:])]
    return [*parts, *[""] * (6 - len(parts)), f"{found[1]} {found[2]}".upper() if found else ""]


def sage_rows(
    lines: Iterable[SoldLine], happened: Iterable[Happened], urns: Mapping[str, int], sales: str, bank: str
) -> list[tuple[str, ...]]:
    """Each line is a row of Sage 50's audit trail import: SI and SC for what was sold, SA for money in, SP for money out.

    Source: Sage's list of transaction types that can be imported (a receipt comes in on account, and is allocated in
    Sage). What is written off or waived is a credit to bad debts, and an invoice of it when it came after all. Money of one
    school that is used for another's invoice leaves its account and comes to the other's on the same day, nothing for the
    bank in all. An account is a URN, the one under which a school was first asked, so that an academy has one account. No VAT
    code is made up: "ask finance" leaves it empty.
    """
    rows = [
        (
            "SC" if one.is_credit else "SI", str(urns.get(one.school, one.urn)), sales, "0", one.on, one.number, one.words[:60],
            Pounds(one.net), SAGE_TAX.get(VatCode(one.code), ""), Pounds(one.vat), "1", (one.order or one.about)[:30],
        )
        for one in lines
    ]  # fmt: skip
    kinds = {
        What.PAYMENT: ("SA", bank), What.RECEIVED: ("SA", bank), What.REFUNDED: ("SP", bank), What.NEVER_CAME: ("SP", bank),
        What.WRITTEN_OFF: ("SC", SAGE_LOST), What.WAIVED: ("SC", SAGE_LOST), What.RECOVERED: ("SI", SAGE_LOST),
        What.FROM_HELD: ("SA", bank), What.USED: ("SP", bank), What.FREED: ("SA", bank), What.GIVEN_BACK: ("SP", bank),
    }  # fmt: skip
    for move in happened:
        if move.what in kinds and not move.stays_inside:
            kind, nominal = kinds[move.what]
            rows.append(
                (
                    kind, str(urns.get(move.school, "")), nominal, "0", move.on, move.reference[:30],
                    (move.words or words_of(move))[:60], Pounds(move.amount), "T9", Pounds(0), "1", "",
                )
            )  # fmt: skip
    rows.sort(key=lambda row: (row[4], row[5]))
    return [tuple(_cell(cell) for cell in row) for row in rows]


def _cell(cell: object) -> str:
    """A cell of an import file: the day before the month; whatever a person typed can never run as a formula."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(plain(cell))


def double_entry(
    title: str, happened: Sequence[Happened], issuer: str, owed: Mapping[str, int], held: Mapping[str, int], on: date
) -> str:
    """Every movement has two sides that balance, and each school's account ends at what its invoices say is owed and held.

    Source: promise 12. Plain text as Beancount reads it; the closing balances come from the invoices' own counters,
    not from the movements, so that a penny lost on either side is found by a checker that is none of ours.
    """
    names = {one.school: one.name for one in happened}
    keys = {*names, *owed, *held, *(one.other for one in happened if one.other)}
    part = {school: _account(names.get(school, ""), school) for school in keys}
    money = MONEY_ACCOUNTS.get(issuer, "Assets:Bank")
    lines = [f'option "title" "{_text(title)}"', 'option "operating_currency" "GBP"', ""]
    fixed = [money, "Income:Fees", "Liabilities:VAT", "Expenses:Written-Off", "Expenses:Waived"]
    schools = [f"{side}:{one}" for one in sorted(part.values()) for side in ("Assets:Schools", "Liabilities:Held")]
    lines += [f"1970-01-01 open {account} GBP" for account in [*fixed, *schools]]
    for one in sorted(happened, key=lambda one: (one.on, one.at)):
        if sides := _sides(one, part, money):
            words = _text(f"{one.what.value} {one.reference} {one.words}")
            lines += ["", f'{one.on.isoformat()} * "{_text(one.name)}" "{words}"']
            lines += [f"  {account}  {amount_of(amount)} GBP" for account, amount in sides]
    day = max([on, *(one.on for one in happened)]) + timedelta(days=1)
    lines.append("")
    for school, account in sorted(part.items(), key=lambda pair: pair[1]):
        lines.append(f"{day.isoformat()} balance Assets:Schools:{account}  {amount_of(owed.get(school, 0))} {EXACTLY} GBP")
        lines.append(f"{day.isoformat()} balance Liabilities:Held:{account}  {amount_of(-held.get(school, 0))} {EXACTLY} GBP")
    return "\n".join(lines) + "\n"


def _sides(one: Happened, part: Mapping[str, str], money: str) -> list[tuple[str, int]]:
    owes, keeps, amount = f"Assets:Schools:{part[one.school]}", f"Liabilities:Held:{part[one.school]}", one.amount
    if sign := {What.INVOICE: 1, What.CREDIT: -1}.get(one.what):
        sold = [(owes, amount), ("Income:Fees", one.vat - amount), *([("Liabilities:VAT", -one.vat)] if one.vat else [])]
        return [(account, sign * pence) for account, pence in sold]
    pair = {
        What.PAYMENT: (money, owes),
        What.WRITTEN_OFF: ("Expenses:Written-Off", owes),
        What.WAIVED: ("Expenses:Waived", owes),
        What.RECOVERED: (owes, "Expenses:Written-Off"),
        What.RECEIVED: (money, keeps),
        What.FREED: (f"Assets:Schools:{part[one.other or one.school]}", keeps),
        What.USED: (keeps, f"Assets:Schools:{part[one.other or one.school]}"),
        What.REFUNDED: (keeps, money),
        What.NEVER_CAME: (keeps, money),
    }.get(one.what)  # money between schools is booked once: with the movement of the account from which it came
    return [(pair[0], amount), (pair[1], -amount)] if pair else []


def _account(name: str, school: str) -> str:
    words = "-".join(word.capitalize() for word in slug_of(name).split("-"))
    return f"{words[:60]}-{school}".lstrip("-") if words[:1].isalnum() else f"S-{school}"


def _text(words: str) -> str:
    return " ".join(words.replace("\\", "/").replace('"', "’").split())
