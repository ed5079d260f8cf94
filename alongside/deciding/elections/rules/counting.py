"""Counting, in integers and without chance: most marks, and the single transferable vote of the Scottish councils.

This file needs the standard library alone: it is also the half of the script with which anybody counts again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

VOTE = 100_000  # hundred-thousandths: the Order counts to five decimal places and ignores the remainder


class BallotPaper(NamedTuple):
    """What stands on so many ballot papers: candidates by their number, from the first preference on."""

    choices: tuple[int, ...]
    many: int = 1


class Drawn(NamedTuple):
    """Where a lot decided: at which stage, among whom, for whom."""

    stage: int
    among: tuple[int, ...]
    taken: int


@dataclass(frozen=True, slots=True)
class CountStage:
    """What stands at the end of a stage: each candidate's votes and those of nobody (in hundred-thousandths), whose papers
    moved (and whether with the candidate's exclusion), who is elected at it."""

    votes: tuple[int, ...]
    spent: int
    elected: tuple[int, ...] = ()
    mover: int | None = None
    is_exclusion: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A count: the quota (none where marks are counted), the stages, who is elected in order, and where a lot decided."""

    quota: int | None
    stages: tuple[CountStage, ...]
    elected: tuple[int, ...]
    drawn: tuple[Drawn, ...]


def most_marks(papers: Iterable[BallotPaper], candidates: int, seats: int, lots: Sequence[int]) -> Count:
    """Those with the most marks are elected, as many as there are seats; of equals, who stands earlier in the order of lots.

    Source: R9, most marks by default; evidence section 5.
    """
    votes = [0] * candidates
    for choices, many in papers:
        for one in choices:
            votes[one] += many * VOTE
    order = sorted(range(candidates), key=lambda one: (-votes[one], lots.index(one)))
    elected, last = tuple(order[:seats]), votes[order[seats - 1]]
    level = tuple(sorted(one for one in order if votes[one] == last))
    is_drawn = candidates > seats and votes[order[seats]] == last
    drawn = tuple(Drawn(1, level, one) for one in elected if is_drawn and one in level)
    return Count(None, (CountStage(tuple(votes), 0, elected),), elected, drawn)


def quota_of(papers: int, seats: int) -> int:
    """The votes that elect: the papers divided by one more than the seats, decimals ignored, and one more.

    Source: Scottish Local Government Elections Order 2007, schedule 1, rule 46.
    """
    return papers // (seats + 1) + 1


def transferable(papers: Sequence[BallotPaper], candidates: int, seats: int, lots: Sequence[int]) -> Count:
    """Votes are transferred, from those with more than they need and from the last, until every seat is filled.

    Who stands earlier in the order of lots is transferred first and excluded last.

    Source: Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52.
    """
    return _Table(papers, candidates, seats, lots).count()


KNOWN = {"marks": most_marks, "transferable": transferable}


class _Table:
    """The table on which the papers lie: each candidate's, by the value at which they came."""

    def __init__(self, papers: Sequence[BallotPaper], candidates: int, seats: int, lots: Sequence[int]) -> None:
        self.places = {one: place for place, one in enumerate(lots)}
        self.seats = seats
        self.piles: list[dict[int, list[BallotPaper]]] = [{VOTE: []} for _ in range(candidates)]
        self.votes = [0] * candidates
        for paper in papers:
            self.piles[paper.choices[0]][VOTE].append(paper)
            self.votes[paper.choices[0]] += paper.many * VOTE
        self.all = sum(self.votes)
        self.quota = quota_of(self.all // VOTE, seats) * VOTE
        self.continuing, self.waiting = set(range(candidates)), set[int]()
        self.stages: list[CountStage] = []
        self.elected: list[int] = []
        self.drawn: list[Drawn] = []

    def count(self) -> Count:
        """Rules 45, 48 and 50: first preferences; then the highest surplus while there is one, else who has the fewest."""
        self.end_stage()
        while len(self.elected) < self.seats:
            if self.waiting:
                one = self.among(self.waiting, max)
                self.waiting.remove(one)
                self.transfer(one, self.votes[one] - self.quota, self.votes[one])
                self.votes[one] = self.quota
            else:
                one = self.among(self.continuing, min)
                self.continuing.remove(one)
                self.transfer(one, 1, 1)
                self.votes[one] = 0
            self.end_stage(one)
        return Count(self.quota // VOTE, tuple(self.stages), tuple(self.elected), tuple(self.drawn))

    def transfer(self, giver: int, share: int, of: int) -> None:
        """Rules 48 and 50: each paper goes to the next continuing candidate on it, at its value or a share of it.

        The papers of the last who is excluded move too, though rule 52 would spare that: the councils' own counts show it so.
        """
        for value, papers in self.piles[giver].items():
            worth = value * share // of
            for paper in papers:
                choices = paper.choices
                for one in choices[choices.index(giver) + 1 :]:
                    if one in self.continuing:
                        self.piles[one].setdefault(worth, []).append(paper)
                        self.votes[one] += worth * paper.many
                        break
        self.piles[giver] = {}

    def end_stage(self, mover: int | None = None) -> None:
        """Rules 47 and 52: who has the quota is elected, and all who are left once there are only as many as seats."""
        votes = self.votes
        chosen = {one for one in self.continuing if votes[one] >= self.quota}
        self.waiting |= {one for one in chosen if votes[one] > self.quota}
        self.continuing -= chosen
        if len(self.continuing) + len(self.elected) + len(chosen) <= self.seats:
            chosen |= self.continuing
            self.continuing = set()
        past = [stage.votes for stage in self.stages]
        order = sorted(chosen, key=lambda one: (-votes[one], *(-then[one] for then in reversed(past)), self.places[one]))
        self.elected += order
        left = self.all - sum(votes)
        self.stages.append(CountStage(tuple(votes), left, tuple(order), mover, mover is not None and mover not in self.elected))

    def among(self, some: set[int], best: Callable[[Iterable[int]], int]) -> int:
        """Rules 49 and 51: the one with the most (or the fewest) votes; of equals, at the latest stage at which they differed;
        of those who never did, by lot."""
        level = some
        for then in (self.votes, *(stage.votes for stage in reversed(self.stages))):
            wanted = best(then[one] for one in level)
            level = {one for one in level if then[one] == wanted}
            if len(level) == 1:
                return level.pop()
        taken = (min if best is max else max)(level, key=self.places.__getitem__)
        self.drawn.append(Drawn(len(self.stages) + 1, tuple(sorted(level)), taken))
        return taken
