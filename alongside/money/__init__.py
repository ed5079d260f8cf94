"""Money: invoices, the bank, the books, the budget, the fees."""
