"""Who may do what with the register."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_change_register(who: Standing) -> Verdict:
    """The register is the Department's: only whoever runs the installation imports it."""
    return YES if who.is_system else no("Only whoever runs this installation can import the register.")


def may_decide_succession(who: Standing, concerned: bool) -> Verdict:
    """Whether a merged or split school goes on is for the office of a partnership that works with it to say."""
    if who.is_system or (who.offices and concerned):
        return YES
    return no("Only the office of a partnership that works with these schools can decide this.")
