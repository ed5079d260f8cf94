"""What a year costs by the words that a school signs: read where one signs, and again before anything is asked for."""

import re

from alongside.ground.core.money import parse_pounds

ORDINALS = {word: n for n, words in enumerate(("first one 1", "second two 2", "third three 3", "fourth four 4"), 1)
            for word in words.split()}  # fmt: skip
NAMES = "|".join(ORDINALS)
NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,9}"
SUM = re.compile(rf"(?:£ ?|GBP ?)((?:{NUMBER})(?:\.\d\d)?)(?!\.?\d)|\b({NUMBER}) pounds\b")
BY_COUNT = re.compile(r"\s*(?:a|per|for each|for every|each) (?:pupil|child|head|place|class|teacher|person|member of staff)\b")
EACH_YEAR = re.compile(
    r"\s*,?(?: at (?:the )?most,?| \(?(?:plus|with|and) VAT\)?,?| (?:a|per|for each|for every) school,?)* ?"
    r"(?:(?:a|per|/|(?:(?:for|in) )?(?:each|every)) ?(?:school |academic )?"
    r"(?:year|annum|of (?:the )?\w+ years)|annually|yearly|p\.?a\b)"
)
EACH_YEAR_BEFORE = re.compile(r"\b(?:annual|yearly)\b[^.;£]*$", re.IGNORECASE)
OF_YEAR = re.compile(rf"\s*(?:is |due |at most )*(?:for|in) (?:the )?(?:(?:year (?P<n>{NAMES}))|(?P<o>{NAMES}))\b", re.IGNORECASE)
OF_YEAR_BEFORE = re.compile(rf"(?<!after )\b(?:the (?P<o>first|second|third|fourth)|year (?P<n>{NAMES}))\b", re.IGNORECASE)
IN_ALL = re.compile(
    r",?\s*(?:at (?:the )?most\s*(?=[.,;:)\n]|$)"
    r"|(?:at (?:the )?most )?(?:in all|in total|altogether|over|for (?:all|both|the whole)))"
)
IN_ALL_BEFORE = re.compile(r"\b(?:in all|in total|altogether|total of)\b[^.;£]*$", re.IGNORECASE)
NOTHING = re.compile(r"\bcosts? (?:\w+ ){0,2}nothing\b|\bthere is no fee(?! for)\b|\bfree of charge\b", re.IGNORECASE)


class _Said:
    """The sums of a text in pence, by what stands around each."""

    def __init__(self, costs: str) -> None:
        self.yearly: set[int] = set()
        self.of_year: dict[int, int] = {}
        self.in_all: set[int] = set()
        self.other: set[int] = set()
        self.by_count = False
        for found in SUM.finditer(costs):
            before, after = re.split(r"[.;£]", costs[: found.start()])[-1], costs[found.end() :]
            self._take(parse_pounds(found[1] or found[2]), before, after)

    def _take(self, pence: int, before: str, after: str) -> None:
        self.by_count = self.by_count or bool(BY_COUNT.match(after))
        named = OF_YEAR.match(after) or next(reversed(list(OF_YEAR_BEFORE.finditer(before))), None)
        if EACH_YEAR.match(after) or EACH_YEAR_BEFORE.search(before):
            self.yearly.add(pence)
        elif IN_ALL.match(after) or IN_ALL_BEFORE.search(before):
            self.in_all.add(pence)
        elif named:
            number = ORDINALS[(named["n"] or named["o"]).lower()]
            self.of_year[number] = max(pence, self.of_year.get(number, 0))
        else:
            self.other.add(pence)


def fee_said(costs: str, year: int) -> int | None:
    """The words that are signed name the fee of a year: 'so much a year', or so much for that year.

    Source: R4 (what it costs), R5. In pence; none where they name no sum for the year, or several.
    """
    said = _Said(costs)
    if said.by_count or (said.other and year not in said.of_year):
        return None
    return said.of_year.get(year, next(iter(said.yearly)) if len(said.yearly) == 1 else None)


def most_said(costs: str, year: int) -> int | None:
    """No school is asked for more in a year than the words that it signed can mean: where they name several sums, the greatest.

    Source: R4 (what is signed), R5 (year 2 up to what was signed). In pence; none where they name no sum of money, or
    one that is counted (a pupil); nothing where they say that it costs nothing.
    """
    said = _Said(costs)
    if said.by_count:
        return None
    if year in said.of_year:
        return said.of_year[year]
    sums = said.yearly | said.other or (said.in_all if not said.of_year else set())
    return max(sums) if sums else 0 if NOTHING.search(costs) and not said.of_year else None
