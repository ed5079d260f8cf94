"""Importing establishments: new ones added with a school each, known ones brought up to date."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, repeat
from typing import Any

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.search import actions as search
from alongside.members.schools import rules
from alongside.members.schools.actions import bulk
from alongside.members.schools.actions.bulk import lots
from alongside.members.schools.actions.indexing import FOUND_BY, index_schools
from alongside.members.schools.models import Change, Establishment, School
from alongside.members.schools.register.headings import COLUMNS, GROUPS
from alongside.members.schools.register.layout import Given, Lot, SchoolLayout, urn_of
from alongside.members.schools.register.merging import BLANK, PLACE, Merged, merged
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.report import SAMPLES, Report
from alongside.members.schools.register.words import CODED, authority_key

FIXED = ("urn", "school_id", "is_current", "is_open", "is_invented")
UPDATED = ("is_open", *COLUMNS, "known_on", "row_hash")
CHANGED = ("establishment_id", "fact", "old", "new", "seen_on")
GROUP_OF = {column: group for group, columns in GROUPS.items() for column in columns}
READING = "4"  # raised when cells come to be read otherwise: then the same file is read once more
USUAL = frozenset({"", *CODED, *map(str, range(1, 5))})  # a row with another status may have moved
NO_AUTHORITY = (
    "URN {}, “{}” is no authority that the register knows: it has no code from this line. Write its name as the register does, "
    "or add a column LA (code)"
)
NO_AUTHORITIES = "the register knows no authorities yet: these have no codes until a file with a column LA (code) names them"
NAME, STATUS, CLOSED = PLACE["name"], PLACE["status"], PLACE["closed_on"]
known_dates = lru_cache(20_000)(rules.known_dates)  # `merged` copies them
_is_open: Callable[[Any, Any], bool] = rules.is_open  # of cells, which are of any kind
Line = tuple[int, int, list[str], int]  # line, URN, cells, hash


class Establishments:
    """Takes the records of a file of establishments into the register, a lot at a time."""

    def __init__(self, names: list[str], report: Report, by: Standing) -> None:
        self.layout, self.as_of = SchoolLayout(names, clock.today(), report.months_first), report.as_of
        self.report, self.by = report, by
        self.seen: set[int] = set()
        self.base = blake2b("\x1f".join([READING, *names, str(report.as_of), str(report.months_first)]).encode(), digest_size=8)
        self.has = self.layout.has
        self.authorities: dict[str, tuple[str, str]] | None = None
        if "la_name" in self.has and "la_code" not in self.has:
            if known := _authorities():
                self.authorities, self.has = known, self.has | {"la_code"}
            else:
                report.problems.append(Problem(1, NO_AUTHORITIES, lost=False))
        self.moved: set[str] = set()
        self.words: set[str] = set()

    def take(self, records: Records) -> Iterator[int]:
        """Import all records; gives the number of rows read after each lot."""
        for lot in lots(self._lines(records)):
            self._take_lot(lot)
            yield self.report.rows
        self.report.undated = self.layout.undated
        if self.layout.ahead:
            words = f"{plural(self.layout.ahead, 'row')} named a day to come: their facts are kept as of the file’s own date"
            self.report.problems.append(Problem(1, words, lost=False))
        yield self.report.rows

    def _lines(self, records: Records) -> Iterator[Line]:
        report, width, place, status = self.report, self.layout.width, self.layout.urn, self.layout.status
        for line, found in records:
            report.rows += 1
            if isinstance(found, Problem):
                report.problems.append(found)
                continue
            cells = found
            if len(found) != width or (status is not None and found[status] not in USUAL):
                if reason := self.layout.places.problem(found):
                    report.problems.append(Problem(line, reason))
                    continue
                cells = [*found[:width], *[""] * (width - len(found))]
            try:
                urn = urn_of(cells[place])
            except ValueError as error:
                report.problems.append(Problem(line, str(error)))
                continue
            if urn in self.seen:
                report.problems.append(Problem(line, f"URN {urn} stands on an earlier line already; the earlier one counts"))
                continue
            self.seen.add(urn)
            digest = self.base.copy()
            digest.update("\x1f".join(cells).encode("utf-8", "replace"))
            yield line, urn, cells, int.from_bytes(digest.digest(), signed=True)

    def _take_lot(self, lines: list[Line]) -> None:
        known = bulk.known([urn for _, urn, _, _ in lines])
        new, old = [], []
        for one in lines:
            line, urn, _, digest = one
            row_hash, is_invented = known.get(urn, (None, False))
            if row_hash is None:
                new.append(one)
            elif is_invented:
                self.report.problems.append(Problem(line, f"URN {urn} belongs to an invented school of a demonstration"))
            elif row_hash == digest:
                self.report.unchanged += 1
            else:
                old.append(one)
        if new:
            self._add(new)
        if old:
            self._bring_up_to_date(old)

    def _read(self, lines: list[Line]) -> Lot:
        lot = self.layout.read([cells for _, _, cells, _ in lines])
        for row, words in lot.doubts:
            self.report.problems.append(Problem(lines[row][0], f"URN {lines[row][1]}, {words}", lost=False))
        if self.authorities is not None:
            self._find_authorities(lot, lines, self.authorities)
        return lot

    def _find_authorities(self, lot: Lot, lines: list[Line], known: dict[str, tuple[str, str]]) -> None:
        """The authorities of a file that names them without their codes: by what their names tell. One that the register does
        not know takes no other's place."""
        names = [str(name) for name in lot.columns["la_name"]]
        found = {name: known.get(authority_key(name)) for name in set(names)}
        lot.columns["la_code"] = [one[0] if (one := found[name]) else "" for name in names]
        lot.columns["la_name"] = [one[1] if (one := found[name]) else name for name in names]
        for row, name in enumerate(names):
            if name and not found[name]:
                lot.says["authority"][row] = False
                words = NO_AUTHORITY.format(lines[row][1], name)
                self.report.problems.append(Problem(lines[row][0], words, lost=False))

    def _add(self, lines: list[Line]) -> None:
        """New establishments, column by column: whatever a file says of a whole lot is worked out for the lot at once."""
        lot, report = self._read(lines), self.report
        names = lot.columns.get("name") or [""] * len(lines)
        if not all(names):
            named = [bool(name) for name in names]
            report.problems += [
                Problem(line, f"URN {urn} has no name, and the register does not know it yet")
                for (line, urn, _, _), has_name in zip(lines, named, strict=True)
                if not has_name
            ]
            lot = lot.only(named)
            lines = list(compress(lines, named))
        if not lines:
            return
        urns, ids, count = [urn for _, urn, _, _ in lines], keys.new_keys(len(lines)), len(lines)
        columns = lot.columns
        status, closed = columns.get("status") or [""] * count, columns.get("closed_on") or repeat(None, count)
        known = [
            _dated(tuple(compress(lot.says, said)), day or date.min)
            for day, said in zip(self._days(lines), zip(*lot.says.values(), strict=True), strict=True)
        ]
        fixed = (urns, ids, repeat(True, count), list(map(_is_open, status, closed)), repeat(False, count))
        rows = zip(*fixed, *columns.values(), known, [digest for _, _, _, digest in lines], strict=True)
        bulk.insert(School, ("id", "current_id"), list(zip(ids, urns, strict=True)))
        bulk.insert(Establishment, (*FIXED, *columns, "known_on", "row_hash"), list(rows))
        blank = [""] * count
        told = [urns if column == "urn" else columns.get(column) or blank for column in FOUND_BY]
        things = [
            (key, *found, not is_open) for key, found, is_open in zip(ids, map(rules.found_by, *told), fixed[3], strict=True)
        ]
        search.index("school", things, are_new=True, known=self.words, by=self.by)
        for urn, name in list(zip(urns, columns["name"], strict=True))[: SAMPLES - len(report.samples.get("added", ()))]:
            report.example("added", f"{urn} {name}")
        report.added += count
        report.written += 2 * count

    def _days(self, lines: list[Line]) -> Iterable[date | None]:
        """The date of each row's facts."""
        if self.as_of is not None and self.layout.extract_on is None:
            return repeat(self.as_of, len(lines))
        return [self.layout.day(cells, self.as_of) for _, _, cells, _ in lines]

    def _bring_up_to_date(self, lines: list[Line]) -> None:
        lot = self._read(lines)
        rows = Establishment.objects.filter(urn__in=[urn for _, urn, _, _ in lines])
        stored = {urn: rest for urn, *rest in rows.values_list("urn", "school_id", "known_on", *COLUMNS)}
        updates, confirmed, found_otherwise = [], [], set()
        changes: list[tuple[Any, ...]] = []
        for number, (_, urn, cells, digest) in enumerate(lines):
            school, known_on, *row = stored[urn]
            result = merged(row, known_dates(known_on), lot.given(number), self.has, self.layout.day(cells, self.as_of))
            if not result.touched:
                self.report.unchanged += 1
                continue
            text = rules.written_dates(result.dates)
            different = {column for column, _, _ in (*result.changes, *result.fillings)}
            if not different:
                confirmed.append((text, digest, urn))
                continue
            updates.append((_is_open(result.row[STATUS], result.row[CLOSED]), *result.row, text, digest, urn))
            changes += self._noted(urn, result)
            if not different.isdisjoint(FOUND_BY):
                found_otherwise.add(school)
            if different & {"status", "closed_on"}:
                self.moved.add(school)
        bulk.update(Establishment, UPDATED, "urn", updates)
        bulk.update(Establishment, ("known_on", "row_hash"), "urn", confirmed)
        bulk.insert(Change, CHANGED, changes)
        index_schools(found_otherwise, by=self.by)
        self.report.changed += len(updates)
        self.report.confirmed += len(confirmed)
        self.report.written += len(updates) + len(confirmed) + len(changes)

    def _noted(self, urn: int, result: Merged) -> Iterator[tuple[int, str, str, str, date | None]]:
        self.report.filled.update([column for column, _, _ in result.fillings])
        for column, old, new in result.changes:
            self.report.facts[column] += 1
            if len(self.report.samples.get(column, ())) < SAMPLES:
                self.report.example(column, f"{urn} {result.row[NAME]}: {_shown(old) or 'none'} → {_shown(new) or 'none'}")
            seen_on = result.dates[GROUP_OF[column]]
            yield urn, column, _shown(old)[:200], _shown(new)[:200], None if seen_on == date.min else seen_on


@lru_cache(20_000)
def _dated(groups: tuple[str, ...], day: date) -> str:
    return rules.written_dates(dict.fromkeys(groups, day))


def apply_facts(facts: dict[int, tuple[Given, date | None]], has: frozenset[str], report: Report) -> None:
    """Bring establishments up to date with facts that come from elsewhere than their own file: trusts and federations."""
    columns = sorted(has)
    for urns in lots(facts):
        updates, changes = [], []
        rows = Establishment.objects.filter(urn__in=urns, is_invented=False)
        for urn, school, known_on, *values in rows.values_list("urn", "school_id", "known_on", *columns):
            given, day = facts[urn]
            row = list(BLANK)
            for column, value in zip(columns, values, strict=True):
                row[PLACE[column]] = value
            result = merged(row, rules.known_dates(known_on), given, has, day)
            if result.touched:
                updates.append((*(result.row[PLACE[column]] for column in columns), rules.written_dates(result.dates), urn))
                changes += [(urn, c, _shown(old), _shown(new), day) for c, old, new in result.changes]
                report.facts.update([column for column, _, _ in result.changes])
                report.filled.update([column for column, _, _ in result.fillings])
                if any(column in FOUND_BY for column, _, _ in (*result.changes, *result.fillings)):
                    report.found_otherwise.add(school)
        bulk.update(Establishment, (*columns, "known_on"), "urn", updates)
        bulk.insert(Change, CHANGED, changes)
        report.written += len(updates) + len(changes)


def _authorities() -> dict[str, tuple[str, str]]:
    """The code and the name of each authority by what its name tells; where it tells two, neither."""
    rows = Establishment.objects.exclude(la_code="").exclude(la_name="").values_list("la_code", "la_name").distinct()
    found: dict[str, dict[str, str]] = {}
    for code, name in rows.order_by("la_name"):
        found.setdefault(authority_key(name), {})[code] = name
    return {key: next(iter(named.items())) for key, named in found.items() if len(named) == 1}


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
