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


def replies_words(replies: int, schools: int) -> str:
    """'No answer yet', '3 answers from 2 schools'.

    Source: issue "The week", the asker gets one page of answers.
    """
    if not replies:
        return "No answer yet"
    return plural(replies, "answer") + (f" from {plural(schools, 'school')}" if schools else "")
