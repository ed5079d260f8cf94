"""Who makes groups, asks them, answers and thanks."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.members.groups.rules import is_in, posts_held


def may_run_groups(who: Standing, partnership: str) -> Verdict:
    """Which groups there are is for the partnership's office to say."""
    return YES if who.runs(partnership) else no("Which groups there are is for the partnership's office to say.")


def may_ask_group(who: Standing, partnership: str) -> Verdict:
    """Anybody who holds a post in a member school, or works in the office, may ask a group."""
    if who.runs(partnership) or posts_held(who, partnership):
        return YES
    return no("Groups are asked by people of the partnership's member schools, and by its office.")


def may_write_by_mail(who: Standing, partnership: str, is_addressed: bool) -> Verdict:
    """What a group reads is what somebody of the partnership sent to the very address that was given to them for it."""
    if not is_addressed:
        return no("It was not sent to the address under which the group answers, so the group does not read it.")
    return may_ask_group(who, partnership) if who.person else no("Groups are asked and answered by people who can sign in.")


def may_reply(who: Standing, partnership: str, group_posts: str) -> Verdict:
    """A question is answered by whoever is in the group, and by the office."""
    if who.runs(partnership) or is_in(group_posts, posts_held(who, partnership)):
        return YES
    return no("Only people of this group, and the office, answer here.")


def may_correct_reply(who: Standing, author: str) -> Verdict:
    """An answer is put right by whoever wrote it, and nobody else."""
    return YES if who.person and who.person == author else no("Only whoever wrote an answer puts it right.")


def may_take_back_reply(who: Standing, partnership: str, author: str) -> Verdict:
    """An answer is taken back by whoever wrote it, and by the office."""
    if who.runs(partnership) or may_correct_reply(who, author):
        return YES
    return no("Only whoever wrote an answer, and the office, take it back.")


def may_thank(who: Standing, askers: list[str]) -> Verdict:
    """Whoever asked, and for whom it was asked, says thank you, and nobody else."""
    return YES if who.person in askers else no("Only whoever asked says thank you for an answer.")


def may_close(who: Standing, partnership: str, askers: list[str]) -> Verdict:
    """Whoever asked, for whom it was asked, and the office, say that no more answers are needed."""
    if who.runs(partnership) or who.person in askers:
        return YES
    return no("Only whoever asked, and the office, close a question.")


def may_tell_group(who: Standing) -> Verdict:
    """A group hears of a question by itself: by the worker of the installation."""
    return YES if who.is_system else no("A group hears of a question by itself.")
