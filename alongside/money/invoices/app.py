"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import (
    EVERYTHING_GOES,
    MONEY_IS_KEPT,
    App,
    Columns,
    Door,
    Message,
    Place,
    RowWords,
    Task,
)
from alongside.members.notices.rules.waiting import Category
from alongside.money.invoices.queries import waiting
from alongside.money.invoices.queries.invoices import invoices_stand
from alongside.money.invoices.queries.reminders import reminders_stand

APP = App(
    places=(
        Place(
            Door.OFFICE,
            12,
            "Aged debt",
            "invoices:aged_debt",
            "Aged debt by school, with a statement for each.",
            invoices_stand,
            (
                Task("Aged debt, statements", "invoices:aged_debt"),
                Task("Record a payment, credit note, refund, waiver or write-off: choose the school", "invoices:aged_debt"),
            ),
        ),
        Place(
            Door.OFFICE,
            13,
            "Reminders",
            "invoices:reminders",
            "Which letter goes to whom on which school day, and whom to ring.",
            reminders_stand,
            (Task("Remind schools of unpaid invoices", "invoices:reminders"),),
        ),
    ),
    own_pages=(),
    needs=(waiting.needs,),
    dates=(waiting.dates,),
    rows={
        "invoices.overdue": RowWords(
            "An invoice is past the due date", "{number} invoices are past the due date", page="fees:overview", soon="This week"
        ),
        "invoices.query": RowWords("Answer the query about invoice {label}", page="invoices:invoice", key="number"),
        "invoices.queried": RowWords("Answer {number} queries about invoices", page="fees:overview"),
        "invoices.payer_asked": RowWords(
            "Say whether somebody else pays for {label} from now on", page="invoices:invoice", key="number", soon="This week"
        ),
        "invoices.to_ring": RowWords(
            "Ring a school about its invoice", "Ring {number} schools about their invoices", page="invoices:reminders"
        ),
        "invoices.to_pay": RowWords("Invoice for {label}", page="invoices:invoice", key="number"),
        "invoices.due": RowWords("Invoice due: {label}", page="invoices:invoice", key="number", off="Settled"),
        "invoices.run_due": RowWords("Invoices fall due", page="fees:overview", off="All settled"),
    },
    joining=(),
    leaving=(waiting.stays_asked_for,),
    tone="amber",
    settings={
        "fees.issuer": "Who sends the invoices",
        "fees.host_name": "The host",
        "fees.vat_code": "VAT code",
        "fees.vat_number": "VAT number",
        "fees.supplier_name": "Supplier’s name",
        "fees.supplier_address": "Supplier’s address",
        "fees.supplier_email": "Supplier’s e-mail",
        "fees.supplier_phone": "Supplier’s telephone",
        "fees.bank_words": "Where to pay",
        "fees.first_reminder": "First reminder, days after the due date",
        "fees.second_reminder": "Second reminder, days after the due date",
        "fees.call_after": "Days after the due date until somebody rings",
        "fees.reminders_by_themselves": "Reminders go out by themselves",
    },
    acts={
        "invoices.add_purchase_order": "Added an order number to an invoice",
        "invoices.agree_payer": "Agreed to a payer",
        "invoices.answer_query": "Answered a query about an invoice",
        "invoices.change_payer": "Changed who pays for a school",
        "invoices.change_reminders": "Changed the days of reminders",
        "invoices.credit": "Credited an invoice",
        "invoices.credited": "Held what was credited",
        "invoices.end_query": "Ended a query about an invoice",
        "invoices.host_number": "Entered the host’s number of an invoice",
        "invoices.invoice": "Issued an invoice",
        "invoices.issue": "Issued invoices",
        "invoices.let_off": "Let a debt off",
        "invoices.moved": "Moved held money",
        "invoices.note_call": "Noted a call about an invoice",
        "invoices.open_claim": "Began a claim",
        "invoices.received": "Held money that came in",
        "invoices.overpaid": "Held what was paid too much",
        "invoices.paid_back": "Paid held money back",
        "invoices.payment": "Recorded a payment",
        "invoices.query": "Queried an invoice",
        "invoices.readdress": "Sent an invoice to another address",
        "invoices.remind": "Reminded of an invoice",
        "invoices.restore_payer": "Went back to the payer before",
        "invoices.send": "Sent an invoice",
        "invoices.used": "Used held money for an invoice",
        "invoices.write_to_chair": "Wrote to the chair about an invoice",
    },
    messages={
        "invoices.issued": Message("Invoice", ""),
        "invoices.queried": Message("Query of an invoice", Category.MONEY),
        "invoices.query_copy": Message("Copy of a query", ""),
        "invoices.query_answered": Message("Answer to a query", ""),
        "invoices.first_reminder": Message("First reminder", ""),
        "invoices.second_reminder": Message("Second reminder", ""),
        "invoices.to_chair": Message("To the chair of governors", ""),
        "invoices.credited": Message("Credit note", ""),
    },
    answers={},
    sensitive=True,
    erasure={
        "invoices.Claim": Columns(plain="kind row words"),
        "invoices.CreditNote": Columns(
            plain="reference school_name host_number facts_hash",
            law="supplier payer_name payer_address purchase_order reason",
            why=MONEY_IS_KEPT,
        ),
        "invoices.HeldMoney": Columns(law="reference reason", why=MONEY_IS_KEPT),
        "invoices.Invoice": Columns(
            plain="reference school_name facts_hash host_number",
            own={"payer_email": "payer_email", "email_before": "email_before"},
            law="supplier payer_name payer_address purchase_order later_order later_payer later_payer_address",
            why=MONEY_IS_KEPT,
        ),
        "invoices.InvoiceLine": Columns(law="words later_vat_words", why=MONEY_IS_KEPT),
        "invoices.LetOffDebt": Columns(law="reason", why=MONEY_IS_KEPT),
        "invoices.Payer": Columns(words="name address purchase_order", own={"email": "email"}),
        "invoices.Payment": Columns(plain="method", law="reference", why=MONEY_IS_KEPT),
        "invoices.Query": Columns(words="words reply", own={"email": "name email"}),
        "invoices.Reminder": Columns(words="spoke_to words", own={"to": "to"}),
        "invoices.Series": Columns(plain="prefix"),
    },
    withheld=EVERYTHING_GOES,
)
