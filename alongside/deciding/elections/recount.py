"""Counts the published list of an election again, with nothing but Python: python recount.py LIST.json HASH"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from alongside.deciding.elections.rules.counting import KNOWN, VOTE, BallotPaper, Count


def recounted(told: dict[str, Any]) -> Count:
    """The count of what a published list holds."""
    papers = [BallotPaper(tuple(choices)) for _, choices in told["ballots"] if choices]
    return KNOWN[told["method"]](papers, len(told["candidates"]), told["seats"], told["lots"])


def faults(raw: bytes, hashed: str) -> list[str]:
    """What is wrong with a published list, in sentences; `hashed` is the hash that stands on the declaration."""
    if hashlib.sha256(raw).hexdigest() != hashed:
        return ["This is not the list that was published: its hash is another one."]
    told = json.loads(raw)
    numbers, most = range(len(told["candidates"])), len(told["candidates"])
    if told["method"] == "marks":
        most = told["seats"]
    trackers = [tracker for tracker, _ in told["ballots"] if tracker]
    broken = sum(
        len(choices) > most or len(set(choices)) < len(choices) or not set(choices) <= set(numbers)
        for _, choices in told["ballots"]
    )
    found = [
        (len(told["ballots"]) != told["marks"], "There are not as many ballots as marks on the roll."),
        (told["marks"] > told["schools"], "More schools voted than stand on the roll."),
        (len(set(trackers)) < len(trackers), "A tracker stands twice."),
        (told["ballots"] != sorted(told["ballots"]), "The ballots are not in the order of their trackers."),
        (bool(broken), f"{broken} of the ballots could not have been cast."),
        (sorted(told["lots"]) != [*numbers], "The order of lots does not name each candidate once."),
    ]
    if said := [words for is_so, words in found if is_so]:
        return said
    elected = [told["candidates"][one] for one in recounted(told).elected]
    return [] if elected == told["elected"] else [f"The count gives {', '.join(elected)}."]


def main(words: list[str]) -> int:
    """Say how the list counts; gives the exit code."""
    if len(words) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        raw = Path(words[0]).read_bytes()
    except OSError:
        sys.stderr.write(f"{words[0]} cannot be read. Give the name of the list as it was downloaded.\n")
        return 2
    try:
        found = faults(raw, words[1].strip().lower())
        said = found or stages_of(json.loads(raw))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        sys.stderr.write(f"{words[0]} is no list of ballots as elections here publish it. Download it again.\n")
        return 2
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if found else 0


def stages_of(told: dict[str, Any]) -> list[str]:
    """The count in lines."""
    lines = []
    for at, stage in enumerate(recounted(told).stages, 1):
        lines.append(f"Stage {at}")
        figures = zip(told["candidates"], stage.votes, strict=True)
        lines += [f"  {votes // VOTE:>6}.{votes % VOTE:05}  {name}" for name, votes in figures]
    return [*lines, f"{told['marks']} ballots of {told['schools']} schools. Elected: {', '.join(told['elected'])}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
