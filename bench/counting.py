"""Q8: what counting takes: the 326 wards of the Scottish council elections of 2017, and a board election. Prints the figures."""

import os
import random
import time
import zipfile
from pathlib import Path

from alongside.deciding.elections.rules.blt import BallotFile, read
from alongside.deciding.elections.rules.counting import BallotPaper, transferable
from bench.register import ROOT, Figure, best

WARDS = Path(os.environ.get("ALONGSIDE_ELECTIONS") or ROOT.parent / "shared" / "data" / "elections") / "scotland_2017_blt.zip"
SCHOOLS, CANDIDATES, SEATS, MANY = 97, 9, 4, 50


def count(election: BallotFile) -> None:
    """By the order of the file where a lot is needed."""
    transferable(election.papers, len(election.names), election.seats, range(len(election.names)))


def board(chance: random.Random) -> list[BallotPaper]:
    """Each school’s own order of some of the candidates."""
    return [BallotPaper(tuple(chance.sample(range(CANDIDATES), chance.randint(1, CANDIDATES)))) for _ in range(SCHOOLS)]


def main() -> list[Figure]:
    """Measure reading and counting."""
    found: list[Figure] = []
    if WARDS.exists():
        with zipfile.ZipFile(WARDS) as packed:
            texts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".blt")]
        began = time.perf_counter()
        elections = [read(text) for text in texts]
        reading = time.perf_counter() - began
        counting = best(lambda: [count(one) for one in elections])
        ballots = sum(paper.many for one in elections for paper in one.papers)
        figure = f"{len(elections)} wards, {ballots:,} ballots in {counting:.2f} s, and {reading:.2f} s to read the files"
        found.append(("Q8", "count of the 326 wards of 2017 ≤ 3 s", figure, ""))
    chance = random.Random(8)
    boards = [BallotFile((" ",) * CANDIDATES, SEATS, tuple(board(chance)), "") for _ in range(MANY)]
    each = best(lambda: [count(one) for one in boards]) / MANY * 1_000
    found.append(("Q8", "a board election ≤ 50 ms", f"{SCHOOLS} schools, {CANDIDATES} for {SEATS} seats: {each:.2f} ms", ""))
    return found


if __name__ == "__main__":
    for promise, what, figure, _ in main():
        print(f"{promise}: {what}: {figure}")
