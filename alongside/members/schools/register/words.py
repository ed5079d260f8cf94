"""The register's closed lists: however a file writes one of their words, today's word is kept."""

import re
from collections.abc import Callable

from alongside.members.schools.register import cells
from alongside.members.schools.register.cells import Reader, Value

CODED = ("Open", "Closed", "Open, but proposed to close", "Proposed to open")  # their codes begin with 1
PHASES_CODED = (  # and these with 0
    "Not applicable", "Nursery", "Primary", "Middle deemed primary", "Secondary", "Middle deemed secondary", "16 plus",
    "All-through",
)  # fmt: skip
# column: today's words, each with what else it has been called after a bar
LISTS: dict[str, tuple[str, ...]] = {
    "status": (*CODED, "Pending approval", "Created in error"),
    "phase": (*PHASES_CODED[:-2], "16 plus|Post-16|16+|Sixteen plus|16 and over", "All-through|All age"),
    "type": (
        "Community school|Community|County school", "Voluntary aided school|Voluntary aided",
        "Voluntary controlled school|Voluntary controlled", "Foundation school|Foundation|Grant maintained school",
        "Local authority nursery school|LA nursery school|LEA nursery school", "Pupil referral unit|Short stay school",
        "City technology college", "Community special school", "Foundation special school", "Non-maintained special school",
        "Other independent school", "Other independent special school", "Secure units", "Offshore schools",
        "Service children’s education", "Miscellaneous", "Welsh establishment", "Online provider",
        "British schools overseas|British school overseas", "Further education", "Sixth form centres",
        "Higher education institutions", "Special post 16 institution|Special college|Independent specialist college",
        "Institution funded by other government department", "Children’s centre", "Children’s centre linked site",
        "Academy sponsor led|Academies|Sponsored academy|Academy sponsored|Academy sponsor led mainstream",
        "Academy converter|Converter academy|Academy converter mainstream",
        "Academy special sponsor led|Academy sponsor led special", "Academy special converter|Academy converter special",
        "Academy alternative provision sponsor led",
        "Academy alternative provision converter", "Academy 16-19 converter", "Academy 16 to 19 sponsor led",
        "Academy secure 16 to 19", "Free schools", "Free schools special", "Free schools alternative provision",
        "Free schools 16 to 19", "Studio schools", "University technical college|UTC",
    ),
    "gender": ("Mixed|Co-educational|Coed|Mixed sex", "Boys|Boys only", "Girls|Girls only"),
    "admissions": (
        "Selective|Selective grammar|Grammar|Grammar school",
        "Non-selective|Comprehensive|Comprehensive secondary|Modern|Modern secondary|Secondary modern",
    ),
    "nursery": ("Has Nursery Classes|Yes", "No Nursery Classes|No"),
    "sixth_form": ("Has a sixth form|Has sixth form|Yes", "Does not have a sixth form|No sixth form|No"),
    "provision": ("Resourced provision", "SEN unit", "Resourced provision and SEN unit|SEN unit and resourced provision"),
    "religion": (
        "Church of England|C of E|CE", "Roman Catholic|RC", "Jewish", "Muslim", "Sikh", "Hindu", "Christian", "Methodist",
        "Greek Orthodox", "Quaker", "Buddhist", "Multi-faith", "Seventh Day Adventist", "United Reformed Church", "Moravian",
        "Does not apply", "None",
        "Church of England/Roman Catholic", "Roman Catholic/Church of England", "Church of England/Methodist",
        "Methodist/Church of England", "Church of England/Christian", "Anglican/Church of England",
    ),
    "kind": (
        "Multi-academy trust|MAT", "Single-academy trust|SAT", "Secure single-academy trust", "Umbrella trust", "Trust",
        "Federation", "School sponsor", "Children's Centres Group", "Children's Centres Collaboration",
    ),
    "link": (
        "Predecessor", "Successor", "Predecessor - merged", "Successor - merged", "Predecessor - amalgamated",
        "Successor - amalgamated", "Predecessor - Split School", "Successor - Split School", "Result of Amalgamation",
        "Sixth Form Centre Link", "Sixth Form Centre School", "Expansion", "Closure", "Other",
    ),
    "group_status": ("Open", "Closed", "Proposed to open"),
}  # fmt: skip


def fold(text: str) -> str:
    """A word of a list without what varies: capitals, hyphens, spaces, apostrophes, a plural's s; a code without what is
    put round its figures: 04 and 4.0 are 4."""
    if (code := cells.whole(text)).isdecimal():
        return str(int(code)) if len(code) < 9 else code
    found = re.findall(r"[a-z0-9]+", re.sub("['’ʼ`]", "", text.casefold().replace("&", " and ")))
    return "".join(word.removesuffix("s") if len(word) > 3 else word for word in found if word != "to")


# What may stand in an authority's name or not: London Borough of Hillingdon, Hillingdon LBC; Bristol, City of.
OF_AUTHORITIES = frozenset(
    "the of city county council borough royal metropolitan district unitary local education authority corporation "
    "la lea lb lbc rb rbc mb mbc mdc cc cbc bc".split()
)
CALLED = {"hull": "kingston upon hull", "southend": "southend on sea"}


def authority_key(name: str) -> str:
    """An authority's name without what varies: 'London Borough of Hillingdon' and 'Hillingdon Council' are the same."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", name.casefold().replace("&", " and ")))
    is_borough = not {"borough", "lb", "lbc"}.isdisjoint(words)
    told = [word for word in words if word not in OF_AUTHORITIES and not (is_borough and word == "london")]
    return CALLED.get(key := " ".join("st" if word == "saint" else word for word in told), key)


def _known(column: str) -> dict[str, str]:
    said = [one.split("|") for one in LISTS[column]]
    return {fold(word): words[0].replace("’", "'") for words in said for word in words}


KNOWN = {column: _known(column) for column in LISTS}
for _column, _first, _words in (("status", 1, CODED), ("phase", 0, PHASES_CODED)):
    KNOWN[_column] |= {str(code): word for code, word in enumerate(_words, _first)}


def listed(column: str, read: Callable[[str], str | None] = cells.name) -> Reader:
    """The reader of a column with a closed list; a word that is not on it stays as it is written."""
    known = KNOWN[column]

    def reader(cell: str) -> Value:
        found = read(cell)
        return None if found is None else known.get(fold(found), found)

    return reader


def status(cell: str) -> Value:
    """A status, written out or by its code. Raises Doubtful for an unknown one, which is kept and is not open."""
    found = cells.name(cell)
    if found is None:
        return None
    if (known := KNOWN["status"].get(fold(found))) is None:
        raise cells.Doubtful("is not a status of the register: the school does not count as open", found[:40])
    return known
