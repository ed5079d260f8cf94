"""Tables of the fees, by noun: invoices and payments; what corrects them; the bank's lines; (by others) the budget."""

from alongside.money.fees.models.bank import BankFile as BankFile, BankLine as BankLine
from alongside.money.fees.models.budget import (
    BoardDecision as BoardDecision,
    Commitment as Commitment,
    Heading as Heading,
    OfHeading as OfHeading,
    OfOffice as OfOffice,
    Plan as Plan,
    Reduction as Reduction,
    Settled as Settled,
    Spending as Spending,
)
from alongside.money.fees.models.corrections import (
    Account as Account,
    CreditLine as CreditLine,
    CreditNote as CreditNote,
    HeldMoney as HeldMoney,
    LetOffDebt as LetOffDebt,
    Reminder as Reminder,
)
from alongside.money.fees.models.invoices import (
    FeeYear as FeeYear,
    Invoice as Invoice,
    InvoiceLine as InvoiceLine,
    IssueRun as IssueRun,
    OfInvoice as OfInvoice,
    OfSchools as OfSchools,
    OpeningCode as OpeningCode,
    Payer as Payer,
    Payment as Payment,
    Query as Query,
    Series as Series,
)
