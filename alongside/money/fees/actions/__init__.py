"""Deeds about fees, by noun: set-up, the issue run, papers, payments, corrections, money held, the bank, reminders, books."""

from alongside.money.fees.actions.bank import (
    Read as Read,
    book_bank_line as book_bank_line,
    book_refund_line as book_refund_line,
    ignore_bank_line as ignore_bank_line,
    read_bank_file as read_bank_file,
    reopen_bank_line as reopen_bank_line,
)
from alongside.money.fees.actions.books import (
    export_double_entry as export_double_entry,
    export_sage as export_sage,
    export_xero as export_xero,
    settle_vat_code as settle_vat_code,
)
from alongside.money.fees.actions.budget import (
    add_heading as add_heading,
    change_heading as change_heading,
    change_promise as change_promise,
    plan_heading as plan_heading,
    promise_money as promise_money,
    release_promise as release_promise,
)
from alongside.money.fees.actions.corrections import issue_credit_note as issue_credit_note, let_off_debt as let_off_debt
from alongside.money.fees.actions.decisions import record_board_decision as record_board_decision
from alongside.money.fees.actions.held import (
    free_payment as free_payment,
    hold_money as hold_money,
    note_never_came as note_never_came,
    refund_money as refund_money,
    use_held_money as use_held_money,
)
from alongside.money.fees.actions.issuing import (
    LONG_RUN as LONG_RUN,
    issue_invoices as issue_invoices,
    send_invoice as send_invoice,
)
from alongside.money.fees.actions.liability import settle_liability as settle_liability
from alongside.money.fees.actions.opening import Opened as Opened, open_invoice as open_invoice
from alongside.money.fees.actions.papers import (
    Tampered as Tampered,
    credit_note_pdf as credit_note_pdf,
    invoice_pdf as invoice_pdf,
    typeset_run as typeset_run,
)
from alongside.money.fees.actions.payers import (
    add_purchase_order as add_purchase_order,
    answer_query as answer_query,
    change_payer as change_payer,
    query_invoice as query_invoice,
    readdress_invoice as readdress_invoice,
)
from alongside.money.fees.actions.payments import record_payment as record_payment
from alongside.money.fees.actions.reminders import (
    STEP_DAYS as STEP_DAYS,
    change_reminders as change_reminders,
    note_call as note_call,
    send_reminders as send_reminders,
    write_to_chair as write_to_chair,
)
from alongside.money.fees.actions.schedule import (
    export_schedule as export_schedule,
    import_schedule as import_schedule,
    record_host_number as record_host_number,
)
from alongside.money.fees.actions.set_up import open_fee_year as open_fee_year, set_up_fees as set_up_fees
from alongside.money.fees.actions.spending import record_spending as record_spending, take_back_spending as take_back_spending
from alongside.money.fees.actions.year_two import (
    JOINING as JOINING,
    agree_reduction as agree_reduction,
    credit_reduction as credit_reduction,
    open_next_year as open_next_year,
    settle_joiners as settle_joiners,
)
