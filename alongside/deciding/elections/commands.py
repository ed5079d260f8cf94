"""`alongside count`: counts a ballot file by the rule with which the elections here are counted. It needs no database."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from alongside.deciding.elections.rules.blt import COUNTED, BallotFile, Malformed, read
from alongside.deciding.elections.rules.counting import VOTE, Count, transferable
from alongside.ground.core.words import plural


def count(asked: argparse.Namespace) -> int:
    """Count a file, and print the stages or JSON. Gives the exit code."""
    raw = asked.file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    try:
        election = read(text)
        lots = _order(asked.lots, election)
    except Malformed as why:
        print(f"alongside: {asked.file}, {why}", file=sys.stderr)
        return 2
    done = transferable(election.papers, len(election.names), election.seats, lots)
    print(json.dumps(told(election, done), ensure_ascii=False, indent=1) if asked.json else sheet(election, done))
    if done.drawn and not asked.lots:
        print("alongside: a lot decided, and none is given: taken in the order of the file (see --lots).", file=sys.stderr)
    return 0


def _order(lots: str, election: BallotFile) -> Sequence[int]:
    """The candidates in the order of lots, which names them by the file's own numbers, whoever of them withdrew."""
    if not lots:
        return range(len(election.names))
    place = {number: at for at, number in enumerate(election.numbers)}
    order = [place.get(int(one), -1) if COUNTED.fullmatch(one.strip()) else -1 for one in lots.split(",")]
    if sorted(order) != [*range(len(place))]:
        many, usual = plural(len(place), "candidate"), ",".join(map(str, reversed(election.numbers)))
        raise Malformed(f"--lots: name each of the {many} that stand once, by their number in the file, such as {usual}")
    return order


def decimal(votes: int) -> str:
    """Votes with their five decimals."""
    return f"{votes // VOTE}.{votes % VOTE:05}"


def told(election: BallotFile, done: Count) -> dict[str, Any]:
    """The count in names."""
    names = election.names
    return {
        "title": election.title,
        "seats": election.seats,
        "papers": sum(one.many for one in election.papers),
        "blank": election.blank,
        "quota": done.quota,
        "stages": [
            {
                "stage": at,
                "votes": {name: decimal(votes) for name, votes in zip(names, stage.votes, strict=True)},
                "not_transferable": decimal(stage.spent),
                "surplus_of": None if stage.mover is None or stage.is_exclusion else names[stage.mover],
                "excluded": names[stage.mover] if stage.mover is not None and stage.is_exclusion else None,
                "elected": [names[one] for one in stage.elected],
            }
            for at, stage in enumerate(done.stages, 1)
        ],
        "elected": [names[one] for one in done.elected],
        "lots": [
            {"stage": one.stage, "among": [names[each] for each in one.among], "taken": names[one.taken]} for one in done.drawn
        ],
    }


def sheet(election: BallotFile, done: Count) -> str:
    """The count as lines of text."""
    said = told(election, done)
    blank = f" (and {plural(election.blank, 'blank one')}, not counted)" if election.blank else ""
    said_first = f"{plural(said['papers'], 'ballot')}{blank}, {plural(election.seats, 'seat')}, quota {done.quota:,}"
    lines = [election.title, said_first]
    for stage in said["stages"]:
        what = "first preferences"
        if stage["surplus_of"]:
            what = f"surplus of {stage['surplus_of']}"
        elif stage["excluded"]:
            what = f"{stage['excluded']} excluded"
        lines += ["", f"Stage {stage['stage']}: {what}"]
        lines += [f"  {votes:>14}  {name}" for name, votes in stage["votes"].items() if votes != decimal(0)]
        lines += [f"  {stage['not_transferable']:>14}  not transferable"]
        lines += [f"  elected: {name}" for name in stage["elected"]]
    lines += [f"Lot at stage {one['stage']} among {', '.join(one['among'])}: {one['taken']}" for one in said["lots"]]
    return "\n".join([*lines, "", "Elected, in order: " + ", ".join(said["elected"])])
