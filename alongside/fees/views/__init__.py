"""The fees' pages, by noun: the office's, one invoice's, the schedule's, and those opened from the mail."""

from alongside.fees.views.invoice import (
    add_purchase_order as add_purchase_order,
    answer_query as answer_query,
    host_number as host_number,
    invoice as invoice,
    invoice_pdf as invoice_pdf,
    query_invoice as query_invoice,
    readdress_invoice as readdress_invoice,
    record_payment as record_payment,
    send_invoice as send_invoice,
)
from alongside.fees.views.office import (
    draft_pdf as draft_pdf,
    issue as issue,
    overview as overview,
    payers as payers,
    set_up as set_up,
)
from alongside.fees.views.opened import (
    follow_link as follow_link,
    open_invoice as open_invoice,
    opened_invoice as opened_invoice,
    opened_order as opened_order,
    opened_payer as opened_payer,
    opened_pdf as opened_pdf,
    opened_query as opened_query,
)
from alongside.fees.views.schedule import schedule as schedule, schedule_csv as schedule_csv
