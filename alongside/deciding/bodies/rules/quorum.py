"""How many make a quorum, and whether those present do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import plural


class Share(Choice):
    """Which part of the voting members in post must be there."""

    HALF = "half", "Half, rounded up"
    MOST = "most", "More than half"
    THIRD = "third", "A third, rounded up"
    NUMBER = "number", "A fixed number"


@dataclass(frozen=True)
class Quorum:
    """How many must be there of so many in post, by which rule, and whether somebody must chair."""

    share: Share
    least: int
    needs_chair: bool
    in_post: int

    @property
    def needed(self) -> int:
        """How many must be there."""
        return quorum_of(self.share, self.least, self.in_post)

    @property
    def words(self) -> str:
        """'3 of 5 voting members in post (half, rounded up), with the chair or an acting chair', and what to say of none."""
        if not self.in_post:
            makes = {Share.HALF: "half of them, rounded up, make one", Share.MOST: "more than half of them make one"}
            usual = f"{max(self.least, 1)} make one" if self.share is Share.NUMBER else "a third of them, rounded up, make one"
            return f"nobody who votes sits there yet; once they do, {makes.get(self.share, usual)}"
        least = f", at least {self.least}" if self.least and self.share is not Share.NUMBER else ""
        chair = ", with the chair or an acting chair" if self.needs_chair else ""
        return f"{self.needed} of {plural(self.in_post, 'voting member')} in post ({self.share.label.lower()}{least}){chair}"


def each_vote(votes: Iterable[str]) -> set[str]:
    """The votes that are named, each once: two heads of one school share its vote, and whoever leads two schools casts both.

    Source: R9 (every school one vote; an executive head votes once for each school). `votes` are keys between commas.
    """
    return {one for named in votes for one in named.split(",") if one}


def quorum_of(share: Share, least: int, in_post: int) -> int:
    """So many voting members must be there for a body to decide: its share of those in post, vacancies not counted, and never
    fewer than the least that it has set, or than one.

    Source: evidence H13 and section 5 (half of filled voting seats, rounded up), section 4 (maintained: half of those in post).
    """
    part = {Share.HALF: -(-in_post // 2), Share.MOST: in_post // 2 + 1, Share.THIRD: -(-in_post // 3), Share.NUMBER: 0}[share]
    return max(part, least, 1)


def is_quorate(quorum: Quorum, votes_present: Collection[str], has_chair: bool) -> bool:
    """A body may decide when enough of its voting members are there, and somebody chairs where its rule asks for that.

    `votes_present` are the votes of those who came, each once however many share it. Source: evidence H13, T8 (only full members
    count).
    """
    return len({vote for vote in votes_present if vote}) >= quorum.needed and (has_chair or not quorum.needs_chair)
