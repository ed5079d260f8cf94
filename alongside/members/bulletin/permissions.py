"""Who sends items in, lets them through, and says that a school has done what was asked."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.members.bulletin.rules import ItemState, is_still_theirs


def may_read_bulletins(who: Standing, partnership: str) -> Verdict:
    """The bulletin is for the partnership's member schools and its office; who is asked to join reads it once they have."""
    if who.runs(partnership) or who.belongs_to(partnership):
        return YES
    return no("The bulletin is read in the partnership's member schools, and in its office.")


def may_propose_item(who: Standing, partnership: str) -> Verdict:
    """Anybody who holds a post in a member school, or works in the office, may send something in for the bulletin."""
    if may_read_bulletins(who, partnership):
        return YES
    return no("Items come from the partnership's member schools and its office.")


def may_run_bulletin(who: Standing, partnership: str) -> Verdict:
    """What goes into the bulletin is for the partnership's office to say."""
    return YES if who.runs(partnership) else no("What goes into the bulletin is for the partnership's office to say.")


def may_change_item(who: Standing, partnership: str, authors: list[str], state: ItemState) -> Verdict:
    """An item is changed or taken back by the office, and by whoever sent it in until the office has taken it."""
    if who.runs(partnership) or (is_still_theirs(state) and who.person in authors):
        return YES
    return no("An item is changed by the office, and by whoever sent it in until the office has taken it.")


def may_settle_bulletin(who: Standing, partnership: str) -> Verdict:
    """On which day the bulletin goes is for the partnership's manager to say."""
    if who.is_system or who.can(Power.RUN, partnership=partnership):
        return YES
    return no("Only the partnership's manager settles on which day the bulletin goes.")


def may_answer_request(who: Standing, partnership: str, school: str) -> Verdict:
    """That a school has done what was asked is said by anybody who holds a post in it, and by the office."""
    if who.runs(partnership) or who.holds(school=school):
        return YES
    return no("Only people of the school, and the office, can say that it is done.")


def may_answer_by_mail(who: Standing, partnership: str, is_addressed: bool) -> Verdict:
    """What stands as a school's answer is what one of its people sent to the very address that their bulletin bears."""
    if not is_addressed:
        return no("It was not sent to the address of the bulletin that it answers.")
    return may_read_bulletins(who, partnership)
