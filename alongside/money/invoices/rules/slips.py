"""What a credit note and a statement say on paper, from frozen rows."""

from typing import Any

from alongside.ground.core.money import pounds
from alongside.ground.core.words import listed, long_date, short_date
from alongside.money.invoices.rules.corrections import CreditFacts
from alongside.money.invoices.rules.invoices import Supplier
from alongside.money.invoices.rules.papers import NEVER, vat_words
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.rules.statements import Statement


def credit_paper(facts: CreditFacts) -> dict[str, Any]:
    """A credit note names the invoice that it corrects, what it takes off with its VAT, the reason, and who decided.

    Source: domain.md R5 (corrections are credit notes), evidence H7. A trust's is a reversing journal.
    """
    journal = facts.issuer == Issuer.TRUST
    word, supplier = ("Reversing journal" if journal else "Credit note"), facts.supplier
    heading = f"{word} {facts.reference}"
    dates = [["Date", long_date(facts.issued_on)], ["It corrects", f"{facts.invoice}, {short_date(facts.invoice_on)}"]]
    if facts.purchase_order:
        dates.append(["Your purchase order", facts.purchase_order])
    notes = [f"Reason: {facts.reason}"]
    if facts.authority:
        notes.append(f"Decided by: {facts.authority.words}.")
    if not journal:
        notes.append(
            vat_words([line.vat_code for line in facts.lines], supplier.vat_number).replace("this invoice", "this charge")
        )
        phone = supplier.phone.replace(" ", "\u00a0")
        notes.append(f"Questions: {listed([one for one in (supplier.email, phone) if one], 'or')}. {NEVER}")
    registered = f"VAT registration number {supplier.vat_number}" if supplier.vat_number else "not registered for VAT"
    return {
        "title": f"{heading}, {facts.school.name}",
        "heading": heading,
        "author": supplier.name,
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
        "total_words": "Moved back" if journal else "Credited",
        "notes": notes,
        "foot": supplier.name if journal else f"{supplier.name} · {registered}",
    }


def statement_paper(statement: Statement, supplier: Supplier, school: str, urn: int, held: int) -> dict[str, Any]:
    """A statement says from when to when, what was owed before, each thing since with the balance, and how to pay.

    Source: domain.md R5 (statements; bank details never change by e-mail).
    """
    closing = statement.closing
    phone = supplier.phone.replace(" ", "\u00a0")
    return {
        "title": f"Statement for {school}, {short_date(statement.last_on)}",
        "heading": "Statement",
        "author": supplier.name,
        "facts": [["From", short_date(statement.first_on)], ["To", short_date(statement.last_on)]],
        "supplier": {
            "name": supplier.name,
            "contact": "\n".join(one for one in (supplier.address, supplier.email, supplier.phone) if one),
        },
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
        "pay": {"bank": supplier.bank_words, "never": NEVER, "ring": f"If a message says that they have, ring us on {phone}."}
        if closing > 0 and supplier.bank_words
        else None,
        "foot": supplier.name,
    }
