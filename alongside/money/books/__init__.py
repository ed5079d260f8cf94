"""The same money in the form that other people's books take.

Xero, Sage 50, and double entry that an independent checker balances; the schedule that a host takes into its own system
and sends back with its numbers and payments; and what finance says about VAT, line by line. It has no tables of its own:
all is read from `invoices`, and what comes in is recorded there.
"""
