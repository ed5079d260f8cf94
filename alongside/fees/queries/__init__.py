"""What pages ask about fees, by noun: the fee year, who gets an invoice, who owes what, one invoice."""

from alongside.fees.queries.due import count_due as count_due, preview_issue as preview_issue, schools_due as schools_due
from alongside.fees.queries.invoices import (
    COLUMNS as COLUMNS,
    Detail as Detail,
    Totals as Totals,
    detail_of as detail_of,
    invoice_at as invoice_at,
    invoices_of as invoices_of,
    opened_invoice as opened_invoice,
    own_schools as own_schools,
    payer_of as payer_of,
    schedule_of as schedule_of,
    totals_of as totals_of,
    who_owes as who_owes,
)
from alongside.fees.queries.papers import (
    draft_pdf as draft_pdf,
    noted_pdf as noted_pdf,
    supplier_of as supplier_of,
)
from alongside.fees.queries.years import (
    FeesNow as FeesNow,
    numbers_lost as numbers_lost,
    school_of as school_of,
    standing_of_fees as standing_of_fees,
    suggested_series as suggested_series,
)
