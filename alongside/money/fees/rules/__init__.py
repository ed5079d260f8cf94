"""The rules of fees, by noun: settings and the issuer, invoices and their numbers, the schedule of a host."""

from alongside.money.fees.rules.bank import BankEntry as BankEntry, LineState as LineState, read_statement as read_statement
from alongside.money.fees.rules.books import (
    SAGE_HEADINGS as SAGE_HEADINGS,
    XERO_HEADINGS as XERO_HEADINGS,
    SoldLine as SoldLine,
    double_entry as double_entry,
    sage_rows as sage_rows,
    xero_rows as xero_rows,
)
from alongside.money.fees.rules.corrections import (
    CREDIT_LETTER as CREDIT_LETTER,
    Authority as Authority,
    CreditFacts as CreditFacts,
    LetOff as LetOff,
    LineLeft as LineLeft,
    Moved as Moved,
    credit_lines as credit_lines,
    credit_problem as credit_problem,
    freed_by as freed_by,
    hash_of_credit as hash_of_credit,
    why_not_under as why_not_under,
)
from alongside.money.fees.rules.invoices import (
    FROM_HELD as FROM_HELD,
    METHODS as METHODS,
    Facts as Facts,
    Line as Line,
    Party as Party,
    State as State,
    Supplier as Supplier,
    VatCode as VatCode,
    due_on as due_on,
    fee_line as fee_line,
    hash_of as hash_of,
    numbers_missing as numbers_missing,
    reference as reference,
    series_for as series_for,
    state_of as state_of,
    vat_on as vat_on,
)
from alongside.money.fees.rules.issuing import (
    MARKS as MARKS,
    NotDue as NotDue,
    Preview as Preview,
    Ready as Ready,
    why_no_invoice as why_no_invoice,
)
from alongside.money.fees.rules.matching import (
    Candidates as Candidates,
    OpenInvoice as OpenInvoice,
    Proposal as Proposal,
    Sure as Sure,
    candidates_of as candidates_of,
    propose as propose,
)
from alongside.money.fees.rules.papers import later_notes as later_notes, paper as paper, vat_words as vat_words
from alongside.money.fees.rules.reminders import (
    Overdue as Overdue,
    Step as Step,
    days_after_due as days_after_due,
    is_due_today as is_due_today,
    next_step as next_step,
    step_days_problem as step_days_problem,
)
from alongside.money.fees.rules.schedule import (
    HEADINGS as HEADINGS,
    BadLine as BadLine,
    Entry as Entry,
    Known as Known,
    read_schedule as read_schedule,
    safe_cell as safe_cell,
)
from alongside.money.fees.rules.settings import (
    FeeSettings as FeeSettings,
    Issuer as Issuer,
    covers as covers,
    missing_details as missing_details,
)
from alongside.money.fees.rules.slips import credit_paper as credit_paper, statement_paper as statement_paper
from alongside.money.fees.rules.statements import (
    BUCKETS as BUCKETS,
    FIRST_DAY as FIRST_DAY,
    Aged as Aged,
    Happened as Happened,
    Statement as Statement,
    StatementLine as StatementLine,
    What as What,
    aged_debt as aged_debt,
    by_month as by_month,
    spans as spans,
    statement_of as statement_of,
)
