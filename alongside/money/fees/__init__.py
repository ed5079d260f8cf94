"""The yearly fee: who owes it, how much, and from when; set up once, issued with one press, cut by the board's decision.

Year 1 and the years after it: terms, joiners, the reduction, and what becomes of the fee of a school that closed, merged
or left. The invoices themselves are made by `invoices`; what was spent and is left comes from `budget`. A member is
charged its yearly fee and nothing else (`permissions.may_charge`). Its overview is the door to all rooms of money.
"""
