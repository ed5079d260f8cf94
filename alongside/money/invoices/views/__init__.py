"""The invoices' pages, by noun: one invoice's, those opened from the mail, statements, reminders, payers."""
