"""Ballot files (BLT): read so that nothing in them is guessed at, and written.

Source: issue "Governance", any BLT file is counted, a malformed one refused.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from alongside.deciding.elections.rules.counting import BallotPaper
from alongside.ground.core.words import plural

COUNTED = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)
WITHDRAWN = re.compile(r"-\d{1,9}(\s+-\d{1,9})*", re.ASCII)
QUOTED = re.compile(r'"(.+?)"\s*(#.*)?')  # a name, and a comment after it: within the quotation marks # is a letter
MOST = 9_999  # candidates
SHOWN = 40  # letters of a bad line


class Malformed(Exception):
    """What is wrong with a file, and in which line first."""


class BallotFile(NamedTuple):
    """What a ballot file says: who stands (without those who withdrew), for how many seats, the papers, and its title; `numbers`
    are those by which the file names who stands, `blank` how many ballots prefer nobody who stands."""

    names: tuple[str, ...]
    seats: int
    papers: tuple[BallotPaper, ...]
    title: str
    numbers: tuple[int, ...]
    blank: int = 0


def read(text: str) -> BallotFile:
    """A ballot file is read whole or not at all: the first line that cannot be so is named."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    there, last = ((at, line) for at, line in enumerate(map(str.strip, lines), 1) if line and line[0] != "#"), len(lines)
    at, line = _next(there, last, "how many candidates and seats")
    head = line.split("#")[0].split()
    if len(head) != 2 or not all(COUNTED.fullmatch(one) for one in head):
        raise _bad(at, line, "the first line is two numbers: candidates, seats")
    candidates, seats = map(int, head)
    head_at, head_line = at, line
    if not seats <= candidates <= MOST:
        raise _bad(at, line, f"there are at least as many candidates as seats, and at most {MOST}")
    papers, withdrawn = _papers(there, candidates, last)
    names = []
    for number in range(1, candidates + 1):
        at, line = _next(there, last, f"the name of candidate {number} of {candidates}")
        names.append(_unquoted(at, line))
        if names[-1] in names[:-1]:
            raise _bad(at, line, "this name stands twice")
    title = _unquoted(*_next(there, last, f"a title after {candidates} names"))
    for at, line in there:
        raise _bad(at, line, "nothing stands after the title")
    if seats > candidates - len(withdrawn):
        left = candidates - len(withdrawn)
        raise _bad(
            head_at, head_line, f"{seats} seats, but only {plural(left, 'candidate has', 'candidates have')} not withdrawn"
        )
    return _without(withdrawn, BallotFile(tuple(names), seats, tuple(papers), title, tuple(range(1, candidates + 1))))


def _next(there: Iterator[tuple[int, str]], last: int, what: str) -> tuple[int, str]:
    for found in there:
        return found
    raise Malformed(f"line {last}: the file ends here, and {what} should follow")


def _bad(at: int, line: str, why: str) -> Malformed:
    shown = line if len(line) <= SHOWN else line[:SHOWN] + "…"
    return Malformed(f"line {at}: {why}. It says: {shown}")


def _papers(there: Iterator[tuple[int, str]], candidates: int, last: int) -> tuple[list[BallotPaper], set[int]]:
    papers: list[BallotPaper] = []
    withdrawn: set[int] = set()
    place = {str(number): number - 1 for number in range(1, candidates + 1)}
    for at, line in there:
        words = line.split("#")[0].split()
        if not papers and WITHDRAWN.fullmatch(" ".join(words)):
            withdrawn |= {-int(one) - 1 for one in words}
            if max(withdrawn) >= candidates or min(withdrawn) < 0:
                raise _bad(at, line, f"who withdrew is a candidate from -1 to -{candidates}")
            continue
        if words == ["0"]:
            return papers, withdrawn
        if words[-1] != "0" or not COUNTED.fullmatch(words[0]):
            raise _bad(at, line, "a ballot begins with how many there are of it and ends with 0")
        try:
            choices = tuple([place[word] for word in words[1:-1]])
        except KeyError:
            raise _bad(at, line, f"on a ballot stand the numbers 1 to {candidates}, of candidates") from None
        if len(set(choices)) < len(choices):
            raise _bad(at, line, "a candidate stands twice on this ballot")
        papers.append(BallotPaper(choices, int(words[0])))
    raise Malformed(f"line {last}: the file ends here, and more ballots, or a line 0 that ends them, should follow")


def _unquoted(at: int, line: str) -> str:
    if not line.startswith('"'):
        return line
    found = QUOTED.fullmatch(line)
    if not (found and (name := found[1].strip())):
        raise _bad(at, line, "a name begins and ends with quotation marks, or has none")
    return name


def _without(withdrawn: set[int], whole: BallotFile) -> BallotFile:
    """Those who did not withdraw, and the papers that give one of them a preference."""
    stay = [one for one in range(len(whole.names)) if one not in withdrawn]
    place = {one: at for at, one in enumerate(stay)}
    left = [BallotPaper(tuple(place[one] for one in choices if one in place), many) for choices, many in whole.papers]
    names, numbers = tuple(whole.names[one] for one in stay), tuple(whole.numbers[one] for one in stay)
    blank = sum(one.many for one in left if not one.choices)
    return whole._replace(names=names, numbers=numbers, papers=tuple(one for one in left if one.choices), blank=blank)


def written(names: Iterable[str], seats: int, papers: Iterable[BallotPaper], title: str) -> str:
    """A ballot file that any counting program reads."""
    quoted = [f'"{name}"' for name in (*names, title)]
    ballots = [" ".join(map(str, (many, *(one + 1 for one in choices), 0))) for choices, many in papers]
    return "\n".join([f"{len(quoted) - 1} {seats}", *ballots, "0", *quoted, ""])
