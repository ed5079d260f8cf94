"""Inviting many people from one sheet: which lines are right, and what to do about the others."""

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alongside.ground.core.addresses import tidy_address, wrong_with_address
from alongside.ground.core.columns import SURPLUS, Remark, headings
from alongside.ground.core.sheets import MOST_LINES
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import plural
from alongside.ground.search.rules.writing import fold
from alongside.members.posts.rules import SEEDED, named

HEADS = {
    "name": ("full name", "contact name", "person", "name", "contact"),
    "first": ("first name", "forename", "given name", "given", "first"),
    "last": ("last name", "surname", "family name", "family", "last"),
    "email": ("e-mail", "email", "e-mail address", "email address", "mail"),
    "post": ("post", "role", "job", "job title", "position"),
    "urn": ("urn", "school urn"),
    "school": ("school", "school name", "urn or school", "school or urn", "establishment", "establishment name"),
}
COLUMNS = ("Name", "E-mail", "Post", "URN", "School")  # of the template, and of what is shown
TITLES = dict(zip(("name", "email", "post", "urn", "school"), COLUMNS, strict=True))
MONTH = f"({'|'.join([*month_abbr[1:], *month_name[1:]])})"
NO_NAME = re.compile(  # what a spreadsheet makes of a cell
    rf".*#[A-Z/]+[!?A].*|[\W\d_]*|true|false|.*\d{{4}}-\d\d-\d\d.*|\d+\W*{MONTH}(\W+\d+)?|{MONTH}\W+\d+|.*[@\ufffd].*",
    re.IGNORECASE | re.DOTALL,
)
TITLES_OF_PEOPLE = frozenset("mr mrs ms miss mx dr prof professor sir dame lady lord rev revd reverend fr father canon".split())
# what people write where there is nobody: these words, alone or with words of posts and titles, are no name
NOBODY = frozenset(
    "n a na tba tbc tbd tbn vacant vacancy unknown none null nan nil no one nobody somebody someone anybody contact name "
    "interim acting temporary temp temporarily cover covering new next future incoming current former previous old supply "
    "maternity leave absent left leaving "
    "to be confirmed advised announced appointed decided determined notified named agreed arranged filled recruiting recruited "
    "recruitment awaiting awaited waiting pending not yet known applicable available ask see above below as same ditto dummy "
    "post posts position role job staff member team member the of and for or at in with is it deputy assistant associate senior "
    "vice co joint teacher governor governors clerk secretary finance reception receptionist senco manager director ceo".split()
)
SURNAMES = {"english", "science", "chief"}  # words of posts that are names of people too
WORDS_OF_POSTS = {word for one in SEEDED for text in (one.name, *one.also) for word in re.split(r"\W+", text.lower())}
NAMELESS = NOBODY | TITLES_OF_PEOPLE | WORDS_OF_POSTS - SURNAMES
# what many schools are called, so that it tells none from another
COMMON = frozenset(
    "the of and for a s st saint school schools academy college primary secondary infant infants junior juniors nursery first "
    "middle high grammar special community sixth form ce c e church england cofe catholic rc roman voluntary aided controlled "
    "va vc trust".split()
)


@dataclass(frozen=True)
class ReadyRow:
    """A line that is right: whom to invite, to which post, in which school (its id and its name)."""

    number: int
    name: str
    email: str
    post: str
    school: str
    school_name: str


@dataclass(frozen=True)
class KnownPeople:
    """What the lines are held against: the partnership's posts (names by code), its schools, and who is there or invited."""

    posts: Mapping[str, str]
    by_urn: Mapping[int, tuple[str, str]]
    by_name: Mapping[str, Sequence[tuple[str, str]]]
    held: frozenset[tuple[str, str, str]]  # (school, post, address)
    invited: frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Reading:
    """A sheet as it was read."""

    ready: list[ReadyRow] = field(default_factory=list)
    wrong: list[Remark] = field(default_factory=list)
    needless: list[Remark] = field(default_factory=list)

    @property
    def shown(self) -> OnPage:
        """What a page shows of it before everybody is invited."""
        return OnPage(plural(len(self.ready), "person", "people"), {"who would be invited": self.ready})


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Which column of a sheet is which; the words at the top decide, in any order and any capitals.

    Source: R2 (bulk invitation); issue 3.
    """
    words = headings(head)
    return {kind: words.index(word) for kind, known in HEADS.items() for word in reversed(known) if word in words}


def read_lines(rows: Sequence[Sequence[str]], known: KnownPeople) -> Reading:
    """Every line of a sheet is either right, wrong with a remedy, or needs nothing; one wrong line stops all.

    Source: R2; reliability.md section 2 (half-finished import). The first row names the columns; line 1 is that row.
    """
    columns = columns_of(rows[0]) if rows else {}
    missing = [kind for kind in ("name", "email", "post") if kind not in columns]
    if {"first", "last"} <= set(columns):
        missing = [kind for kind in missing if kind != "name"]
    if not {"urn", "school"} & set(columns):
        missing.append("urn")
    if missing:
        listed = ", ".join(f"“{TITLES[kind]}”" for kind in missing)
        said = " · ".join(rows[0]) if rows else ""
        return Reading(wrong=[Remark(1, said, f"Put the columns’ names here. Missing: {listed}")])
    known_words, mail = {word for words in HEADS.values() for word in words}, set(HEADS["email"])
    counts = Counter("e-mail" if word in mail else word for word in headings(rows[0]) if word in known_words)
    if twice := [word for word, count in counts.items() if count > 1]:
        listed = ", ".join(f"“{word}”" for word in twice)
        remedy = f"Two columns are called {listed}: give the one that does not count another name, or take it out"
        return Reading(wrong=[Remark(1, " · ".join(rows[0]), remedy)])
    if len(rows) > MOST_LINES + 1:
        return Reading(wrong=[Remark(MOST_LINES + 2, "", f"Send at most {MOST_LINES:,} lines at a time")])
    reading = Reading()
    seen: dict[tuple[str, str, str], int] = {}
    called: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = {kind: row[at].strip() if at < len(row) else "" for kind, at in columns.items()}
        if {"first", "last"} <= set(columns):  # then “Name” may be the school's
            cells["name"] = f"{cells['first']} {cells['last']}".strip() or cells.get("name", "")
        if not any((cells["name"], cells["email"], cells["post"])):
            continue  # a school of the template for which nobody was filled in
        surplus = next((cell for cell in row[len(rows[0]) :] if cell.strip()), "")
        line = SURPLUS.format(surplus[:40]) if surplus else read_line(number, cells, known)
        said = " · ".join(cells[kind] for kind in TITLES if cells.get(kind))
        if isinstance(line, str):
            reading.wrong.append(Remark(number, said, line))
            continue
        key = (line.school, line.post, line.email)
        first, name = called.setdefault(line.email, (number, line.name))
        if not may_be_one(line.name, name):
            remedy = f"Line {first} gives {line.email} to {name[:40]}: enter an address of each person’s own"
            reading.wrong.append(Remark(number, said, remedy))
        elif key in seen:
            reading.wrong.append(Remark(number, said, f"The same as line {seen[key]}: take one of them out"))
        elif key in known.held:
            reading.needless.append(Remark(number, said, f"{line.email} holds this post already"))
        elif key in known.invited:
            reading.needless.append(Remark(number, said, f"{line.email} is invited already"))
        else:
            reading.ready.append(line)
        seen.setdefault(key, number)
    return reading


def read_line(number: int, cells: Mapping[str, str], known: KnownPeople) -> ReadyRow | str:
    """One line: the invitation it asks for, or what to do about it.

    Source: R2.
    """
    name, email, words = cells["name"], tidy_address(cells["email"]), cells["post"].lower()
    if not name or len(name) > 120 or len(name.splitlines()) > 1:
        return "Enter the person’s name, in one line of at most 120 letters"
    if is_no_name(name):
        return f"“{name[:40]}” is not a name: enter the person’s"
    if fold(name) in known.by_name:
        return f"“{name[:40]}” is a school: enter the person’s name"
    if wrong := wrong_with_address(email):
        return wrong
    if not (post := named(words, known.posts.items())):
        return f"Write the post as one of: {', '.join(known.posts.values())}"
    place = place_of(cells.get("urn", ""), cells.get("school", ""), known)
    if isinstance(place, str):
        return place
    return ReadyRow(number, name, email, post, *place)


def is_no_name(name: str) -> bool:
    """A name has a word of two letters at least that is neither a title, nor a post, nor what people write where there is nobody.

    Source: R2 (bulk invitation; “tbd”, “Vacant Post”, “Interim Head”, “Mr”).
    """
    words = [word for word in re.split(r"[\W\d_]+", name.lower().replace("’", "'").replace("'", "")) if word]
    return bool(NO_NAME.fullmatch(name)) or all(word in NAMELESS or (len(word) == 1 and word.isascii()) for word in words)


def may_be_one(name: str, other: str) -> bool:
    """Two lines of one address are of one person: 'Jo Smith', 'J. Smith' and 'Mrs Smith' may be, 'Jo Smith' and 'Mo Smith' not.

    Source: R2 (an account is one person’s: two who share an address would hold each other’s posts).
    """
    one, two = ([word for word in fold(text).split() if word not in TITLES_OF_PEOPLE] for text in (name, other))
    short, long = sorted((one, two), key=len)
    return all(any(a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for b in long) for a in short)


def place_of(urn: str, name: str, known: KnownPeople) -> tuple[str, str] | str:
    """The school of a line: by its URN, or by its name where only one school of the partnership has it.

    Source: R1 (URN); R2.
    """
    number = urn or (name if number_in(name) else "")
    if number:
        whole = number_in(number)
        found = known.by_urn.get(int(whole)) if whole and len(whole) < 9 else None
        if found and not is_same_school(name, whole, found, known):
            return f"The URN {whole} is “{found[1]}”, the school of the line is “{name[:60]}”: correct the one that is wrong"
        return found or f"No school of this partnership has the URN {number[:20]}: check it, or ask the school first"
    if not name:
        return "Enter the school’s URN, or its name"
    schools = known.by_name.get(fold(name), ())
    if len(schools) == 1:
        return schools[0]
    if schools:
        return f"{len(schools)} schools of this partnership have this name: enter the URN"
    return "No school of this partnership has this name: write it as in the register, or enter the URN"


def number_in(text: str) -> str:
    """The figures of a number as a spreadsheet writes it: '136542.0', '136,542'; nothing for other words.

    Source: R1 (URN); R2.
    """
    figures = re.sub(r"[ ,\u00a0]|\.0+$", "", text)
    return figures if figures.isascii() and figures.isdigit() else ""


def is_same_school(name: str, urn: str, found: tuple[str, str], known: KnownPeople) -> bool:
    """Whether the school that a line names beside a URN may be the one with the URN: people shorten names, so one word that tells
    it from others is enough, unless it is the whole name of another school, or another URN.

    Source: R2 (bulk invitation; a right name with a wrong URN).
    """
    if written := number_in(name):
        return written == urn
    typed = fold(name)
    if typed in known.by_name:
        return found in known.by_name[typed]
    words, theirs = (set(fold(one).split()) - COMMON for one in (name, found[1]))
    return not words or not theirs or bool(words & theirs)
