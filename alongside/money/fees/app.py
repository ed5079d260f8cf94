"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import App, Columns, Door, ForWhom, Message, Place, RowWords, Task, Withheld
from alongside.members.notices.rules import Category
from alongside.money.fees.queries import gathered, invoices

MONEY = "a record of money: six years after the end of its year (Companies Act 2006 s.388, HMRC Notice 700/21)"

APP = App(
    places=(
        Place(
            Door.OFFICE,
            10,
            "Fees",
            "fees:overview",
            "Invoices, payments, the bank, the budget, later years.",
            ForWhom.EVERYBODY,
            invoices.invoices_stand,
            (
                Task("Issue invoices", "fees:issue", ForWhom.OFFICE),
                Task("Budget", "fees:budget", ForWhom.OFFICE),
                Task("Bank statement", "fees:bank", ForWhom.OFFICE),
                Task("Reminders of invoices", "fees:reminders", ForWhom.OFFICE),
                Task("Aged debt: who owes what", "fees:aged_debt", ForWhom.OFFICE),
                Task("Xero, Sage, accounts", "fees:books", ForWhom.OFFICE),
                Task("Set up fees", "fees:set_up", ForWhom.OFFICE),
            ),
        ),
    ),
    needs=(gathered.needs,),
    dates=(gathered.dates,),
    rows={
        "fees.overdue": RowWords(
            "An invoice is past the due date", "{number} invoices are past the due date", page="fees:overview", soon="This week"
        ),
        "fees.queried": RowWords(
            "Answer a query about an invoice", "Answer {number} queries about invoices", page="fees:overview"
        ),
        "fees.to_ring": RowWords(
            "Ring a school about its invoice", "Ring {number} schools about their invoices", page="fees:reminders"
        ),
        "fees.bank_lines": RowWords(
            "A line of the bank waits to be looked at", "{number} lines of the bank wait to be looked at", page="fees:bank"
        ),
        "fees.open_year_two": RowWords("Open fee year {label}", page="fees:year_two"),
        "fees.reduction_undecided": RowWords("Write down what the board decides on the year {label} fee", page="fees:year_two"),
        "fees.liabilities": RowWords(
            "A school has gone: what becomes of its fee?",
            "{number} schools have gone: what becomes of their fees?",
            page="fees:liability",
        ),
        "fees.to_pay": RowWords("Invoice for {label}", page="fees:invoice", key="number"),
        "fees.due": RowWords("Invoice due: {label}", page="fees:invoice", key="number", off="Settled"),
        "fees.run_due": RowWords("Invoices fall due", page="fees:overview", off="All settled"),
        "fees.year_out": RowWords("Invoices of year {label} go out", page="fees:year_two"),
        "fees.year_ends": RowWords("The months that fee {label} supports end", page="fees:budget"),
        "fees.evaluation": RowWords("The partnership is evaluated after eighteen months", page="fees:year_two"),
    },
    tone="amber",
    messages={
        "fees.issued": Message("Invoice", ""),
        "fees.queried": Message("Query of an invoice", Category.MONEY),
        "fees.first_reminder": Message("First reminder", ""),
        "fees.second_reminder": Message("Second reminder", ""),
        "fees.to_chair": Message("To chair", ""),
        "fees.credited": Message("Credited", ""),
    },
    sensitive=True,
    erasure={
        "fees.BankFile": Columns(plain="name"),
        "fees.BankLine": Columns(plain="digest", law="words why_ignored", why=MONEY),
        "fees.BoardDecision": Columns(plain="entered_by", law="body reference words", why=MONEY),
        "fees.Commitment": Columns(law="to words why_released", why=MONEY),
        "fees.CreditNote": Columns(
            plain="reference school_name host_number facts_hash",
            law="supplier payer_name payer_address purchase_order reason authority_body authority_reference",
            why=MONEY,
        ),
        "fees.FeeYear": Columns(plain="support_words"),
        "fees.Heading": Columns(plain="name"),
        "fees.HeldMoney": Columns(law="reference reason", why=MONEY),
        "fees.Invoice": Columns(
            plain="reference school_name facts_hash host_number",
            own={"payer_email": "payer_email"},
            law="supplier payer_name payer_address purchase_order later_order later_payer later_payer_address",
            why=MONEY,
        ),
        "fees.InvoiceLine": Columns(law="words later_vat_words", why=MONEY),
        "fees.LetOffDebt": Columns(law="reason authority_body authority_reference", why=MONEY),
        "fees.OpeningCode": Columns(plain="code_hash"),
        "fees.Payer": Columns(words="name address purchase_order", own={"email": "email"}),
        "fees.Payment": Columns(plain="method", law="reference", why=MONEY),
        "fees.Query": Columns(words="words", own={"email": "name email"}),
        "fees.Reminder": Columns(words="spoke_to words", own={"to": "to"}),
        "fees.Series": Columns(plain="prefix"),
        "fees.Settled": Columns(law="payer_name payer_address payer_email", why=MONEY),
        "fees.Spending": Columns(law="payee words reference", why=MONEY),
    },
    withheld=Withheld({"fees.OpeningCode": "holds nothing but the hash of the code by which accounts staff open an invoice"}, {}),
)
