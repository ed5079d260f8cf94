"""What papers say: the words of an invoice, a credit note and a statement, from their facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.ground.core.money import pounds
from alongside.ground.core.words import listed, long_date, short_date
from alongside.money.invoices.rules.corrections import CreditFacts
from alongside.money.invoices.rules.invoices import Facts, PaperFacts, Supplier, VatCode, vat_told
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.rules.statements import Statement

NEVER = "Our bank details never change by e-mail."


def vat_words(codes: Sequence[str], vat_number: str) -> str:
    """An invoice says how VAT was treated, in a sentence, and never assumes it.

    Source: evidence.md section 4, "VAT on membership fees": default "ask finance".
    """
    said = []
    if VatCode.ASK_FINANCE in codes:
        said.append(
            "VAT: our finance office has not yet confirmed the treatment of this charge. No VAT is charged on this invoice."
        )
    if VatCode.OUTSIDE in codes:
        said.append("VAT: outside the scope of VAT.")
    if VatCode.EXEMPT in codes:
        said.append("VAT: exempt.")
    if VatCode.ZERO in codes:
        said.append("VAT: zero-rated.")
    if VatCode.STANDARD in codes:
        said.append("VAT: charged at 20%.")
    said.append(f"VAT registration number {vat_number}." if vat_number else "The supplier is not registered for VAT.")
    return " ".join(said)


def later_notes(
    order: str, order_on: date | None, payer: str, payer_address: str, payer_on: date | None, *, rest: bool = False
) -> list[str]:
    """What is told after issue stands beside the invoice, with its day; the invoice itself stays as it is. Where something
    had been paid by then, only the rest has another payer.

    Source: domain.md R5 (add a purchase order, change payer; immutable once issued).
    """
    notes = []
    if order and order_on:
        notes.append(f"Purchase order {order}, added on {short_date(order_on)}.")
    if payer and payer_on:
        who = ", ".join([payer, *payer_address.splitlines()])
        what = "What had been paid by then stays; the rest is to be paid" if rest else "To be paid"
        notes.append(f"{what} by {who}; told us on {short_date(payer_on)}.")
    return notes


def paper(facts: Facts, *, draft: bool = False, added: Sequence[str] = ()) -> dict[str, Any]:
    """An invoice says who asks whom for what, by when and how to pay, and that bank details never change by e-mail.

    Source: domain.md R5. A trust's journal asks for no payment: it moves money between its own academies.
    """
    journal = facts.issuer == Issuer.TRUST
    word = "Journal" if journal else "Invoice"
    asks = facts.total > 0 and not journal  # what was brought down to nothing asks for nothing
    due = [["Please pay by", long_date(facts.due_on)]] if asks else []
    notes = (
        ["A charge between academies of one trust, moved by journal. It is not an invoice."]
        if journal
        else [_vat(facts), f"Questions about this invoice: {_questions(facts.supplier)}."]
    )
    bank = f"{facts.supplier.bank_words}\nQuote {facts.reference} with your payment"
    return _about_money(facts, word, [[f"{word} date", long_date(facts.issued_on)], *due]) | {
        "draft": draft,
        "total_words": "To be moved" if journal else "To pay",
        "pay": _pay(facts.supplier, bank, " before you pay anything") if asks else None,
        "notes": notes,
        "added": list(added),
    }


def credit_paper(facts: CreditFacts) -> dict[str, Any]:
    """A credit note names the invoice that it corrects, what it takes off with its VAT, the reason, and who decided.

    Source: domain.md R5 (corrections are credit notes), evidence H7. A trust's is a reversing journal.
    """
    journal = facts.issuer == Issuer.TRUST
    notes = [f"Reason: {facts.reason}", *([f"Decided by: {facts.authority.words}."] if facts.authority else [])]
    if not journal:
        notes += [_vat(facts).replace("this invoice", "this charge"), f"Questions: {_questions(facts.supplier)}. {NEVER}"]
    dates = [["Date", long_date(facts.issued_on)], ["It corrects", f"{facts.invoice}, {short_date(facts.invoice_on)}"]]
    return _about_money(facts, "Reversing journal" if journal else "Credit note", dates) | {
        "total_words": "Moved back" if journal else "Credited",
        "notes": notes,
    }


def statement_paper(statement: Statement, supplier: Supplier, school: str, urn: int, held: int) -> dict[str, Any]:
    """A statement says from when to when, what was owed before, each thing since with the balance, and how to pay.

    Source: domain.md R5 (statements; bank details never change by e-mail).
    """
    closing = statement.closing
    return {
        "title": f"Statement for {school}, {short_date(statement.last_on)}",
        "heading": "Statement",
        "author": supplier.name,
        "facts": [["From", short_date(statement.first_on)], ["To", short_date(statement.last_on)]],
        "supplier": _supplier(supplier),
        "school": {"name": school, "more": f"URN {urn}"},
        "opening": pounds(statement.opening),
        "lines": [
            {
                "on": short_date(one.on),
                "words": one.words,
                "reference": one.reference,
                "more": pounds(one.more) if one.more else "",
                "less": pounds(one.less) if one.less else "",
                "balance": pounds(one.balance),
            }
            for one in statement.lines
        ],
        "total_words": "To pay" if closing > 0 else "Held for you" if closing < 0 else "Nothing to pay",
        "total": pounds(abs(closing)),
        "held": f"{pounds(held)} of yours is held. It can be used for an invoice, or paid back: tell us which." if held else "",
        "pay": _pay(supplier, supplier.bank_words) if closing > 0 and supplier.bank_words else None,
        "foot": supplier.name,
    }


def _about_money(facts: PaperFacts, word: str, dates: list[list[str]]) -> dict[str, Any]:
    """What an invoice and a credit note both say."""
    supplier, heading = facts.supplier, f"{word} {facts.reference}"
    registered = f"VAT registration number {supplier.vat_number}" if supplier.vat_number else "not registered for VAT"
    return {
        "title": f"{heading}, {facts.school.name}",
        "heading": heading,
        "author": supplier.name,
        "facts": [*dates, *([["Your purchase order", facts.purchase_order]] if facts.purchase_order else [])],
        "supplier": _supplier(supplier),
        "payer": {"name": facts.payer.name, "address": facts.payer.more},
        "school": {"name": facts.school.name, "more": facts.school.more},
        "lines": [{"words": one.words, "vat": vat_told(one.vat_code), "amount": pounds(one.net)} for one in facts.lines],
        "sums": [["Net", pounds(facts.net)], ["VAT", pounds(facts.vat)]],
        "total": pounds(facts.total),
        "foot": supplier.name if facts.issuer == Issuer.TRUST else f"{supplier.name} · {registered}",
    }


def _vat(facts: PaperFacts) -> str:
    return vat_words([line.vat_code for line in facts.lines], facts.supplier.vat_number)


def _supplier(supplier: Supplier) -> dict[str, str]:
    lines = (supplier.address, supplier.email, supplier.phone)
    return {"name": supplier.name, "contact": "\n".join(one for one in lines if one)}


def _phone(supplier: Supplier) -> str:
    return supplier.phone.replace(" ", "\u00a0")  # a number to ring stays on one line


def _questions(supplier: Supplier) -> str:
    return listed([one for one in (supplier.email, _phone(supplier)) if one], "or")


def _pay(supplier: Supplier, bank: str, before: str = "") -> dict[str, str]:
    ring = f"If a message says that they have, ring us on {_phone(supplier)}{before}."
    return {"bank": bank, "never": NEVER, "ring": ring}
