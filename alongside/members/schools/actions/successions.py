"""Which establishment followed which, and what that means for the lasting schools."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.search import actions as search
from alongside.members.schools import rules
from alongside.members.schools.actions import writing
from alongside.members.schools.actions.establishments import index_schools
from alongside.members.schools.actions.groups import read
from alongside.members.schools.models import Establishment, School, Succession
from alongside.members.schools.permissions import may_decide_succession
from alongside.members.schools.queries.facts import concerning
from alongside.members.schools.queries.internal import schools_in_use
from alongside.members.schools.register import headings
from alongside.members.schools.register.layout import PlainLayout, urn_of
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.report import Report

LOT = 1_000
Pair = tuple[int, int]


class Successions:
    """Takes the records of a file of predecessor and successor links."""

    def __init__(self, names: list[str], as_of: date | None, report: Report) -> None:
        self.layout = PlainLayout(names, headings.SUCCESSION_FACTS)
        self.as_of, self.report = as_of, report

    def take(self, records: Records) -> Iterator[int]:
        """Import all records; gives the number of rows read after each lot."""
        lines = self._pairs(records)
        while lot := list(islice(lines, LOT)):
            self._take_lot(lot)
            yield self.report.rows

    def _pairs(self, records: Records) -> Iterator[tuple[Pair, str, date | None]]:
        for line, values in read(records, self.layout, self.report):
            try:
                urn, other = urn_of(str(values["urn"] or "")), urn_of(str(values["link_urn"] or ""))
                pair = rules.order_of_link(urn, other, str(values["kind"] or ""))
            except ValueError as error:
                self.report.problems.append(Problem(line, str(error)))
                continue
            if pair is None:
                self.report.unchanged += 1
            else:
                day = values.get("on")
                yield pair, str(values["kind"]), day if isinstance(day, date) else None

    def _take_lot(self, lot: list[tuple[Pair, str, date | None]]) -> None:
        stored = {
            (before, after): (pk, kind)
            for pk, before, after, kind in Succession.objects.filter(
                predecessor_urn__in={pair[0] for pair, _, _ in lot}
            ).values_list("pk", "predecessor_urn", "successor_urn", "kind")
        }
        new: dict[Pair, tuple[str, date | None]] = {}
        updates: list[tuple[str, str]] = []
        for pair, kind, day in lot:
            if pair in stored:
                pk, known = stored[pair]
                if rules.is_plain_link(known) and not rules.is_plain_link(kind):
                    updates.append((kind, pk))
                    stored[pair] = (pk, kind)
                else:
                    self.report.unchanged += 1
            elif pair in new:
                self.report.unchanged += 1
                if rules.is_plain_link(new[pair][0]):
                    new[pair] = (kind, new[pair][1] or day)
            else:
                new[pair] = (kind, day)
        rows = [
            (key, *pair, kind, day, rules.SuccessionOutcome.WAITING.value, "")
            for (pair, (kind, day)), key in zip(new.items(), keys.new_keys(len(new)), strict=True)
        ]
        writing.insert(Succession, ("id", "predecessor_urn", "successor_urn", "kind", "on", "outcome", "decided_by"), rows)
        writing.update(Succession, ("kind",), "id", updates)
        self.report.added += len(new)
        self.report.changed += len(updates)
        self.report.written += len(new) + len(updates)


def follow_successions(report: Report, *, by: Standing) -> None:
    """Join every establishment that follows exactly one other, and is its only successor, to the other's school.

    Where rows of other parts point at both schools, nothing is joined: it waits for a person, and nothing is lost.
    """
    waiting = list(
        Succession.objects.filter(outcome=rules.SuccessionOutcome.WAITING).values_list(
            "pk", "predecessor_urn", "successor_urn", "kind"
        )
    )
    every = list(Succession.objects.values_list("predecessor_urn", "successor_urn"))
    successors, predecessors = Counter(one for one, _ in every), Counter(other for _, other in every)
    school_of = dict(Establishment.objects.filter(is_invented=False).values_list("urn", "school_id"))
    in_use, joins, done = schools_in_use(), dict[str, str](), list[str]()
    for pk, before, after, kind in sorted(waiting, key=lambda row: row[2]):
        alone = successors[before] == 1 and predecessors[after] == 1 and rules.is_plain_link(kind)
        if not alone or before not in school_of or after not in school_of:
            continue
        kept, gone = _end(joins, school_of[before]), _end(joins, school_of[after])
        if kept != gone:
            if gone in in_use and kept in in_use:
                continue
            if gone in in_use:
                kept, gone = gone, kept
            joins[gone] = kept
        done.append(pk)
    _join({gone: _end(joins, gone) for gone in joins}, by=by)
    for start in range(0, len(done), LOT):
        Succession.objects.filter(pk__in=done[start : start + LOT]).update(
            outcome=rules.SuccessionOutcome.SAME, decided_at=clock.now()
        )
    report.joined += len(done)
    report.waiting += len(waiting) - len(done)
    report.written += 3 * len(joins) + len(done)


def choose_current(schools: set[str], report: Report, *, by: Standing) -> None:
    """After openings and closings: the newest open establishment is what a school is today."""
    listed = sorted(schools)
    for start in range(0, len(listed), LOT):
        changed = _set_current(set(listed[start : start + LOT]))
        index_schools(changed, by=by)
        report.written += 3 * len(changed)


def _end(joins: dict[str, str], school: str) -> str:
    while school in joins:
        school = joins[school]
    return school


def _join(joins: dict[str, str], *, by: Standing) -> None:
    """Move the establishments of each school (key) to another (value), and let the empty one go."""
    if joins:
        writing.update(Establishment, ("school_id",), "school_id", [(kept, gone) for gone, kept in joins.items()])
        gone = list(joins)
        for start in range(0, len(gone), LOT):
            School.objects.filter(pk__in=gone[start : start + LOT])._raw_delete("default")
        search.forget("school", gone, by=by)
        _set_current(set(joins.values()))
        index_schools(set(joins.values()), by=by)


def _set_current(schools: set[str]) -> set[str]:
    """Choose the current establishment of each school anew; gives the schools where another one is current now."""
    best: dict[str, tuple[bool, int]] = {}
    marked: dict[str, set[int]] = {}
    listed = sorted(schools)
    for start in range(0, len(listed), LOT):
        rows = Establishment.objects.filter(school__in=listed[start : start + LOT])
        for school, urn, is_open, is_current in rows.values_list("school_id", "urn", "is_open", "is_current"):
            best[school] = max(best.get(school, (False, 0)), (is_open, urn))
            if is_current:
                marked.setdefault(school, set()).add(urn)
    changed = {school: urn for school, (_, urn) in best.items() if marked.get(school) != {urn}}
    writing.update(Establishment, ("is_current",), "school_id", [(False, school) for school in changed])
    writing.update(Establishment, ("is_current",), "urn", [(True, urn) for urn in changed.values()])
    writing.update(School, ("current_id",), "id", [(urn, school) for school, urn in changed.items()])
    return set(changed)


@transaction.atomic
def decide_succession(*, succession: str, outcome: rules.SuccessionOutcome, by: Standing) -> None:
    """Say whether a school that was merged or split goes on in its successor (SAME) or ended (SEPARATE).

    A successor goes on as one school only: its other successions are then separate. Raises Conflict when it was
    decided meanwhile, or when other parts hold rows of both schools.
    """
    require(may_decide_succession(by, concerning(by).filter(pk=succession).exists()))
    decided: dict[str, Any] = {"decided_by": by.person or "", "decided_at": clock.now()}
    waiting = Succession.objects.filter(pk=succession, outcome=rules.SuccessionOutcome.WAITING)
    if not waiting.update(outcome=outcome, **decided):
        raise Conflict("Somebody has decided this meanwhile.")
    row = Succession.objects.get(pk=succession)
    kept = ""
    if outcome is rules.SuccessionOutcome.SAME:
        school_of = dict(
            Establishment.objects.filter(urn__in=[row.predecessor_urn, row.successor_urn]).values_list("urn", "school_id")
        )
        if len(school_of) < 2:
            raise Conflict("The register does not hold both establishments yet.")
        kept, gone = school_of[row.predecessor_urn], school_of[row.successor_urn]
        in_use = schools_in_use() & {kept, gone}
        if kept != gone:
            if len(in_use) == 2:
                raise Conflict(
                    "Both schools belong to a partnership already. End the one that does not go on, then decide again."
                )
            if gone in in_use:
                kept, gone = gone, kept
            _join({gone: kept}, by=by)
        Succession.objects.filter(successor_urn=row.successor_urn, outcome=rules.SuccessionOutcome.WAITING).update(
            outcome=rules.SuccessionOutcome.SEPARATE, **decided
        )
    audit.record(f"schools.succession_{outcome}", row=succession, school=kept, by=by)
