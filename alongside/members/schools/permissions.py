"""Who may do what with the register."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_change_register(who: Standing) -> Verdict:
    """The register is the Department's: only whoever runs the installation imports it."""
    return YES if who.is_system else no("Only whoever runs this installation can import the register.")


def may_decide_succession(who: Standing, homes: frozenset[str], agreed: bool = True) -> Verdict:
    """Whether a merged or split school goes on says an office to which it belongs; where it belongs elsewhere too, both agree.

    `homes` are the partnerships to which the schools belong: one that has only asked them decides nothing about them.
    """
    if who.is_system:
        return YES
    if not who.offices & homes:
        return no("Only the office of a partnership to which one of these schools belongs can decide this.")
    if homes - who.offices and not agreed:
        return no("A school of these belongs to another partnership as well. Ask its office first, then say that it agrees.")
    return YES
