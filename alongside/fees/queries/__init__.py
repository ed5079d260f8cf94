"""What pages ask about fees, by noun: the fee year, who gets an invoice, who owes what, one invoice."""

from alongside.fees.queries.due import count_due as count_due
from alongside.fees.queries.due import preview_issue as preview_issue
from alongside.fees.queries.due import schools_due as schools_due
from alongside.fees.queries.invoices import COLUMNS as COLUMNS
from alongside.fees.queries.invoices import Detail as Detail
from alongside.fees.queries.invoices import Totals as Totals
from alongside.fees.queries.invoices import detail_of as detail_of
from alongside.fees.queries.invoices import invoice_at as invoice_at
from alongside.fees.queries.invoices import invoices_of as invoices_of
from alongside.fees.queries.invoices import opened_invoice as opened_invoice
from alongside.fees.queries.invoices import own_schools as own_schools
from alongside.fees.queries.invoices import payer_of as payer_of
from alongside.fees.queries.invoices import schedule_of as schedule_of
from alongside.fees.queries.invoices import totals_of as totals_of
from alongside.fees.queries.invoices import who_owes as who_owes
from alongside.fees.queries.years import FeesNow as FeesNow
from alongside.fees.queries.years import numbers_lost as numbers_lost
from alongside.fees.queries.years import standing_of_fees as standing_of_fees
from alongside.fees.queries.years import school_of as school_of
from alongside.fees.queries.years import suggested_series as suggested_series
from alongside.fees.queries.papers import draft_pdf as draft_pdf
from alongside.fees.queries.papers import noted_pdf as noted_pdf
from alongside.fees.queries.papers import notes_on as notes_on
from alongside.fees.queries.papers import supplier_of as supplier_of
