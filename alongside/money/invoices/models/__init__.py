"""Tables of the invoices: as they were issued and paid; what corrects them. Django looks for them here."""

from alongside.money.invoices.models import corrections as corrections, invoices as invoices
