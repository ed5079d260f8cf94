"""The picture of a count: candidates stand in columns of stages, and votes flow from column to column."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

WIDE, HIGH, BAR, GAP = 170, 240, 12, 10  # between columns, of all votes, of a column's bar, between candidates


class Block(NamedTuple):
    """A candidate's votes at a stage, as a rectangle."""

    x: int
    y: float
    height: float
    tone: str
    words: str


class Flow(NamedTuple):
    """Votes that stay with a candidate, or move to another, as the outline of a ribbon."""

    path: str
    tone: str


class Transfers(NamedTuple):
    """The whole picture, with the names beside the first column and the number of each stage below."""

    width: int
    height: int
    blocks: list[Block]
    flows: list[Flow]
    texts: list[tuple[int, float, str]]


def transfers(stages: Sequence[Mapping[str, Any]], names: Sequence[str], said: Sequence[str]) -> Transfers:
    """Each stage is a column in which every candidate is as high as their votes; the votes that move flow to whom they go.

    `said` are the words of each stage. Source: R9, count sheet with a picture of transfers by stage.
    """
    columns = [[*stage["votes"], stage["spent"]] for stage in stages]
    total = sum(columns[0]) or 1
    tops = [_tops(column, total) for column in columns]
    elected = {one for stage in stages for one in stage["elected"]}
    tones = ["green" if at in elected else "light" for at in range(len(names))] + ["rest"]
    who = [*names, "Not transferable"]
    blocks = [
        Block(at * WIDE, tops[at][one], HIGH * votes / total, tones[one], f"{said[at]}: {who[one]}")
        for at, column in enumerate(columns)
        for one, votes in enumerate(column)
        if votes
    ]
    flows = [flow for at in range(1, len(stages)) for flow in _flows(at, columns, tops, stages[at]["mover"], total, tones)]
    middles = [tops[0][one] + HIGH * votes / total / 2 + 4 for one, votes in enumerate(columns[0])]
    marks = [(BAR + 6, middles[one], name) for one, name in enumerate(who) if columns[0][one]]
    bottom = round(HIGH + GAP * len(who)) + 14
    marks += [(at * WIDE, bottom, str(at + 1)) for at in range(len(columns))]
    return Transfers((len(columns) - 1) * WIDE + 220, bottom + 6, blocks, flows, marks)


def _tops(column: Sequence[int], total: int) -> list[float]:
    found, at = [], 0.0
    for votes in column:
        found.append(round(at, 1))
        at += HIGH * votes / total + GAP
    return found


def _flows(
    at: int, columns: Sequence[Sequence[int]], tops: Sequence[Sequence[float]], mover: int, total: int, tones: Sequence[str]
) -> list[Flow]:
    before, after, scale = columns[at - 1], columns[at], HIGH / total
    left, right = (at - 1) * WIDE + BAR, at * WIDE
    found, given = [], after[mover]
    for one, votes in enumerate(after):
        stays = min(votes, before[one])
        if stays:
            found.append(Flow(_ribbon(left, tops[at - 1][one], right, tops[at][one], stays * scale), tones[one]))
        if votes > before[one]:
            gained = votes - before[one]
            start = tops[at - 1][mover] + given * scale
            found.append(Flow(_ribbon(left, start, right, tops[at][one] + before[one] * scale, gained * scale), "amber"))
            given += gained
    return found


def _ribbon(left: float, top: float, right: float, end: float, height: float) -> str:
    middle = (left + right) / 2
    over = f"M{left} {top:.1f}C{middle} {top:.1f} {middle} {end:.1f} {right} {end:.1f}"
    return f"{over}V{end + height:.1f}C{middle} {end + height:.1f} {middle} {top + height:.1f} {left} {top + height:.1f}Z"
