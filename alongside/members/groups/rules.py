"""Who belongs to a group, and what a question and an answer may be."""

from collections.abc import Iterable
from decimal import Decimal

from alongside.ground.core.choice import Choice
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural

MOST_ASKED, MOST_REPLIED = 400, 2_000  # letters
THANKED = Decimal("0.25")  # hours of advice that one answer counts, when it is thanked for


class EnquiryState(Choice):
    """Where a question is."""

    OPEN = "open", "Open", "green"
    CLOSED = "closed", "Closed"
    GONE = "gone", "Taken back"


TAKES_BACK = {EnquiryState.GONE: "who asked, or the office, takes it back"}
MOVES = {
    EnquiryState.OPEN: {EnquiryState.CLOSED: "who asked, or the office, needs no more answers", **TAKES_BACK},
    EnquiryState.CLOSED: {EnquiryState.OPEN: "who asked, or the office, opens it again", **TAKES_BACK},
}


def posts_held(who: Standing, partnership: str) -> frozenset[str]:
    """Somebody is in the groups of the posts that they hold today in schools that belong to the partnership.

    Source: R20, members by role; R2, access comes only from roles held today; decision 8.
    """
    return frozenset(role.post for role in who.posts_in(partnership))


def is_in(group_posts: str, held: Iterable[str]) -> bool:
    """A group that names posts is of those who hold one of them; one that names none is of everybody in a member school.

    Source: R20.
    """
    return any(not group_posts or f",{post}," in group_posts for post in held)


def schools_within(who: Standing, partnership: str, group_posts: str) -> frozenset[str]:
    """Whoever answers in a group answers for the school in which they hold the post by which they are in it, and for no other of
    theirs.

    Source: R20, members by role; decision 8.
    """
    held = who.posts_in(partnership)
    return frozenset(role.school for role in held if role.school and is_in(group_posts, [role.post]))


def speaks_for_self(who: Standing, partnership: str, group_posts: str) -> bool:
    """In a group of certain posts, in which somebody is by a post of their own, they speak for themselves and for no head.

    Source: R20, members by role; R2, whoever acts for a head does so where they have no part of their own.
    """
    return bool(group_posts) and is_in(group_posts, [role.post for role in who.own_posts_in(partnership)])


def nobody_else(group: str, for_whom: str) -> str:
    """A group is asked where somebody else is in it: what nobody would hear of is not asked.

    Source: R20; a question goes to people, and says beforehand to how many.
    """
    told = f"{for_whom[:1].lower()}{for_whom[1:]}" if for_whom[1:2].islower() else for_whom
    begins = "people are in it from their first day in such a post"
    return f"Nobody else is in {group} yet. It is for {told}, of member schools: {begins}."


def replies_words(replies: int, schools: int) -> str:
    """'No answer yet', '3 answers from 2 schools'.

    Source: issue "The week", the asker gets one page of answers.
    """
    if not replies:
        return "No answer yet"
    return plural(replies, "answer") + (f" from {plural(schools, 'school')}" if schools else "")
