"""What a decision rests on, in one place: which body decided what, on which day, under which reference of its minutes.

A fee is cut, waived, credited or written off, and later a plan or an order is agreed, on an `Authority`. It never changes;
a later one may take its place. Whoever needs one lists those that fit (`queries`), asks whether it carries the deed
(`rules.why_not_under`), and keeps the row. Only the partnership's manager writes one down.
"""
