"""Who takes mail in, and who reads it."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_take_in(who: Standing) -> Verdict:
    """Mail comes in by the door alone: the command or the mail server of the installation."""
    return YES if who.is_system else no("Mail comes in by the door for mail alone.")


def may_hand_to_office(who: Standing) -> Verdict:
    """Mail that belongs to no partnership is given to an office by whoever runs the installation."""
    return YES if who.is_system else no("Whoever runs Alongside here gives it to an office.")


def may_read_mail(who: Standing, partnership: str) -> Verdict:
    """What was written to a partnership is read by its office."""
    return YES if who.runs(partnership) else no("Mail to the partnership is read by its office.")
