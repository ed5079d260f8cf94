"""What members pay: fee years, the issuer, invoices with numbers without gaps, payments, who owes what."""
