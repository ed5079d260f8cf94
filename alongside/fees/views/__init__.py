"""The fees' pages, by noun: the office's, one invoice's, the schedule's, and those opened from the mail."""

from alongside.fees.views.invoice import add_purchase_order as add_purchase_order
from alongside.fees.views.invoice import answer_query as answer_query
from alongside.fees.views.invoice import host_number as host_number
from alongside.fees.views.invoice import invoice as invoice
from alongside.fees.views.invoice import invoice_pdf as invoice_pdf
from alongside.fees.views.invoice import query_invoice as query_invoice
from alongside.fees.views.invoice import readdress_invoice as readdress_invoice
from alongside.fees.views.invoice import record_payment as record_payment
from alongside.fees.views.invoice import send_invoice as send_invoice
from alongside.fees.views.office import draft_pdf as draft_pdf
from alongside.fees.views.office import issue as issue
from alongside.fees.views.office import overview as overview
from alongside.fees.views.office import payers as payers
from alongside.fees.views.office import set_up as set_up
from alongside.fees.views.opened import follow_link as follow_link
from alongside.fees.views.opened import open_invoice as open_invoice
from alongside.fees.views.opened import opened_invoice as opened_invoice
from alongside.fees.views.opened import opened_order as opened_order
from alongside.fees.views.opened import opened_payer as opened_payer
from alongside.fees.views.opened import opened_pdf as opened_pdf
from alongside.fees.views.opened import opened_query as opened_query
from alongside.fees.views.schedule import schedule as schedule
from alongside.fees.views.schedule import schedule_csv as schedule_csv
