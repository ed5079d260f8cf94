"""Who looks up whom."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_look_up(who: Standing, partnership: str) -> Verdict:
    """Colleagues are looked up by people of the schools that belong to the partnership, and by its office."""
    if who.runs(partnership) or who.belongs_to(partnership):
        return YES
    return no("Who's who is for the schools that belong to the partnership, and for its office.")


def may_forget_list(who: Standing, partnership: str, owner: str) -> Verdict:
    """A saved list is taken away by whose it is; the office's by the office."""
    if who.is_system or (who.person == owner if owner else who.runs(partnership)):
        return YES
    return no("Only whoever saved this list can take it away.")


def may_name_clusters(who: Standing, partnership: str) -> Verdict:
    """The office says which schools stand together under a name."""
    return YES if who.runs(partnership) else no("The partnership's office names clusters of schools.")


def may_write_circular(who: Standing, partnership: str) -> Verdict:
    """Everybody on a list is written to by the office; colleagues ask a group, or write from their own mail program."""
    if who.runs(partnership):
        return YES
    return no("The partnership's office writes to a list. Copy the addresses into your own mail program, or ask a group.")


def may_tell_readers(who: Standing) -> Verdict:
    """A circular goes out by itself: by the worker of the installation."""
    return YES if who.is_system else no("A circular goes out by itself.")
