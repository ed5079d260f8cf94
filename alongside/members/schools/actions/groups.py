"""Importing groups (trusts, federations and others) and which establishment is in which."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from alongside.members.schools.actions import writing
from alongside.members.schools.actions.establishments import apply_facts
from alongside.members.schools.models import Group, GroupLink
from alongside.members.schools.register import headings
from alongside.members.schools.register.layout import Given, PlainLayout, urn_of
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.report import Report

LOT = 1_000
TRUSTS = frozenset({"Multi-academy trust", "Single-academy trust", "Secure single-academy trust", "Trust"})
FEDERATION = "Federation"
FACTS = ("group_id", "name", "kind", "status", "company_number", "opened_on", "closed_on", "town", "postcode")
HAS = frozenset({"trust_uid", "trust_name", "federation_uid", "federation_name"})
Values = dict[str, Any]
Line = tuple[int, Values]


class Groups:
    """Takes the records of a file of groups."""

    def __init__(self, names: list[str], as_of: date | None, report: Report) -> None:
        self.layout = PlainLayout(names, headings.GROUP_FACTS)
        self.as_of, self.report = as_of, report

    def take(self, records: Records) -> Iterator[int]:
        """Import all records; gives the number of rows read after each lot."""
        lines = read(records, self.layout, self.report)
        while lot := list(islice(lines, LOT)):
            self._take_lot(lot)
            yield self.report.rows

    def _take_lot(self, lot: list[Line]) -> None:
        report = self.report
        for line, values in lot:
            if not values["uid"]:
                report.problems.append(Problem(line, "there is no Group UID"))
        good = [values for _, values in lot if values["uid"]]
        added, changed, there = write_groups(good, self.as_of)
        for line, values in lot:
            if values["uid"] and values["uid"] not in there:
                report.problems.append(Problem(line, f"group {values['uid']} has no name, and the register does not know it yet"))
        report.added += added
        report.changed += changed
        report.unchanged += len({values["uid"] for values in good} & set(there)) - added - changed
        report.written += added + changed


def read(records: Records, layout: PlainLayout, report: Report) -> Iterator[Line]:
    """The readable lines of a file of groups or links; problems go to the report."""
    for line, cells in records:
        report.rows += 1
        if isinstance(cells, Problem):
            report.problems.append(cells)
            continue
        doubts: list[str] = []
        values = layout.read(cells, doubts.append)
        report.problems += [Problem(line, words, lost=False) for words in doubts]
        yield line, values


def write_groups(rows: list[Values], as_of: date | None) -> tuple[int, int, dict[int, bool]]:
    """Add the groups that are new and bring the others up to date; (added, changed, the UIDs that are there now)."""
    wanted = {values["uid"]: values for values in reversed(rows)}
    stored = {
        row[0]: row for row in Group.objects.filter(uid__in=list(wanted)).values_list("uid", "as_of", "is_invented", *FACTS)
    }
    new, updates = [], []
    for uid, values in wanted.items():
        row = stored.get(uid)
        if row is None:
            if values.get("name"):
                new.append(
                    (uid, *(_blank(column) if values.get(column) is None else values[column] for column in FACTS), False, as_of)
                )
            continue
        _, known, invented, *facts = row
        older = known is not None and (as_of is None or as_of < known)
        after = [
            said
            if (said := values.get(column)) is not None
            and not invented
            and (not older or fact in ("", None))
            and not ("\ufffd" in str(said) and fact)
            else fact
            for column, fact in zip(FACTS, facts, strict=True)
        ]
        if after != facts:
            updates.append((*after, known if older else as_of, uid))
    writing.insert(Group, ("uid", *FACTS, "is_invented", "as_of"), new)
    writing.update(Group, (*FACTS, "as_of"), "uid", updates)
    return len(new), len(updates), dict.fromkeys([*stored, *(row[0] for row in new)], True)


class GroupLinks:
    """Takes the records of a file that says which establishment is in which group, and since when."""

    def __init__(self, names: list[str], as_of: date | None, report: Report) -> None:
        self.layout = PlainLayout(names, {**headings.GROUP_FACTS, **headings.LINK_FACTS})
        self.as_of, self.report = as_of, report

    def take(self, records: Records) -> Iterator[int]:
        """Import all records; gives the number of rows read after each lot."""
        lines = self._good(read(records, self.layout, self.report))
        while lot := list(islice(lines, LOT)):
            self._take_lot(lot)
            yield self.report.rows

    def _good(self, lines: Iterator[Line]) -> Iterator[Line]:
        for line, values in lines:
            try:
                values["urn"] = urn_of(str(values["urn"] or ""))
            except ValueError as error:
                self.report.problems.append(Problem(line, str(error)))
                continue
            if not values["uid"]:
                self.report.problems.append(Problem(line, f"URN {values['urn']} is linked to no Group UID"))
                continue
            yield line, values

    def _take_lot(self, lot: list[Line]) -> None:
        report, as_of = self.report, self.as_of
        new_groups, changed_groups, there = write_groups([values for _, values in lot], as_of)
        report.written += new_groups + changed_groups
        wanted: dict[tuple[int, int], date | None] = {}
        for line, values in lot:
            if values["uid"] not in there:
                report.problems.append(Problem(line, f"group {values['uid']} has no name, and the register does not know it yet"))
            else:
                wanted.setdefault((values["urn"], values["uid"]), values.get("joined_on"))
        urns = sorted({urn for urn, _ in wanted})
        stored = {
            (urn, uid): (pk, joined_on, known)
            for pk, urn, uid, joined_on, known in GroupLink.objects.filter(establishment__in=urns).values_list(
                "pk", "establishment_id", "group_id", "joined_on", "as_of"
            )
        }
        new, updates = [], []
        for (urn, uid), joined_on in wanted.items():
            row = stored.get((urn, uid))
            if row is None:
                new.append((urn, uid, joined_on, as_of))
            else:
                pk, known_joined, known = row
                older = known is not None and (as_of is None or as_of < known)
                joined = known_joined if joined_on is None or (older and known_joined) else joined_on
                if joined != known_joined or (not older and as_of != known):
                    updates.append((joined, known if older else as_of, pk))
                    report.changed += joined != known_joined
                    report.confirmed += joined == known_joined
                else:
                    report.unchanged += 1
        writing.insert(GroupLink, ("establishment_id", "group_id", "joined_on", "as_of"), new)
        writing.update(GroupLink, ("joined_on", "as_of"), "id", updates)
        report.added += len(new)
        report.written += len(new) + len(updates)
        if new or updates:
            apply_facts(group_facts(urns), HAS, report)

    @staticmethod
    def fill_new(report: Report) -> None:
        """Give establishments that came after their links what the links say of them."""
        pending = GroupLink.objects.filter(establishment__trust_uid=None, group__kind__in=TRUSTS) | GroupLink.objects.filter(
            establishment__federation_uid=None, group__kind=FEDERATION
        )
        urns = list(pending.filter(establishment__name__gt="").values_list("establishment_id", flat=True).distinct())
        for start in range(0, len(urns), LOT):
            apply_facts(group_facts(urns[start : start + LOT]), HAS, report)


def group_facts(urns: list[int]) -> dict[int, tuple[Given, date | None]]:
    """What the links say of each establishment's trust and federation: of several, the newest link counts."""
    links = list(
        GroupLink.objects.filter(establishment__in=urns, left_on=None).values_list(
            "establishment_id", "group_id", "joined_on", "as_of"
        )
    )
    groups = Group.objects.filter(uid__in={uid for _, uid, _, _ in links}).exclude(status="Closed")
    named = {
        uid: (name, kind) for uid, name, kind in groups.values_list("uid", "name", "kind") if kind in TRUSTS or kind == FEDERATION
    }
    found: dict[int, tuple[Given, date | None]] = {}
    best: dict[tuple[int, str], tuple[date, date, int]] = {}
    for urn, uid, joined_on, as_of in links:
        if uid not in named:
            continue
        name, kind = named[uid]
        fact = "federation" if kind == FEDERATION else "trust"
        rank = (as_of or date.min, joined_on or date.min, uid)
        if best.get((urn, fact), (date.min, date.min, 0)) < rank:
            best[urn, fact] = rank
            given, day = found.get(urn, ({}, None))
            given[fact] = (uid, name[:160])
            found[urn] = (given, max(filter(None, (day, as_of)), default=None))
    return found


def _blank(column: str) -> Any:
    return None if column.endswith("_on") else ""
