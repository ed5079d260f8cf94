"""Who says how dates come to a diary, who sends them, and who answers."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_choose_way(who: Standing) -> Verdict:
    """How dates come to a diary everybody says of their own; nobody else."""
    return YES if who.person else no("Sign in to say how dates come to your diary.")


def may_send_dates(who: Standing) -> Verdict:
    """Dates go out by themselves: by the worker of the installation."""
    return YES if who.is_system else no("Dates go out by themselves.")


def may_answer_date(who: Standing, person: str, *, is_seen: bool) -> Verdict:
    """A date is answered by whom it was sent to, from the mail or the page, or by whoever acts for them and sees it too."""
    if who.is_system or (person and (person == who.person or (is_seen and person in who.acted_for))):
        return YES
    return no("A date is answered by whom it was sent to, or by whoever acts for them.")
