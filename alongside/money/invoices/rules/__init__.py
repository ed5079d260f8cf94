"""The rules of invoices, by noun."""
