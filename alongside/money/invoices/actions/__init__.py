"""Deeds about invoices, by noun."""
