"""Deeds about fees, by noun: set-up, the issue run, papers, payments, payers and queries, the host's schedule."""

from alongside.fees.actions.issuing import issue_invoices as issue_invoices, send_invoice as send_invoice
from alongside.fees.actions.opening import Opened as Opened, open_invoice as open_invoice
from alongside.fees.actions.papers import Tampered as Tampered, invoice_pdf as invoice_pdf, typeset_run as typeset_run
from alongside.fees.actions.payers import (
    add_purchase_order as add_purchase_order,
    answer_query as answer_query,
    change_payer as change_payer,
    query_invoice as query_invoice,
    readdress_invoice as readdress_invoice,
)
from alongside.fees.actions.payments import record_payment as record_payment
from alongside.fees.actions.schedule import (
    export_schedule as export_schedule,
    import_schedule as import_schedule,
    record_host_number as record_host_number,
)
from alongside.fees.actions.set_up import open_fee_year as open_fee_year, set_up_fees as set_up_fees
