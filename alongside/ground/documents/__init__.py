"""What is typeset and what is issued: tagged PDFs made from frozen rows, kept with their hash.

`typesetting.typeset`: a packaged Typst template ('invoices/invoice' is invoices/typst/invoice.typ) and plain data give
the bytes of a PDF, the same bytes each time. `models.IssuedPaper` is every numbered paper of the house: `actions.take_numbers`
gives its number, `actions.pdf_of` its kept PDF, checked by its hash; `actions.try_code` opens it without an account.
"""
