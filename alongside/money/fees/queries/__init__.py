"""What pages ask about fees, by noun: the fee year, who gets an invoice, who owes what, one invoice."""

from alongside.money.fees.queries.bank import (
    BANK_COLUMNS as BANK_COLUMNS,
    bank_files as bank_files,
    bank_line_at as bank_line_at,
    bank_lines as bank_lines,
    became_of as became_of,
    candidates as candidates,
    counts_of_lines as counts_of_lines,
    invoices_at as invoices_at,
    lines_at as lines_at,
    open_invoices as open_invoices,
    proposals as proposals,
    refunds_open as refunds_open,
)
from alongside.money.fees.queries.budget import (
    PROMISES as PROMISES,
    SPENDING as SPENDING,
    SPENDING_FIELDS as SPENDING_FIELDS,
    Budget as Budget,
    budget_csv as budget_csv,
    budget_of as budget_of,
    heading_with as heading_with,
    movements_csv as movements_csv,
    open_headings as open_headings,
    plan_of as plan_of,
    promise_with as promise_with,
    promises_of as promises_of,
    spending_of as spending_of,
    spending_rows as spending_rows,
    spending_with as spending_with,
    years_of as years_of,
)
from alongside.money.fees.queries.corrections import (
    credit_note_at as credit_note_at,
    credit_note_of as credit_note_of,
    decision_at as decision_at,
    decisions_for as decisions_for,
    lines_asking as lines_asking,
    opened_credit_note as opened_credit_note,
    payment_at as payment_at,
    vat_codes_used as vat_codes_used,
)
from alongside.money.fees.queries.due import count_due as count_due, preview_issue as preview_issue, schools_due as schools_due
from alongside.money.fees.queries.invoices import (
    COLUMNS as COLUMNS,
    Detail as Detail,
    Totals as Totals,
    asker as asker,
    detail_of as detail_of,
    invoice_at as invoice_at,
    opened_invoice as opened_invoice,
    own_schools as own_schools,
    payer_of as payer_of,
    schedule_of as schedule_of,
    state_now as state_now,
    taken_over as taken_over,
    totals_of as totals_of,
    who_owes as who_owes,
)
from alongside.money.fees.queries.ledger import (
    account_for as account_for,
    aged_debt_of as aged_debt_of,
    books_of as books_of,
    happened_in as happened_in,
    money_by_month as money_by_month,
    sold_lines as sold_lines,
    statement_for as statement_for,
)
from alongside.money.fees.queries.liability import (
    decisions_of as decisions_of,
    liabilities_of as liabilities_of,
    settled_as as settled_as,
)
from alongside.money.fees.queries.papers import (
    draft_pdf as draft_pdf,
    evidence_at as evidence_at,
    evidence_by_code as evidence_by_code,
    evidence_of as evidence_of,
    noted_pdf as noted_pdf,
    statement_pdf as statement_pdf,
    supplier_of as supplier_of,
)
from alongside.money.fees.queries.reminders import (
    chair_of as chair_of,
    coming_steps as coming_steps,
    latest_steps as latest_steps,
    reminder_at as reminder_at,
    steps_due as steps_due,
    who_reminds as who_reminds,
    whom_to_ring as whom_to_ring,
)
from alongside.money.fees.queries.terms import both_settings as both_settings
from alongside.money.fees.queries.year_two import (
    LaterYear as LaterYear,
    extra_charges as extra_charges,
    later_year as later_year,
    short_by as short_by,
    to_be_credited as to_be_credited,
)
from alongside.money.fees.queries.years import (
    FeesNow as FeesNow,
    credits_lost as credits_lost,
    numbers_lost as numbers_lost,
    school_of as school_of,
    standing_of_fees as standing_of_fees,
    suggested_series as suggested_series,
)
