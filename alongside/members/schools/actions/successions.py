"""Which establishment followed which, and what that means for the lasting schools."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.search import actions as search
from alongside.members.schools import rules
from alongside.members.schools.actions import bulk
from alongside.members.schools.actions.bulk import lots
from alongside.members.schools.actions.groups import read
from alongside.members.schools.actions.indexing import index_schools
from alongside.members.schools.models import Establishment, School, Succession
from alongside.members.schools.permissions import may_decide_succession
from alongside.members.schools.queries.facts import homes_of
from alongside.members.schools.queries.internal import schools_in_use
from alongside.members.schools.register import headings
from alongside.members.schools.register.layout import urn_of
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.report import Report

Pair = tuple[int, int]


class Link(NamedTuple):
    """What a line says: which establishment followed which, how, and when."""

    pair: Pair
    kind: str
    on: date | None


def take_successions(records: Records, report: Report) -> Iterator[int]:
    """Import a file of predecessor and successor links; gives the number of rows read after each lot."""
    for lot in lots(_links(records, report)):
        _write(lot, report)
        yield report.rows


def _links(records: Records, report: Report) -> Iterator[Link]:
    for line, values in read(records, headings.SUCCESSION_FACTS, report):
        kind = str(values["kind"] or "")
        try:
            urn, other = urn_of(str(values["urn"] or "")), urn_of(str(values["link_urn"] or ""))
            pair = rules.order_of_link(urn, other, kind)
        except ValueError as error:
            report.problems.append(Problem(line, str(error)))
            continue
        if pair is None:
            report.unchanged += 1
        else:
            yield Link(pair, kind, values.get("on"))


def _write(lot: list[Link], report: Report) -> None:
    known = Succession.objects.filter(predecessor_urn__in={one.pair[0] for one in lot})
    stored = {(one.predecessor_urn, one.successor_urn): one for one in known}
    new: dict[Pair, Link] = {}
    updates: dict[str, str] = {}
    for link in lot:
        there, before = stored.get(link.pair), new.get(link.pair)
        if there is not None and rules.is_plain_link(there.kind) and not rules.is_plain_link(link.kind):
            updates[there.pk] = there.kind = link.kind
        elif there is None and before is None:
            new[link.pair] = link
        else:
            report.unchanged += 1
            if before is not None and rules.is_plain_link(before.kind):
                new[link.pair] = link._replace(on=before.on or link.on)
    waiting = rules.SuccessionOutcome.WAITING.value
    rows = [
        (key, *one.pair, one.kind, one.on, waiting, "") for one, key in zip(new.values(), keys.new_keys(len(new)), strict=True)
    ]
    bulk.insert(Succession, ("id", "predecessor_urn", "successor_urn", "kind", "on", "outcome", "decided_by"), rows)
    bulk.update(Succession, ("kind",), "id", [(kind, pk) for pk, kind in updates.items()])
    report.added += len(new)
    report.changed += len(updates)
    report.written += len(new) + len(updates)


def follow_successions(report: Report, *, by: Standing) -> None:
    """Join every establishment that follows exactly one other, and is its only successor, to the other's school.

    Where rows of other parts point at both schools, nothing is joined: it waits for a person, and nothing is lost.
    """
    rows: Any = Succession.objects.order_by("successor_urn", "pk")
    every = list(rows.values_list("pk", "predecessor_urn", "successor_urn", "kind", "outcome", named=True))
    waiting = [one for one in every if one.outcome == rules.SuccessionOutcome.WAITING]
    successors, predecessors = Counter(one.predecessor_urn for one in every), Counter(one.successor_urn for one in every)
    school_of = dict(Establishment.objects.filter(is_invented=False).values_list("urn", "school_id"))
    in_use, joins, done, within = schools_in_use(), dict[str, str](), list[str](), set[str]()
    for one in waiting:
        before, after = one.predecessor_urn, one.successor_urn
        alone = successors[before] == 1 and predecessors[after] == 1 and rules.is_plain_link(one.kind)
        if not alone or before not in school_of or after not in school_of:
            continue
        kept, gone = _end(joins, school_of[before]), _end(joins, school_of[after])
        if kept != gone:
            if gone in in_use and kept in in_use:
                continue
            kept, gone = (gone, kept) if gone in in_use else (kept, gone)
            joins[gone] = kept
        else:
            within.add(kept)
        done.append(one.pk)
    _join({gone: _end(joins, gone) for gone in joins}, by=by)
    choose_current({_end(joins, one) for one in within}, report, by=by)
    for some in lots(done):
        Succession.objects.filter(pk__in=some).update(outcome=rules.SuccessionOutcome.SAME, decided_at=clock.now())
    report.joined += len(done)
    report.waiting += len(waiting) - len(done)
    report.written += 3 * len(joins) + len(done)


def choose_current(schools: set[str], report: Report, *, by: Standing) -> None:
    """After openings and closings, and links within schools: what each school is today."""
    for some in lots(sorted(schools)):
        changed = _set_current(some)
        index_schools(some, by=by)
        report.written += 3 * len(changed)


def _end(joins: dict[str, str], school: str) -> str:
    while school in joins:
        school = joins[school]
    return school


def _join(joins: dict[str, str], *, by: Standing) -> None:
    """Move the establishments of each school (key) to another (value), and let the empty one go."""
    if joins:
        bulk.update(Establishment, ("school_id",), "school_id", [(to, gone) for gone, to in joins.items()])
        for some in lots(joins):
            School.objects.filter(pk__in=some)._raw_delete("default")
        search.forget("school", list(joins), by=by)
        kept = set(joins.values())
        _set_current(kept)
        index_schools(kept, by=by)


def _set_current(schools: Collection[str]) -> set[str]:
    """Choose the current establishment of each school anew; gives the schools where another one is current now."""
    changed: dict[str, int] = {}
    for some in lots(schools):
        rows: Any = Establishment.objects.filter(school__in=some)
        stages: dict[str, list[rules.Lifetime]] = {}
        marked: dict[str, set[int]] = {}
        for school, is_current, urn, *rest in rows.values_list("school_id", "is_current", "urn", "is_open", "closed_on"):
            stages.setdefault(school, []).append(rules.Lifetime(urn, *rest))
            if is_current:
                marked.setdefault(school, set()).add(urn)
        after = _links_among({one.urn: school for school, several in stages.items() if len(several) > 1 for one in several})
        best = {school: rules.current_of(several, after.get(school, ())) for school, several in stages.items()}
        changed |= {school: urn for school, urn in best.items() if marked.get(school) != {urn}}
    bulk.update(Establishment, ("is_current",), "school_id", [(False, school) for school in changed])
    bulk.update(Establishment, ("is_current",), "urn", [(True, urn) for urn in changed.values()])
    bulk.update(School, ("current_id",), "id", [(urn, school) for school, urn in changed.items()])
    return set(changed)


def _links_among(school_of: dict[int, str]) -> dict[str, list[Pair]]:
    """Which establishment followed which within each school; what somebody called separate says nothing of it."""
    found: dict[str, list[Pair]] = {}
    rows = Succession.objects.exclude(outcome=rules.SuccessionOutcome.SEPARATE)
    for some in lots(school_of):
        for before, after in rows.filter(predecessor_urn__in=some).values_list("predecessor_urn", "successor_urn"):
            if school_of[before] == school_of.get(after):
                found.setdefault(school_of[before], []).append((before, after))
    return found


@transaction.atomic
def decide_succession(*, succession: str, outcome: rules.SuccessionOutcome, agreed: bool = False, by: Standing) -> None:
    """Say whether a school that was merged or split goes on in its successor (SAME) or ended (SEPARATE).

    A successor goes on as one school only: its other successions are then separate. `agreed` says that another partnership
    to which one of them belongs has said so too. Raises Conflict when it was decided meanwhile, or when other parts hold
    rows of both schools.
    """
    pair = Succession.objects.filter(pk=succession).values_list("predecessor_urn", "successor_urn").first() or ()
    require(may_decide_succession(by, frozenset[str]().union(*homes_of(pair).values()), agreed))
    decided: dict[str, Any] = {"decided_by": by.person or "", "decided_at": clock.now()}
    waiting = Succession.objects.filter(pk=succession, outcome=rules.SuccessionOutcome.WAITING)
    if not waiting.update(outcome=outcome, **decided):
        raise Conflict("Somebody has decided this meanwhile.")
    row = Succession.objects.get(pk=succession)
    kept = ""
    if outcome is rules.SuccessionOutcome.SAME:
        both = Establishment.objects.filter(urn__in=[row.predecessor_urn, row.successor_urn])
        school_of = dict(both.values_list("urn", "school_id"))
        if len(school_of) < 2:
            raise Conflict("The register does not hold both establishments yet.")
        kept, gone = school_of[row.predecessor_urn], school_of[row.successor_urn]
        in_use = schools_in_use() & {kept, gone}
        if kept != gone:
            if len(in_use) == 2:
                raise Conflict(
                    "Both schools belong to a partnership already. End the one that does not go on, then decide again."
                )
            kept, gone = (gone, kept) if gone in in_use else (kept, gone)
            _join({gone: kept}, by=by)
        others = Succession.objects.filter(successor_urn=row.successor_urn, outcome=rules.SuccessionOutcome.WAITING)
        others.update(outcome=rules.SuccessionOutcome.SEPARATE, **decided)
    audit.record(f"schools.succession_{outcome}", row=succession, school=kept, facts={"agreed": agreed}, by=by)
