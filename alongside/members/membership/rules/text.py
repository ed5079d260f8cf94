"""The prospectus: its sections, its default words, how two versions compare; and the roll of those who signed it.

Both are texts that are known by their hash.
"""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from alongside.ground.core.money import short_pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import listed, long_date, plural, weekday_date
from alongside.members.membership.rules.costs import fee_said
from alongside.members.membership.rules.dates import DATE_WORDS, CountsFrom, Dates, term_begins_on, term_ends_on, timeline
from alongside.members.membership.rules.words import DEFAULTS, FEW

# field: heading. In the order in which a head reads them; the agreement is what is signed.
SECTIONS = {
    "summary": "In short",
    "why": "Why we need this",
    "principles": "How we will work",
    "priorities": "What we start with",
    "offer": "What your school gets",
    "governance": "Who decides",
    "costs": "What it costs",
    "timeline": "What happens when",
}
AGREEMENT = "agreement"
HEAD_OF_ROLL = "URN\tSchool\tConstituency\tSigned at (UTC)\tText signed (SHA-256)\tLate"
MONTHS = tuple(date(2000, month, 1).strftime("%B").lower() for month in range(1, 13))
MONTH = rf"(?P<month>(?-i:May|MAY)|sept|{'|'.join(f'{one[:3]}(?:{one[3:]})?' for one in MONTHS if one != 'may')})\b"
DAY, YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?:[.,]? ?(?P<year>\d{4}|(?<= )\d\d|[’']\d\d)\b(?![/:]))"
WRITTEN_DAYS = tuple(  # 25th of March 2022, March 25th, 25/03/2022, 2022-03-25
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d£.,/-])\b{DAY}[ -]?(?:day )?(?:of )?{MONTH}-?{YEAR}?",
        rf"\b{MONTH}\.? (?:the )?{DAY}\b(?![:.]\d| ?(?:schools|heads|people)){YEAR}?",
        r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?![\d/])",
        r"(?<![\d/.-])(?P<year>\d{4})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/])",
        r"(?<![\d/.-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])(?P<year>)",
    )
)
IS_DUE = re.compile(
    r"\b(?:by|until|till|before|deadline|last day|later than|latest|closes?|closing|ends?|sign(?:ed|ing)?|due)\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)
SET_IN = re.compile(r"\n[ ]+(?=\S)")
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
HEADINGS = {**SECTIONS, AGREEMENT: "The agreement"}


def default_text(name: str, area: str, dates: Dates, years: int, schools: int = 0) -> dict[str, str]:
    """A learning partnership begins with a prospectus that it can publish after reading, and change in every word; where fewer
    than ten `schools` are asked, their heads are the board.

    Source: 002, in our own words; a board of ten seats takes ten schools.
    """
    words = {
        "name": name,
        "area": area or "our area",
        "years": NUMBERS.get(years, str(years)),
        "sign_by": weekday_date(dates.sign_by) + f" {dates.sign_by.year}",
        "term_begin": long_date(term_begins_on(dates)),
        "term_end": long_date(term_ends_on(dates, years)),
        "roll_freezes": long_date(dates.roll_freezes_on),
        "support_begins": long_date(dates.support_from),
        "first_invoice": f"{first_invoice_in(dates):%B %Y}",
    }
    begins = DEFAULTS | (FEW if 0 < schools < 10 else {})
    return {field: SET_IN.sub(" ", text).format(**words) for field, text in begins.items()}


def first_invoice_in(dates: Dates) -> date:
    """The first invoice comes in the April before support begins, or where the roll is frozen later in the month after that.

    Source: 002:78 (invoiced in April); a month is named with its year.
    """
    april = date(dates.support_from.year - (dates.support_from.month < 4), 4, 1)
    after_roll = (dates.roll_freezes_on.replace(day=1) + timedelta(days=31)).replace(day=1)
    return max(april, after_roll)


def fee_words(costs: str, dates: Dates, years: int) -> str:
    """Where one signs the fee is said with its term and what it comes to at most: '£1,500 a year for two years, £3,000 at most'.

    Source: R4, what it costs; of the words that are signed. Where they name no amount a year, or several, they speak for
    themselves.
    """
    fees = _fees_said(costs, years)
    if len(fees) < years or not any(fees):
        return ""
    term = f"for {NUMBERS.get(years, years)} {'year' if years == 1 else 'years'}"
    by_year = [f"{short_pounds(fee) if fee else 'nothing'} for year {number}" for number, fee in enumerate(fees, 1)]
    said = f"{short_pounds(fees[0])} a year {term}" if len(set(fees)) == 1 else listed(by_year)
    total = f", {short_pounds(sum(fees))} at most in all" if years > 1 else ""
    return f"{said}{total}, until {long_date(term_ends_on(dates, years))}"


def _fees_said(costs: str, years: int) -> list[int]:
    return [fee for number in range(1, years + 1) if (fee := fee_said(costs, number)) is not None]


def fee_totals(costs: str, dates: Dates, years: int, schools: int) -> list[str]:
    """Whoever signs for several schools reads what it comes to for those ticked: a sentence for one of them, for two, and so on.

    Source: R4.
    """
    fees = _fees_said(costs, years)
    if schools < 2 or not fee_words(costs, dates, years):
        return []
    said = []
    for count in range(1, schools + 1):
        by_year = [f"{short_pounds(fee * count) if fee else 'nothing'} for year {number}" for number, fee in enumerate(fees, 1)]
        yearly = f"{short_pounds(fees[0] * count)} a year" if len(set(fees)) == 1 else listed(by_year)
        total = f", {short_pounds(sum(fees) * count)} at most in all" if years > 1 else ""
        said.append(f"For the {'school' if count == 1 else f'{count} schools'} ticked: {yearly}{total}.")
    return said


def other_days(texts: Mapping[str, str], dates: Dates, years: int) -> list[tuple[str, str]]:
    """The words may name a day that is none of the sign-up's any more, however it is written: dates are changed in one place,
    words in another. One without its year is looked at where something is due by it.

    Source: R4; a text that is signed must not state two deadlines. Gives (heading, the day as it is written), each once.
    """
    known = {term_ends_on(dates, years), *(day for day, _ in timeline(dates))}
    said = {(one.day, one.month, year) for one in known for year in (one.year, None)}
    found: dict[tuple[str, str], None] = {}
    for field, heading in HEADINGS.items():
        text = texts.get(field, "")
        for one in sorted((one for days in WRITTEN_DAYS for one in days.finditer(text)), key=re.Match.start):
            if (day := _day_named(one)) and day not in said and (day[2] or IS_DUE.search(text[: one.start()])):
                found[heading, one[0]] = None
    return list(found)


def _day_named(found: re.Match[str]) -> tuple[int, int, int | None] | None:
    """Day, month and year, none where no year is named; nothing where there is no such day."""
    names = [one[:3] for one in MONTHS]
    written, year = found["month"].lower(), (found["year"] or "").strip("’'")
    month = int(written) if written.isdigit() else names.index(written[:3]) + 1
    try:
        day = date(int(year) + 2000 * (len(year) == 2) if year else 2000, month, int(found["day"]))
    except ValueError:
        return None
    return day.day, day.month, day.year if year else None


def tidy(text: str) -> str:
    """A text is kept without spaces at the ends of lines, with one empty line at most between paragraphs.

    Source: R4; so that the same words always have the same hash.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def whole_text(name: str, number: int, texts: Mapping[str, str], dates: Dates) -> str:
    """What a school signs is one text: every section under its heading, the dates, and the agreement.

    Source: R4, one text hash a school; evidence H3, a fixed version of the text.
    """
    parts = [f"{name}: prospectus, version {number}"]
    parts += [f"{heading}\n\n{tidy(texts[field])}" for field, heading in SECTIONS.items() if tidy(texts[field])]
    parts.append("Dates\n\n" + "\n".join(f"- {long_date(day)}: {words}" for day, words in timeline(dates)))
    parts.append(f"The agreement\n\n{tidy(texts[AGREEMENT])}")
    return "\n\n".join(parts) + "\n"


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Plain words become paragraphs and lists: lines that begin with '- ' are the items of a list.

    Source: R4, in the partnership's own words. Gives ('p', [line]) and ('ul', items) in order.
    """
    found: list[tuple[str, list[str]]] = []
    for chunk in tidy(text).split("\n\n"):
        for line in chunk.split("\n"):
            kind, words = ("ul", line[2:].strip()) if line.startswith("- ") else ("p", line)
            if not words:
                continue
            if kind == "ul" and found and found[-1][0] == "ul":
                found[-1][1].append(words)
            else:
                found.append((kind, [words]))
    return found


def what_changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Between two versions every section that differs is shown with its lines: taken out, put in, and kept.

    Source: R4; a school can see what changed since it signed. Gives (heading, [('gone'|'new'|'same', line)]).
    """
    found, marks = [], {"- ": "gone", "+ ": "new", "  ": "same"}
    for field, heading in HEADINGS.items():
        before, after = tidy(old.get(field, "")).split("\n"), tidy(new.get(field, "")).split("\n")
        if before != after:
            lines = [(line[:2], line[2:]) for line in difflib.ndiff(before, after)]
            found.append((heading, [(marks[mark], words) for mark, words in lines if mark in marks and words.strip()]))
    return found


def date_changes(old: Dates | None, new: Dates | None) -> list[str]:
    """Between two versions every date that differs is said.

    Source: R4.
    """
    if old is None or new is None:
        return []
    before, after = {words: day for day, words in timeline(old)}, {words: day for day, words in timeline(new)}
    return [
        f"{words}: {long_date(after[words])} instead of {long_date(day)}" for words, day in before.items() if after[words] != day
    ]


def publish_problems(texts: Mapping[str, str]) -> dict[str, str]:
    """A prospectus is published when it says why, what a school gets, what it costs and what is signed.

    Source: R4, sections of the prospectus; a section that does not apply may be left empty.
    """
    needed = {
        "summary": "Write in short what this is",
        "why": "Write why your schools need this",
        "offer": "Write what a school gets",
        "costs": "Write what it costs, or that it costs nothing",
        AGREEMENT: "Write what a school agrees to when it signs",
    }
    return {field: remedy for field, remedy in needed.items() if not tidy(texts[field])}


def dates_stored(dates: Dates) -> dict[str, str]:
    """Dates are kept with the version that states them.

    Source: R4; a published version never changes.
    """
    return {name: str(value) for name, value in vars(dates).items()}


def dates_read(stored: Mapping[str, str]) -> Dates | None:
    """The dates that a version states, or none for a draft.

    Source: R4.
    """
    if not stored:
        return None
    days = {name: date.fromisoformat(stored[name]) for name in DATE_WORDS}
    return Dates(**days, counts_from=stored.get("counts_from", str(CountsFrom.SIGN_UP)))


class OnRoll(Protocol):
    """One school of the roll."""

    urn: int
    name: str
    constituency: str
    signed_at: datetime
    text_hash: str
    is_late: bool


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def roll_text(partnership: str, frozen_at: datetime, entries: Iterable[OnRoll]) -> str:
    """The roll is one text: its name, its moment, then a line a school in the order of URNs, tabs between, a newline
    after every line, UTF-8.

    Source: evidence H9; anybody can write it down again from the list and get the same hash.
    """
    lines = [f"Roll of {partnership}", f"Frozen at {_moment(frozen_at)}", HEAD_OF_ROLL]
    for one in sorted(entries, key=lambda entry: entry.urn):
        cells = [str(one.urn), " ".join(one.name.split()), one.constituency, _moment(one.signed_at), one.text_hash]
        lines.append("\t".join([*cells, "late" if one.is_late else ""]))
    return "".join(f"{line}\n" for line in lines)


def shown_on_roll(entries: Sequence[OnRoll]) -> OnPage:
    """The roll is frozen as its page showed it: these schools, and no other.

    Source: evidence H9; reliability.md (nobody agrees to what another changed since).
    """
    lines = [(one.urn, one.name, one.constituency, one.signed_at, one.text_hash, one.is_late) for one in entries]
    return OnPage(plural(len(entries), "school"), {"who is on the roll": lines})


def hash_of(text: str) -> str:
    """A text is known by its SHA-256 in hexadecimal.

    Source: R4, one text hash a school.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def mark_of_answer(reply: str, public_words: str, is_public: bool) -> str:
    """An answer is corrected as it was read: whoever saves over a colleague's correction is told.

    Source: R4, questions and answers.
    """
    return hash_of("\0".join([reply, public_words, str(is_public)]))


def short_hash(text_hash: str) -> str:
    """A hash is read out by its first twelve characters, in groups of four.

    Source: R4.
    """
    return " ".join(text_hash[start : start + 4] for start in (0, 4, 8))
