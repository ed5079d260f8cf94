"""Bodies: the boards and committees of a partnership, their seats, and who holds each from when until when.

What stands here is dated: `queries.composition(body, on, viewer=…)` gives a body as it is or was on any day, with who votes,
who acts, what is vacant and how many make a quorum. Elections fill seats by `actions.tenures.appoint`, meetings ask who sits.
"""
