"""The rules of fees, by noun: settings and the issuer, invoices and their numbers, the schedule of a host."""

from alongside.fees.rules.invoices import (
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
from alongside.fees.rules.issuing import NotDue as NotDue, Preview as Preview, Ready as Ready, why_no_invoice as why_no_invoice
from alongside.fees.rules.papers import later_notes as later_notes, paper as paper, vat_words as vat_words
from alongside.fees.rules.schedule import (
    HEADINGS as HEADINGS,
    BadLine as BadLine,
    Entry as Entry,
    Known as Known,
    read_schedule as read_schedule,
    safe_cell as safe_cell,
)
from alongside.fees.rules.settings import (
    FeeSettings as FeeSettings,
    Issuer as Issuer,
    covers as covers,
    missing_details as missing_details,
)
