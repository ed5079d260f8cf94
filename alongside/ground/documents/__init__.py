"""What is typeset: tagged PDFs made from frozen rows, kept with their hash.

`typesetting.typeset`: a packaged Typst template ('invoices/invoice' is invoices/typst/invoice.typ) and plain data give
the bytes of a PDF, the same bytes each time. `actions.keep` keeps them.
Kept PDFs are found by kind and row, and their hash is checked whenever they are served.
"""
