"""What is known of one school: facts with the date they are of, and history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import short_date
from alongside.members.schools import rules
from alongside.members.schools.models import Change, Establishment, Group, GroupLink, School, Succession
from alongside.members.schools.queries.sections import SECTIONS, Fact, Section, leads_to

Dated = tuple[date | None, str, str]  # when, what, detail
BELONGS: dict[str, Any] = {"school__memberships__until_on": None, "school__memberships__kind__in": ("member", "associate")}
TOLD = {  # the facts whose changes are history
    fact: fact.removesuffix("_name").capitalize()
    for fact in ("name", "status", "trust_name", "federation_name", "phase", "type", "postcode")
} | {"la_name": "Local authority"}


def facts_of(school: School, *, viewer: Standing) -> list[Section]:
    """What the register says of a school today, in sections, each fact with the date of the extract it comes from."""
    row = school.current
    dates = {group: None if day == date.min else day for group, day in rules.known_dates(row.known_on).items()}
    joined = GroupLink.objects.visible_to(viewer).filter(establishment=row, group=row.trust_uid, joined_on__isnull=False)
    joined_on = joined.values_list("joined_on", flat=True).first() if row.trust_uid else None
    sections = []
    for title, lines in SECTIONS:
        facts = [
            Fact(label, value, leads_to(label, row), dates.get(group)) for label, group, read in lines if (value := read(row))
        ]
        if title == "Who runs it" and joined_on:
            at = next(number for number, fact in enumerate(facts) if fact.label == "Trust") + 1
            facts.insert(at, Fact("In the trust since", short_date(joined_on)))
        known = [fact.of for fact in facts if fact.of]
        if facts:
            of = max(known, key=known.count) if known else None
            sections.append(Section(title, facts, of, row.is_invented))
    return sections


@dataclass(frozen=True)
class NotOpen:
    """A school that is not open: since when and what it was, the schools that followed it, and URNs of others that did."""

    words: str
    followers: list[School]
    elsewhere: list[int]


def not_open_of(school: School, *, viewer: Standing) -> NotOpen | None:
    """What the page of a school that is not open says first; None for an open one."""
    row = school.current
    if row.is_open:
        return None
    own = list(school.establishments.values_list("urn", flat=True))
    links = Succession.objects.visible_to(viewer).filter(predecessor_urn__in=own).exclude(successor_urn__in=own)
    urns = dict.fromkeys(links.order_by("on", "successor_urn").values_list("successor_urn", flat=True))
    rows = Establishment.objects.visible_to(viewer).filter(urn__in=urns)
    found = {one.urn: one.school for one in rows.select_related("school__current")}
    followers = list(dict.fromkeys(found[urn] for urn in urns if urn in found))
    words = rules.told_on_its_page(row.status, row.type, row.opened_on, row.closed_on)
    return NotOpen(words, followers, [urn for urn in urns if urn not in found])


class HistoryEvent(NamedTuple):
    """Something that the register tells of a school's past, for a timeline."""

    when: str
    what: str
    detail: str


def history_of(school: School, *, viewer: Standing) -> list[HistoryEvent]:
    """What the register tells about a school over time, newest first."""
    rows = list(Establishment.objects.visible_to(viewer).filter(school=school))
    events: list[Dated] = []
    for row in rows:
        known_as = f"{row.name}, URN {row.urn}" if len(rows) > 1 else ""
        opened = f"Opened as {row.type[:1].lower()}{row.type[1:] or 'a school'}" if known_as else "Opened"
        again = any(other.urn > row.urn for other in rows)
        closed = "Closed under this URN; the school went on" if again else "Closed"
        events += [(row.opened_on, opened, known_as), (None if row.is_open else row.closed_on, closed, known_as)]
    urns = [row.urn for row in rows]
    links = GroupLink.objects.visible_to(viewer).filter(establishment__in=urns, joined_on__isnull=False)
    for link in links.exclude(group__kind="School sponsor").select_related("group"):
        group = link.group
        events += [(link.joined_on, f"Joined {group.name}", group.kind), (link.left_on, f"Left {group.name}", group.kind)]
    dated = [(day, what, detail) for day, what, detail in (*events, *_changes(urns, viewer)) if day]
    return [
        HistoryEvent(short_date(day), what, detail) for day, what, detail in sorted(dated, key=lambda one: one[0], reverse=True)
    ]


def past_of(school: School, *, viewer: Standing) -> list[Any]:
    """The establishments that a school has been (urn, name, type, status), newest first; empty when it was only one."""
    rows: Any = Establishment.objects.visible_to(viewer).filter(school=school).order_by("-urn")
    return found if len(found := list(rows.values_list("urn", "name", "type", "status", named=True))) > 1 else []


def trust_with(uid: int, *, viewer: Standing) -> Group | None:
    """The group with this UID, or one made of what its schools say, or None."""
    if not 0 < uid < 2_000_000_000:
        return None
    found = Group.objects.visible_to(viewer).filter(pk=uid).first()
    if found is None:
        name = Establishment.objects.visible_to(viewer).filter(trust_uid=uid).values_list("trust_name", flat=True).first()
        found = Group(uid=uid, name=name) if name else None
    return found


@dataclass(frozen=True)
class Waiting:
    """A succession that waits for a person: which school may have gone on as which. `homes`: where they belong."""

    key: str
    before: Establishment
    after: Establishment
    kind: str
    on: date | None
    homes: frozenset[str]


def waiting_successions(*, viewer: Standing, limit: int = 200) -> list[Waiting]:
    """The mergers and splits that concern schools of the viewer's partnerships, newest first."""
    rows = concerning(viewer).filter(outcome=rules.SuccessionOutcome.WAITING)
    found = list(rows.order_by("-on", "successor_urn", "pk")[:limit])
    wanted = {urn for one in found for urn in (one.predecessor_urn, one.successor_urn)}
    known = Establishment.objects.visible_to(viewer).only("urn", "name", "status").in_bulk(wanted)
    homes = homes_of(wanted)
    return [
        Waiting(
            one.pk,
            known[one.predecessor_urn],
            known[one.successor_urn],
            one.kind,
            one.on,
            frozenset(homes[one.predecessor_urn] | homes[one.successor_urn]),
        )
        for one in found
        if one.predecessor_urn in known and one.successor_urn in known
    ]


def concerning(viewer: Standing) -> QuerySet[Succession]:
    """The successions of schools in which the viewer holds a role, or which belong to a partnership of the viewer's."""
    rows = Succession.objects.visible_to(viewer)
    if viewer.is_system:
        return rows
    here = Q(school__memberships__partnership__in=viewer.offices, **BELONGS)
    mine = Establishment.objects.filter(Q(school__in=viewer.schools) | here).values("urn")
    return rows.filter(Q(predecessor_urn__in=mine) | Q(successor_urn__in=mine))


def homes_of(urns: Iterable[int]) -> dict[int, set[str]]:
    """The partnerships to which the schools with those URNs belong; having been asked to join is not belonging (decision 8)."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Establishment.objects.filter(urn__in=urns, **BELONGS).values_list("urn", "school__memberships__partnership")
    for urn, partnership in rows:
        found[urn].add(partnership)
    return found


def _changes(urns: list[int], viewer: Standing) -> list[Dated]:
    rows = Change.objects.visible_to(viewer).filter(establishment__in=urns, fact__in=TOLD, seen_on__isnull=False)
    events: list[Dated] = []
    for (day, fact), several in groupby(rows.order_by("seen_on", "id"), key=lambda row: (row.seen_on, row.fact)):
        *_, last = several
        before = f"Before: {last.old or 'none'}. Seen in the register of this day."
        events.append((day, f"{TOLD[fact]} now {last.new or 'none'}", before))
    return events
