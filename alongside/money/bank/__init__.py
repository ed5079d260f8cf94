"""The bank's statement: read once, matched, and looked at line by line.

A file is taken whole or not at all, whatever the bank calls its columns; a line that is here already is not added again.
Each line is proposed for the invoices that it is probably about (`rules.matching`). Nothing is booked that nobody has
looked at: into payments, into money held for a school, against a refund, or put aside as none of ours.
"""
