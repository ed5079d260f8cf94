"""Importing groups (trusts, federations and others) and which establishment is in which."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from alongside.members.schools import rules
from alongside.members.schools.actions import bulk
from alongside.members.schools.actions.bulk import lots
from alongside.members.schools.actions.establishments import apply_facts
from alongside.members.schools.models import Group, GroupLink
from alongside.members.schools.register import headings
from alongside.members.schools.register.layout import Given, PlainLayout, urn_of
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.report import Report

FEDERATION = "Federation"
FACTS = ("group_id", "name", "kind", "status", "company_number", "opened_on", "closed_on", "town", "postcode")
HAS = frozenset({"trust_uid", "trust_name", "federation_uid", "federation_name"})
Values = dict[str, Any]
Line = tuple[int, Values]


def read(records: Records, facts: headings.Facts, report: Report) -> Iterator[Line]:
    """The readable lines of a file of groups, links or successions; problems go to the report."""
    layout = PlainLayout(records.headings, facts, report.months_first)
    for line, cells in records:
        report.rows += 1
        if isinstance(cells, Problem):
            report.problems.append(cells)
            continue
        if len(cells) != layout.width and (reason := layout.places.problem(cells)):
            report.problems.append(Problem(line, reason))
            continue
        values, doubts = layout.read(cells)
        report.problems += [Problem(line, words, lost=False) for words in doubts]
        yield line, values


def take_groups(records: Records, report: Report) -> Iterator[int]:
    """Import a file of groups; gives the number of rows read after each lot."""
    for lot in lots(read(records, headings.GROUP_FACTS, report)):
        report.problems += [Problem(line, "there is no Group UID") for line, values in lot if not values["uid"]]
        named = [(line, values) for line, values in lot if values["uid"]]
        known = write_groups(named, report)
        report.added += known.added
        report.changed += known.changed
        report.unchanged += len({values["uid"] for _, values in named} & known.uids) - known.added - known.changed
        yield report.rows


class GroupsKnown(NamedTuple):
    """The UIDs of those groups of some lines that are there now, how many were added and how many changed."""

    uids: set[int]
    added: int
    changed: int


def write_groups(lot: list[Line], report: Report) -> GroupsKnown:
    """Add the groups that are new and bring the others up to date."""
    as_of, wanted = report.as_of, {values["uid"]: values for _, values in reversed(lot)}
    known_rows = Group.objects.filter(uid__in=list(wanted)).values_list("uid", "as_of", "is_invented", *FACTS)
    stored = {uid: rest for uid, *rest in known_rows}
    new, updates = [], []
    for uid, values in wanted.items():
        row = stored.get(uid)
        if row is None:
            if values.get("name"):
                said = [_blank(column) if values.get(column) is None else values[column] for column in FACTS]
                new.append((uid, *said, False, as_of))
            continue
        known, invented, *facts = row
        older = known is not None and (as_of is None or as_of < known)
        after = [
            new_fact
            if (new_fact := values.get(column)) is not None
            and not invented
            and (not older or fact in ("", None))
            and not ("\ufffd" in str(new_fact) and fact)
            else fact
            for column, fact in zip(FACTS, facts, strict=True)
        ]
        if after != facts:
            updates.append((*after, known if older else as_of, uid))
    bulk.insert(Group, ("uid", *FACTS, "is_invented", "as_of"), new)
    bulk.update(Group, (*FACTS, "as_of"), "uid", updates)
    report.trusts.update(uid for uid, *_ in new)
    report.trusts.update(uid for *_, uid in updates)
    report.written += len(new) + len(updates)
    there = {*stored, *(uid for uid, *_ in new)}
    report.problems += [
        Problem(line, f"group {values['uid']} has no name, and the register does not know it yet")
        for line, values in lot
        if values["uid"] not in there
    ]
    return GroupsKnown(there, len(new), len(updates))


def take_links(records: Records, report: Report) -> Iterator[int]:
    """Import a file that says which establishment is in which group, and since when; gives the rows read after each lot."""
    for lot in lots(_linked(records, report)):
        known = write_groups(lot, report)
        wanted: dict[tuple[int, int], date | None] = {}
        for _, values in lot:
            if values["uid"] in known.uids:
                wanted.setdefault((values["urn"], values["uid"]), values.get("joined_on"))
        _write_links(wanted, report)
        yield report.rows


def _linked(records: Records, report: Report) -> Iterator[Line]:
    """The lines that link an establishment to a group."""
    for line, values in read(records, headings.GROUP_FACTS | headings.LINK_FACTS, report):
        try:
            values["urn"] = urn_of(str(values["urn"] or ""))
            if not values["uid"]:
                raise ValueError(f"URN {values['urn']} is linked to no Group UID")
        except ValueError as error:
            report.problems.append(Problem(line, str(error)))
        else:
            yield line, values


def _write_links(wanted: dict[tuple[int, int], date | None], report: Report) -> None:
    as_of, urns = report.as_of, sorted({urn for urn, _ in wanted})
    stored = {(row.establishment_id, row.group_id): row for row in _links_of(urns)}
    new, updates = [], []
    for (urn, uid), joined_on in wanted.items():
        row = stored.get((urn, uid))
        if row is None:
            new.append((urn, uid, joined_on, as_of))
            continue
        older = row.as_of is not None and (as_of is None or as_of < row.as_of)
        joined = row.joined_on if joined_on is None or (older and row.joined_on) else joined_on
        if joined != row.joined_on or (not older and as_of != row.as_of):
            updates.append((joined, row.as_of if older else as_of, row.pk))
            report.changed += joined != row.joined_on
            report.confirmed += joined == row.joined_on
        else:
            report.unchanged += 1
    bulk.insert(GroupLink, ("establishment_id", "group_id", "joined_on", "as_of"), new)
    bulk.update(GroupLink, ("joined_on", "as_of"), "id", updates)
    report.added += len(new)
    report.written += len(new) + len(updates)
    if new or updates:
        _apply(urns, report)


def _links_of(urns: list[int]) -> Any:
    links = GroupLink.objects.filter(establishment__in=urns)
    return links.values_list("pk", "establishment_id", "group_id", "joined_on", "as_of", named=True)


def fill_new(report: Report) -> None:
    """Give establishments that came after their links what the links say of them."""
    in_trust = Q(establishment__trust_uid=None, group__kind__in=rules.TRUSTS)
    pending = GroupLink.objects.filter(in_trust | Q(establishment__federation_uid=None, group__kind=FEDERATION))
    urns = pending.filter(establishment__name__gt="").values_list("establishment_id", flat=True).distinct()
    for some in lots(list(urns)):
        _apply(some, report)


def _apply(urns: list[int], report: Report) -> None:
    for facts in group_facts(urns).values():
        apply_facts(facts, HAS, report)


def group_facts(urns: list[int]) -> dict[str, dict[int, tuple[Given, date | None]]]:
    """What the links say of each establishment's trust and of its federation, each with the day that it is of: of several
    links the newest counts."""
    links = list(_links_of(urns).filter(left_on=None))
    groups = Group.objects.filter(uid__in={one.group_id for one in links}, kind__in={*rules.TRUSTS, FEDERATION}).exclude(
        status="Closed"
    )
    named = groups.only("name", "kind").in_bulk()
    found: dict[str, dict[int, tuple[Given, date | None]]] = {"trust": {}, "federation": {}}
    for one in sorted(links, key=lambda one: (one.as_of or date.min, one.joined_on or date.min, one.group_id)):
        if group := named.get(one.group_id):
            fact = "federation" if group.kind == FEDERATION else "trust"
            found[fact][one.establishment_id] = ({fact: (group.uid, group.name[:160])}, one.as_of)
    return found


def _blank(column: str) -> Any:
    return None if column.endswith("_on") else ""
