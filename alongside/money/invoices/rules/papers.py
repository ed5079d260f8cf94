"""What the paper says: the words of an invoice, from its frozen facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.ground.core.money import pounds
from alongside.ground.core.words import listed, long_date, short_date
from alongside.money.invoices.rules.invoices import Facts, VatCode
from alongside.money.invoices.rules.settings import Issuer

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


def later_notes(order: str, order_on: date | None, payer: str, payer_address: str, payer_on: date | None) -> list[str]:
    """What is told after issue stands beside the invoice, with its day; the invoice itself stays as it is.

    Source: domain.md R5 (add a purchase order, change payer; immutable once issued).
    """
    notes = []
    if order and order_on:
        notes.append(f"Purchase order {order}, added on {short_date(order_on)}.")
    if payer and payer_on:
        who = ", ".join([payer, *payer_address.splitlines()])
        notes.append(f"To be paid by {who}; told us on {short_date(payer_on)}.")
    return notes


def paper(facts: Facts, *, draft: bool = False, added: Sequence[str] = ()) -> dict[str, Any]:
    """The paper says who asks whom for what, by when and how to pay, and that bank details never change by e-mail.

    Source: domain.md R5. A trust's journal asks for no payment: it moves money between its own academies.
    """
    journal = facts.issuer == Issuer.TRUST
    word, supplier = ("Journal" if journal else "Invoice"), facts.supplier
    phone = supplier.phone.replace(" ", "\u00a0")  # a number to ring stays on one line
    heading = f"{word} {facts.reference}"
    dates = [[f"{word} date", long_date(facts.issued_on)]]
    asks = facts.total > 0 and not journal  # a fee that was brought down to nothing asks for nothing
    if asks:
        dates.append(["Please pay by", long_date(facts.due_on)])
    if facts.purchase_order:
        dates.append(["Your purchase order", facts.purchase_order])
    bank = f"{supplier.bank_words}\nQuote {facts.reference} with your payment"
    notes = (
        ["A charge between academies of one trust, moved by journal. It is not an invoice."]
        if journal
        else [
            vat_words([line.vat_code for line in facts.lines], supplier.vat_number),
            f"Questions about this invoice: {listed([one for one in (supplier.email, phone) if one], 'or')}.",
        ]
    )
    registered = f"VAT registration number {supplier.vat_number}" if supplier.vat_number else "not registered for VAT"
    return {
        "title": f"{heading}, {facts.school.name}",
        "heading": heading,
        "author": supplier.name,
        "draft": draft,
        "facts": dates,
        "supplier": {
            "name": supplier.name,
            "contact": "\n".join(one for one in (supplier.address, supplier.email, supplier.phone) if one),
        },
        "payer": {"name": facts.payer.name, "address": facts.payer.more},
        "school": {"name": facts.school.name, "more": facts.school.more},
        "lines": [
            {"words": one.words, "vat": one.vat_code[:1].upper() + one.vat_code[1:], "amount": pounds(one.net)}
            for one in facts.lines
        ],
        "sums": [["Net", pounds(facts.net)], ["VAT", pounds(facts.vat)]],
        "total": pounds(facts.total),
        "total_words": "To be moved" if journal else "To pay",
        "pay": None
        if not asks
        else {
            "bank": bank,
            "never": NEVER,
            "ring": f"If a message says that they have, ring us on {phone} before you pay anything.",
        },
        "notes": notes,
        "added": list(added),
        "foot": supplier.name if journal else f"{supplier.name} · {registered}",
    }
