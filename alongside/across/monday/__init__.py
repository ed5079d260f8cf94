"""Monday, 7am: one mail a week in which a person finds what needs them, what comes next, what waited for it, and what work
between schools brought theirs lately. It stands above all rooms, as it gathers from every one.
"""
