"""What pages ask about invoices, by noun."""
