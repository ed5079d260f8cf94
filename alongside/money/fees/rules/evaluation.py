"""The evaluation after eighteen months: from which day it counts, and whether it comes in time."""

from datetime import date, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.periods import months_later
from alongside.ground.core.words import plural, short_date

MONTHS, LEAST_BEFORE_END = 18, 6


class Anchor(Choice):
    """The day from which the eighteen months count."""

    FIRST_INVOICE = "first invoice", "The day of the first invoice"
    SIGN_UP = "sign-up", "The last day to sign"
    SUPPORT = "support", "The day support begins"


def evaluation_on(anchor: date) -> date:
    """The partnership is evaluated eighteen months after a day that it names.

    Source: 002:25, evidence H22.
    """
    return months_later(anchor, MONTHS)


def why_late(evaluated_on: date, term_ends_on: date) -> str:
    """An evaluation that comes less than six months before the end of the term is hardly in time for the decision
    whether to go on, and the office is told. Empty when it is in time: from 1 March to the end of August are six months.

    Source: evidence H22. The last day of the term is one of its days.
    """
    over_on = term_ends_on + timedelta(days=1)
    if months_later(evaluated_on, LEAST_BEFORE_END) <= over_on:
        return ""
    if evaluated_on > term_ends_on:
        return f"That is after the two years have ended on {short_date(term_ends_on)}: too late to decide whether to go on."
    left = next(n for n in range(LEAST_BEFORE_END) if months_later(evaluated_on, n + 1) > over_on)
    soon = f"only {plural(left, 'month')}" if left else "less than a month"
    return f"That is {soon} before the two years end on {short_date(term_ends_on)}: little time to decide whether to go on."
