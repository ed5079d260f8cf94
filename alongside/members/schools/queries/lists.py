"""The directory's list and its map."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.search import queries as search
from alongside.ground.web.pictures import Spot
from alongside.members.schools import rules
from alongside.members.schools.models import Establishment, Extract

PHASES = (
    "Nursery",
    "Primary",
    "Secondary",
    "All-through",
    "Middle deemed primary",
    "Middle deemed secondary",
    "16 plus",
    "Not applicable",
)
STATES = {
    "open": "Open",
    "closing": "Proposed to close",
    "opening": "Proposed to open",
    "closed": "Closed",
    "all": "Open and closed",
}
OPENING = ("Proposed to open", "Pending approval")
IN_STATE = {
    "open": Q(is_open=True),
    "closing": Q(status="Open, but proposed to close"),
    "opening": Q(status__in=OPENING),
    "closed": Q(is_open=False) & ~Q(status__in=OPENING),
    "all": Q(),
}
TONES = {
    rules.Constituency.NURSERY: "amber", rules.Constituency.PRIMARY: "green", rules.Constituency.SECONDARY: "blue",
    rules.Constituency.SPECIAL: "purple", rules.Constituency.ALTERNATIVE: "red", rules.Constituency.POST_16: "dark",
    rules.Constituency.OTHER: "rest",
}  # fmt: skip
MOST_SPOTS, MOST_COUNTED = 1_000, 500
AUTHORITIES = """
WITH RECURSIVE codes(code) AS (
  SELECT min(la_code) FROM schools_establishment
  UNION ALL
  SELECT (SELECT min(la_code) FROM schools_establishment WHERE la_code > code) FROM codes WHERE code IS NOT NULL
)
SELECT code, (
  SELECT la_name FROM schools_establishment WHERE la_code = code AND is_current AND is_open AND is_invented = %s LIMIT 1
) FROM codes
"""


@dataclass(frozen=True)
class Wanted:
    """What a visitor of the directory is looking for; nonsense is nothing."""

    q: str = ""
    la: str = ""
    phase: str = ""
    family: str = ""
    state: str = "open"
    trust: int | None = None
    invented: bool = False


@dataclass(frozen=True)
class Directory:
    """The rows that are wanted, how the words were understood, and the count where it is known to be beyond what is counted."""

    rows: QuerySet[Establishment]
    asked: search.Searched
    count: int | None = None


def directory(wanted: Wanted, *, viewer: Standing) -> Directory:
    """The schools of the register that a visitor wants, each as it is today."""
    rows = Establishment.objects.visible_to(viewer).filter(is_current=True, is_invented=wanted.invented)
    types = next((one.types for one in rules.FAMILIES if one.key == wanted.family), ())
    chosen = {"la_code": wanted.la, "phase": wanted.phase, "type__in": types, "trust_uid": wanted.trust}
    rows = rows.filter(IN_STATE[wanted.state], **{column: value for column, value in chosen.items() if value})
    asked = search.understand("school", rules.search_words(wanted.q))
    if (asked.guessed or asked.is_partly or not asked.keys) and (district := rules.district_of(wanted.q)):
        asked = replace(search.understand("school", district), guessed=True)  # nobody is at that postcode: who is near
    found = search.narrowed(rows, asked, "school")
    if asked.is_broad:
        return Directory(found, asked, _counted(rows, found, asked))
    return Directory(search.ranked(found, asked, "school") if asked.groups else found, asked)


def _counted(rows: QuerySet[Establishment], found: QuerySet[Establishment], asked: search.Searched) -> int:
    """The rows found, counted up to one more than is shown; the keys at hand are often enough to know that."""
    at_least = search.few(rows, asked, "school").count()
    return min(at_least, MOST_COUNTED + 1) if at_least > MOST_COUNTED else found[: MOST_COUNTED + 1].count()


def spots(rows: QuerySet[Establishment], hrefs: Any, *, viewer: Standing) -> list[Spot]:
    """Where those schools are; `hrefs` gives the address of a school's page by its URN."""
    placed = rows.filter(easting__isnull=False, northing__isnull=False).order_by("name")
    fields = ("urn", "name", "easting", "northing", "phase", "type", "low_age", "high_age", "pupils", "town")
    found = []
    for row in placed.values_list(*fields, named=True)[:MOST_SPOTS]:
        part, pupils = rules.constituency(row.phase, row.type, row.low_age, row.high_age), row.pupils or 0
        words = ", ".join(filter(None, (part.label, plural(pupils, "pupil") if pupils else "", row.town)))
        size = min(1 + pupils // 700, 3)
        found.append(Spot(row.easting, row.northing, row.name, TONES[part], words, size, hrefs(row.urn)))
    return found


def authorities(*, viewer: Standing, invented: bool = False) -> list[tuple[str, str]]:
    """(code, name) of every local authority of England with open schools, by name; worked out once for each import."""
    newest = Extract.objects.visible_to(viewer).order_by("-at", "pk").values_list("pk", flat=True).first()
    return list(_authorities_since(newest)) if newest and not invented else _authorities(invented)


@lru_cache(maxsize=4)
def _authorities_since(extract: str) -> tuple[tuple[str, str], ...]:
    """The real ones as they are since that import: only an import changes them, and each has an id of its own."""
    return tuple(_authorities(invented=False))


def _authorities(invented: bool) -> list[tuple[str, str]]:
    """One step of the index for each authority, not one a school."""
    with connection.cursor() as cursor:
        cursor.execute(AUTHORITIES, [invented])
        named = [(code, name) for code, name in cursor.fetchall() if code and name and (invented or rules.is_english(code))]
    return sorted(named, key=lambda one: one[1])


def register_date(*, viewer: Standing) -> Any:
    """The date of the newest extract of schools that was imported, or None."""
    rows = Extract.objects.visible_to(viewer).filter(kind="schools", as_of__isnull=False)
    return rows.order_by("-as_of").values_list("as_of", flat=True).first()
