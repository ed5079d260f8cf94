"""Forms of the invoices' pages, by noun."""
