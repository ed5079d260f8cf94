"""The fees' pages, by noun: the office's, one invoice's, the schedule's, and those opened from the mail."""

from alongside.money.fees.views.bank import (
    bank as bank,
    bank_line as bank_line,
    book_bank_line as book_bank_line,
    book_bank_lines as book_bank_lines,
    ignore_bank_line as ignore_bank_line,
    read_bank_file as read_bank_file,
    reopen_bank_line as reopen_bank_line,
)
from alongside.money.fees.views.books import books as books, books_file as books_file, vat as vat
from alongside.money.fees.views.budget import (
    add_heading as add_heading,
    budget as budget,
    budget_csv as budget_csv,
    change_promise as change_promise,
    heading as heading,
    keep_promise as keep_promise,
    movements_csv as movements_csv,
    promise as promise,
    promises as promises,
    release_promise as release_promise,
    spend as spend,
    spending as spending,
    take_back as take_back,
)
from alongside.money.fees.views.corrections import (
    credit_invoice as credit_invoice,
    credit_note_pdf as credit_note_pdf,
    free_payment as free_payment,
    let_off_debt as let_off_debt,
    opened_credit_pdf as opened_credit_pdf,
)
from alongside.money.fees.views.invoice import (
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
from alongside.money.fees.views.liability import liability as liability, settle_liability as settle_liability
from alongside.money.fees.views.office import (
    draft_pdf as draft_pdf,
    issue as issue,
    overview as overview,
    payers as payers,
    set_up as set_up,
)
from alongside.money.fees.views.opened import (
    follow_link as follow_link,
    open_invoice as open_invoice,
    opened_invoice as opened_invoice,
    opened_order as opened_order,
    opened_paper as opened_paper,
    opened_payer as opened_payer,
    opened_pdf as opened_pdf,
    opened_query as opened_query,
)
from alongside.money.fees.views.reminders import (
    note_call as note_call,
    reminder_days as reminder_days,
    reminders as reminders,
    send_reminders as send_reminders,
    write_to_chair as write_to_chair,
)
from alongside.money.fees.views.schedule import schedule as schedule, schedule_csv as schedule_csv
from alongside.money.fees.views.statements import (
    aged_debt as aged_debt,
    aged_debt_csv as aged_debt_csv,
    hold_money as hold_money,
    note_never_came as note_never_came,
    refund_money as refund_money,
    statement as statement,
    statement_csv as statement_csv,
    statement_pdf as statement_pdf,
    use_held_money as use_held_money,
)
from alongside.money.fees.views.year_two import (
    agree_reduction as agree_reduction,
    credit_reduction as credit_reduction,
    decisions as decisions,
    extra_charges as extra_charges,
    joiners as joiners,
    open_year_two as open_year_two,
    record_decision as record_decision,
    year_two as year_two,
)
