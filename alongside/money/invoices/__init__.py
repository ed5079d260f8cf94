"""Papers that ask schools for money, and what becomes of each: numbers without a gap, facts that never change.

Every invoice rests on a claim: what is asked for, by which room above (`fees` is the first), in its words. Who is asked for
what is decided there: `actions.issuing.issue_run` gives each of them its invoice in one run.
Here it is typeset, mailed with a code that opens it, paid, queried, credited, written off, reminded of, and shown on the
school's statement; what was paid and is not needed is held for the school. `bank` books into it, `books` reads it.
"""
