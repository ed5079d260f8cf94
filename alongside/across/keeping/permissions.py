"""Who may hold and who may erase: whoever runs the installation, asked by an office or by the person."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_erase_person(who: Standing, held_since: str, last_manager_of: str) -> Verdict:
    """A person is erased by whoever runs the installation, unless a hold or a partnership without manager stands against it."""
    if not who.is_system:
        return no("Whoever runs this installation erases people: ask them.")
    if held_since:
        return no(f"This is held since {held_since} and may not be erased. Lift the hold first.")
    if last_manager_of:
        return no(f"This is the only manager of {last_manager_of}. Invite the next one first.")
    return YES


def may_hold(who: Standing) -> Verdict:
    """A hold is set and lifted by whoever runs the installation."""
    return YES if who.is_system else no("Whoever runs this installation sets and lifts holds: ask them.")
