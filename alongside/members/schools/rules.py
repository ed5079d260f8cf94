"""What the register's facts mean: open or closed, which constituency, which succession joins."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from alongside.ground.core.words import listed, short_date
from alongside.ground.search.rules.nearness import groups_of, holds
from alongside.ground.search.rules.writing import fold, fold_all


class Constituency(StrEnum):
    """The part of a partnership that a school is counted in: by phase, else by what it is for."""

    NURSERY = "nursery"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    SPECIAL = "special"
    ALTERNATIVE = "alternative"
    POST_16 = "post-16"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The constituency's name on pages."""
        return "Alternative provision" if self is Constituency.ALTERNATIVE else self.value.capitalize()


class SuccessionOutcome(StrEnum):
    """What came of a succession: the school goes on, is a school of its own, or nobody has said."""

    WAITING = "waiting"
    SAME = "same"
    SEPARATE = "separate"


TRUSTS = ("Multi-academy trust", "Single-academy trust", "Secure single-academy trust", "Trust")  # kinds of group
FIRST_EXTRACT = date(2002, 1, 1)
WITHOUT_PHASE, OTHER_SCHOOLS = "Not applicable", "Special and other"
OPEN = frozenset({"open", "open, but proposed to close"})
BY_PHASE = {
    phase: part
    for part, phases in {
        Constituency.NURSERY: ("nursery",),
        Constituency.PRIMARY: ("primary", "infant", "infant and junior", "junior", "middle deemed primary", "first"),
        Constituency.SECONDARY: ("middle deemed secondary", "secondary", "all-through", "all through"),
        Constituency.POST_16: ("16 plus",),
    }.items()
    for phase in phases
}
# The type decides before the phase: special schools and alternative provision vote together, whatever ages they teach.
BY_TYPE = (
    ("alternative provision", Constituency.ALTERNATIVE),
    ("pupil referral unit", Constituency.ALTERNATIVE),
    ("secure", Constituency.ALTERNATIVE),
    ("special post 16", Constituency.SPECIAL),
    ("special", Constituency.SPECIAL),
    ("nursery school", Constituency.NURSERY),
    ("children's centre", Constituency.OTHER),
    ("higher education", Constituency.OTHER),
    ("further education", Constituency.POST_16),
    ("sixth form", Constituency.POST_16),
    ("16 to 19", Constituency.POST_16),
    ("16-19", Constituency.POST_16),
    ("university technical college", Constituency.SECONDARY),
    ("studio school", Constituency.SECONDARY),
    ("city technology college", Constituency.SECONDARY),
)


def is_open(status: str, closed_on: date | None = None) -> bool:
    """A school that is proposed to close is open until it closes; one of any other status, known or not, is not open.

    Source: R1, GIAS's values of EstablishmentStatus; where none is given, a closing date decides.
    """
    return status.casefold() in OPEN if status else closed_on is None


def not_open_words(is_open: bool, status: str, closed_on: date | None) -> str:
    """A school that is not open is marked so wherever it is named: 'Closed 1995', or as the register says ('Proposed to open').

    Source: R1, GIAS's values of EstablishmentStatus; nothing for an open school.
    """
    if is_open:
        return ""
    words = status or "Closed"
    return f"{words} {closed_on.year}" if closed_on and words == "Closed" else words


def not_open_since(is_open: bool, status: str, closed_on: date | None) -> str:
    """Lists and search say since when a school is closed: 'Closed 31 August 2021', or what the register says.

    Source: R1, GIAS's values of EstablishmentStatus and CloseDate; nothing for an open school.
    """
    words = not_open_words(is_open, status, None)
    return f"{words} {short_date(closed_on)}" if closed_on and words == "Closed" else words


def told_on_its_page(status: str, type: str, opened_on: date | None, closed_on: date | None) -> str:
    """The page of a school that is not open says since when, and what it was.

    Source: R1, GIAS's EstablishmentStatus, TypeOfEstablishment, OpenDate and CloseDate.
    """
    if status and status != "Closed":
        return f"The register says of it: {status.lower()}."
    since = f" since {short_date(closed_on)}" if closed_on else ", and does not say since when"
    was = ", ".join(filter(None, (type, f"opened on {short_date(opened_on)}" if opened_on else "")))
    return f"The register shows it as closed{since}.{f' What it was: {was}.' if was else ''}"


def told_not_open(name: str, words: str, followed_by: list[str]) -> str:
    """Who means a school that is not open is told so, and which school followed it.

    Source: R1, successions; nobody is given another school instead without a word.
    """
    year = words.removeprefix("Closed ") if words.startswith("Closed ") else ""
    what = f"closed in {year}" if year else "is closed" if words == "Closed" else f"is not open ({words.lower()})"
    return f"{name} {what}{f': {listed(followed_by)} followed it' if followed_by else ''}."


def wrong_with_date(of: date | None, today: date) -> str:
    """An extract is of a day between the register's first one and today: facts of a day to come would never be put right.

    Source: R1, an older extract never overwrites newer facts; EduBase began in 2002. Empty when all is well.
    """
    if of is None:
        return ""
    which = "to come" if of > today else "before the register began" if of < FIRST_EXTRACT else ""
    said = (
        f"This extract says that it is of {short_date(of)}, a day {which}. Put its own date into its name, or give it by --date."
    )
    return said if which else ""


def is_english(la_code: str) -> bool:
    """Only local authorities of England are offered to choose: no Welsh county, nothing offshore or overseas, no "Does not
    apply".

    Source: the DfE's codes of local authorities: England 201 to 420 and 800 to 999; Wales 660 to 681, offshore and
    overseas 701 to 708, none 000.
    """
    return la_code.isascii() and la_code.isdigit() and len(la_code) == 3 and ("201" <= la_code <= "420" or la_code >= "800")


def constituency(phase: str, type: str, low_age: int | None = None, high_age: int | None = None) -> Constituency:
    """Each school is counted in one constituency: by what it is for, else by phase, else by the ages it teaches.

    Source: R1, the default of the dated table that a partnership adopts. All-through schools count as secondary,
    middle schools as they are deemed; where phase and type say nothing, the oldest pupils decide.
    """
    kind = type.casefold()
    for words, found in BY_TYPE:
        if words in kind:
            return found
    known = BY_PHASE.get(phase.casefold().strip())
    if known:
        return known
    if high_age is None:
        return Constituency.OTHER
    if high_age <= 5:
        return Constituency.NURSERY
    if low_age is not None and low_age >= 16:
        return Constituency.POST_16
    return Constituency.PRIMARY if high_age <= 12 else Constituency.SECONDARY


def phase_called(phase: str) -> str:
    """A phase as one chooses among them: the register says 'Not applicable' of special schools and pupil referral units.

    Source: as `phase_in_words`.
    """
    return OTHER_SCHOOLS if phase == WITHOUT_PHASE else phase


def phase_in_words(phase: str, type: str, low_age: int | None = None, high_age: int | None = None) -> str:
    """A school that the register gives no phase is called by what it is for: 'Special', never 'Not applicable'.

    Source: R1, 'Not applicable' never becomes a name.
    """
    stated = phase.strip() and phase.strip().casefold() != "not applicable"
    return phase.strip() if stated else constituency(phase, type, low_age, high_age).label


def known_dates(text: str) -> dict[str, date]:
    """Each group of facts keeps the date of the extract it comes from ('2023-11-16 name status;2024-06-17 size').

    Source: R1, an older extract never overwrites newer facts.
    """
    found: dict[str, date] = {}
    for part in filter(None, text.split(";")):
        day, *groups = part.split(" ")
        found.update(dict.fromkeys(groups, date.fromisoformat(day)))
    return found


def written_dates(dates: dict[str, date]) -> str:
    """The dates of the groups of facts as they are stored, oldest first.

    Source: R1; the opposite of `known_dates`.
    """
    days: dict[date, list[str]] = {}
    for group, day in dates.items():
        days.setdefault(day, []).append(group)
    return ";".join(f"{day.isoformat()} {' '.join(sorted(days[day]))}" for day in sorted(days))


def found_by(
    name: str, town: str, locality: str, authority: str, postcode: str, urn: int, code: str, number: str, trust: str
) -> tuple[str, str, str]:
    """A school is found by its name, then by where it is, its trust, its URN and its DfE number.

    Source: R1, and section 2 of the issue on search: trust and authority among the words; case 18, 312/3404.
    """
    dfe = code + number if code and number else ""
    return name, f"{town} {locality} {authority} {postcode}", f"{trust} {urn} {dfe}"


def is_meant(typed: str, name: str, places: Iterable[str]) -> bool:
    """A school is meant by its name, alone or followed by where it is: its town, authority or postcode.

    Source: R1, search; as heads write it: 'Oaklands Primary School, Ealing'.
    """
    rest, said, *where = fold_all([typed, name, *places])
    if not said or not f"{rest} ".startswith(f"{said} "):
        return False
    rest = rest[len(said) :].strip()
    for place in sorted(filter(None, [*where, *(one.replace(" ", "") for one in where)]), key=len, reverse=True):
        rest = f" {rest} ".replace(f" {place} ", " ", 1).strip()
    return not rest


KIND_OF_SCHOOL = re.compile(
    r"\b(primary|junior|infants?|nursery|first|lower|middle|upper|secondary|high|grammar|special)\s+(school|academy|college)$",
    re.I,
)


def short_name(name: str) -> str:
    """A name whose kind stands in it is written without its last word too: 'Brookfield Primary'; nothing for other names.

    Source: R1, search; issue "Mend" (a school that is called so is never told as "No open school is called so").
    """
    return name[: found.start(2)].rstrip() if (found := KIND_OF_SCHOOL.search(name)) else ""


NUMBER_IS = re.compile(r"(?:\b(?:urn|dfe|laestab|estab)s?[\W_]*(?:numbers?|nos?|num|code)?[\W_]*)+(?=\d{3})", re.IGNORECASE)


def search_words(typed: str) -> str:
    """A postcode is found with or without its space, a DfE number with or without its slash, and a number whatever stands before
    it to say which it is.

    Source: R1; case 18: 312/3404.
    """
    typed = NUMBER_IS.sub(" ", typed)
    typed = re.sub(r"(?<!\d)(\d{3})\s*[/\s-]\s*(\d{4})(?!\d)", r"\1\2", typed)
    return " ".join(postcode_of(word) or word for word in typed.split())


def trusts_called(words: str, schools: Iterable[Any]) -> list[tuple[int, str]]:
    """A search for a trust shows the trust: of the schools found, (group UID, name) of those whose names hold all words.

    Source: section 2 of the issue on search.
    """
    wanted = groups_of(fold(words).split()) if words else ()
    named = {one.trust_uid: one.trust_name for one in schools} if wanted else {}
    return [(uid, name) for uid, name in named.items() if holds(name, wanted)]


def is_plain_link(kind: str) -> bool:
    """A plain predecessor or successor is the same school going on; a merger, split or amalgamation is for a person.

    Source: R1, links survive academisation.
    """
    return kind.casefold().strip() in {"predecessor", "successor"}


def order_of_link(urn: int, other: int, kind: str) -> tuple[int, int] | None:
    """A link says which establishment came first: (predecessor, successor); sixth forms and expansions say neither.

    Source: R1; GIAS's LinkType, said of LinkURN as seen from URN. Raises ValueError where a school follows itself.
    """
    words = kind.casefold()
    if urn == other:
        raise ValueError(f"URN {urn} is linked to itself")
    if words.startswith("predecessor"):
        return other, urn
    if words.startswith(("successor", "result of amalgamation")):
        return urn, other
    return None


class Lifetime(NamedTuple):
    """One of the establishments that a school has been."""

    urn: int
    is_open: bool
    closed_on: date | None


def current_of(stages: Iterable[Lifetime], links: Iterable[tuple[int, int]]) -> int:
    """A school is the open one of its establishments. Of several, and where none is open, it is the last of those that
    followed each other; where they follow in a circle or not at all, the one that closed last, then the higher URN.

    Source: R1, lasting schools; Netherleigh: 107447 (closed 2002) was followed by 107445 (closed 2021), so URNs tell nothing.
    """
    several, after = list(stages), defaultdict[int, set[int]](set)
    for before, then in links:
        after[before].add(then)
    following = {one.urn: _reached(one.urn, after) for one in several}
    earlier = {
        one: sum(one in then and urn not in following[one] for urn, then in following.items()) for one in following
    }  # how many it follows
    return max(several, key=lambda one: (one.is_open, earlier[one.urn], one.closed_on or date.min, one.urn)).urn


def _reached(start: int, after: Mapping[int, set[int]]) -> set[int]:
    found, waiting = set[int](), [start]
    while waiting:
        new = after.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


@dataclass(frozen=True)
class Family:
    """Types of establishment that people think of together, as a filter of the directory."""

    key: str
    label: str
    types: tuple[str, ...]


FAMILIES = tuple(
    Family(key, label, tuple(types.split("; ")))
    for (key, label), types in {
        ("maintained", "Council maintained schools"): "Community school; Voluntary aided school; Voluntary controlled school; "
        "Foundation school; Local authority nursery school",
        ("academies", "Academies and free schools"): "Academy converter; Academy sponsor led; Free schools; Studio schools; "
        "University technical college; City technology college",
        ("special", "Special schools"): "Community special school; Foundation special school; Academy special converter; "
        "Academy special sponsor led; Free schools special; Non-maintained special school; Other independent special school",
        ("alternative", "Alternative provision"): "Pupil referral unit; Academy alternative provision converter; "
        "Academy alternative provision sponsor led; Free schools alternative provision",
        ("post-16", "Colleges and sixth forms"): "Further education; Sixth form centres; Special post 16 institution; "
        "Free schools 16 to 19; Academy 16-19 converter; Academy 16 to 19 sponsor led; Academy secure 16 to 19",
        ("independent", "Independent schools"): "Other independent school; Other independent special school",
    }.items()
)


def district_of(text: str) -> str:
    """The district of a whole postcode: 'UB10' of 'UB10 9LX'; nothing for anything else.

    Source: R1, search by postcode: where no school has the postcode itself, those of its district are near.
    """
    first, _, rest = postcode_of(text).partition(" ")
    return first if rest else ""


def postcode_of(text: str) -> str:
    """A postcode is written in capitals with one space before its last three signs; anything else is none.

    Source: R1, search by postcode; a district alone ('UB10') is one too.
    """
    close = re.sub(r"\s+", "", text).upper()
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", close):
        return f"{close[:-3]} {close[-3:]}"
    return close if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", close) else ""
