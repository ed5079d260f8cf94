"""A second count, written apart from the first: paper by paper, in decimals, from the text of the Order."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

PLACES = Decimal("0.00001")


class SlowPaper:
    """One ballot paper: whom it names, with whom it lies, at what value."""

    def __init__(self, names: Sequence[int]) -> None:
        self.names, self.holder, self.value = list(names), names[0], Decimal(1)

    def next_of(self, continuing: set[int]) -> int | None:
        """The next available preference (rule 48)."""
        after = self.names[self.names.index(self.holder) + 1 :]
        return next((name for name in after if name in continuing), None)


def elected(papers: Sequence[Sequence[int]], candidates: int, seats: int, lots: Sequence[int]) -> list[set[int]]:
    """Who is deemed elected at each stage."""
    table = [SlowPaper(names) for names in papers]
    quota = len(table) // (seats + 1) + 1
    state = dict.fromkeys(range(candidates), "continuing")
    credited = {one: Decimal(sum(paper.holder == one for paper in table)) for one in state}
    history, stages, to_move = [], [], []

    def continuing() -> set[int]:
        return {one for one, how in state.items() if how == "continuing"}

    def vacancies() -> int:
        return seats - sum(how == "elected" for how in state.values())

    def prefer(some: list[int], sign: int) -> int:
        """Whose votes are highest (sign 1) or lowest (-1), now or at the latest stage that tells, or by lot."""
        for votes in [credited, *reversed(history)]:
            wanted = max(sign * votes[one] for one in some)
            some = [one for one in some if sign * votes[one] == wanted]
        return sorted(some, key=lots.index)[0 if sign == 1 else -1]

    while True:
        here = {one for one in continuing() if credited[one] >= quota}
        for one in here:
            state[one] = "elected"
            if credited[one] > quota:
                to_move.append(one)
        if len(continuing()) == vacancies():
            here |= continuing()
            state.update(dict.fromkeys(continuing(), "elected"))
        stages.append(here)
        history.append(dict(credited))
        if not vacancies():
            return stages
        giver = prefer(to_move, 1) if to_move else prefer(sorted(continuing()), -1)
        surplus, total = credited[giver] - quota, credited[giver]
        if giver in to_move:
            to_move.remove(giver)
        else:
            state[giver] = "excluded"
        is_elected = state[giver] == "elected"
        for paper in [paper for paper in table if paper.holder == giver]:
            taker = paper.next_of(continuing())
            if taker is None:
                table.remove(paper)
                continue
            if is_elected:
                paper.value = (surplus * paper.value / total).quantize(PLACES, ROUND_DOWN)
            paper.holder = taker
            credited[taker] += paper.value
        credited[giver] = Decimal(quota) if is_elected else Decimal(0)
