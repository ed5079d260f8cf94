"""What a year costs by the words that a school signs: read where one signs, and again before anything is asked for.

What cannot be read surely names no sum: somebody else who pays, a fee by the month, two sums of which one is not the fee.
"""

import re

from alongside.ground.core.money import parse_pounds

ORDINALS = {word: n for n, words in enumerate(("first one 1", "second two 2", "third three 3", "fourth four 4"), 1)
            for word in words.split()}  # fmt: skip
NAMES, NTH = "|".join(ORDINALS), "(?:first|second|third|fourth)"
NUMBER = r"[1-9]\d{0,2}(?:,\d{3})+|\d{1,9}"
MONEY = re.compile(r"£|\bGBP\b|[€$]|\d pounds\b")
SUM = re.compile(rf"(?:£ ?|GBP ?)((?:{NUMBER})(?:\.\d\d)?)(?!\.?\d|,\d| ?(?:k|m|thousand|million)\b)|\b({NUMBER}) pounds\b")
BY_COUNT = re.compile(
    r"\s*(?:a|per|for each|for every|each) "
    r"(?:pupil|child|head|place|class|teacher|person|member of staff|day|hour|meeting|session|event)\b"
)
EACH_YEAR = re.compile(
    r"\s*,?(?: at (?:the )?most,?| \(?(?:plus|with|and) VAT\)?,?| (?:a|per|for each|for every) school,?)* ?"
    r"(?:(?:a|per|/|(?:(?:for|in) )?(?:each|every)) ?(?:school |academic )?"
    r"(?:year|annum|of (?:the )?\w+ years)|annually|yearly|p\.?a\b)"
)
EACH_YEAR_BEFORE = re.compile(r"\b(?:annual|yearly)\b[^.;£]*$", re.IGNORECASE)
IN_ALL = re.compile(
    r",?\s*(?:at (?:the )?most\s*(?=[.,;:)\n]|$)"
    r"|(?:at (?:the )?most )?(?:in all|in total|altogether|over|for (?:all|both|the whole))"
    r"|\s*for (?:the )?(?:two|three|four|[2-5]) years)"
)
IN_ALL_BEFORE = re.compile(r"\b(?:in all|in total|altogether|total of|(?:two|three|four|[2-5]) years)\b[^.;£]*$", re.IGNORECASE)
# A sum of less than a year: by the month or the term, or one of several in the year.
UNIT = r"(?:month|term|half-?term|half term|half-?year|half year|quarter|week|fortnight|instal|payment|invoice)"
PART = re.compile(
    r"\s*,?(?: (?:plus|with) VAT)?(?: (?:a|per|for each) school)?,? ?"
    rf"(?:(?:in |for )?(?:a|per|/|each|every) ?(?:\w+ )?(?:{UNIT}|(?:months|terms|weeks)\b)|(?:twice|\w+ times)\b"
    r"|(?:month|term|quarter|week|half-?year)ly\b|p\.?c?\.?m\b)",
    re.IGNORECASE,
)
PART_BEFORE = re.compile(
    rf"(?:\b(?:{UNIT}\w*|parts|halves) of(?: \w+)?| {NTH}|^{NTH}|\b(?:half-?)?(?:month|term|quarter|week|half-year)ly\b[^.;£]*"
    rf"|\b{NTH} (?:{UNIT}|half|part)\w*(?<!invoice)\b[^.;£]*)\s*$",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|autumn|spring|summer|Christmas|Easter)\b"
)
OTHERS = (
    r"(?<!its )(?<!their )(?<!your )\b(?:councils?|authorit(?:y|ies)|borough|county|hosts?|trusts?|sponsors?|department|dfe"
    r"|government|charit(?:y|ies)|foundations?|donors?|funders?|universit(?:y|ies)|college|compan(?:y|ies)|firms?|church"
    r"|diocese|somebody|someone|parents|lottery|grants?)\b"
)
PAYS = (
    r"\b(?:pay(?:s|ing)?|paid|giv(?:es?|en|ing)|gave|fund(?:s|ed|ing)|cover(?:s|ed)?|contribut\w+|meets?|met|adds?|bears?"
    r"|borne|provid(?:es?|ed)|donat\w+|sponsor(?:s|ed)|puts?|subsidi\w+|financ(?:es?|ed)|settles?|matches|brings?)\b"
)
UNSURE = re.compile(
    "|".join(
        (
            rf"{OTHERS}[^.;\n]{{0,60}}?{PAYS}",  # somebody else pays
            rf"{PAYS}[^.;\n]{{0,60}}?\b(?:by|from) (?:\w+ ){{0,3}}?{OTHERS}",
            r"\b(?:grant|donation|subsidy) (?:of|from)\b",
            r"\b(?:worth|valued?(?: at)?|sav(?:es?|ing)|instead of|rather than|not|usually|normally|was|were|last year"
            r"|previously)\b[^.,;:£\n]{0,20}£",  # what it is worth, or would have been
            r"\b(?:deposit|on (?:joining|signing)|joining fee|the (?:balance|remainder|rest))\b",  # on top of another
            r"\b(?:followed by|a further|another|plus|on top of(?: the)?) £",
        )
    ),
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[;!?\n]|\.(?!\d)(?! ?a\b)")
CLAUSE = re.compile(r",(?!\d)|[:()]| [-–—] |\band\b|\bbut\b")
YEAR = rf"(?:(?:(?:the|our|your|their|its) )?(?P<o>{NTH}) year|(?:the )?year (?P<n>{NAMES}))\b"
# "the second", of invoices or years; not "the second £500", "the first two", "the first child"
THE_NTH = (
    rf"the (?P<e>{NTH})"
    r"(?=(?: invoice| fee)?(?:\s*$| (?:is|comes|costs|follows|at|will|may|it|we|for|nothing|free)\b))"
)
OF_YEAR = re.compile(rf"(?P<from>\b(?:from|after) )?(?<!every )\b(?:{YEAR}|{THE_NTH})", re.IGNORECASE)
LATER = re.compile(
    r"\b(?:after (?:that|which|this)|thereafter|then|afterwards"
    r"|(?:(?:in|for) )?(?:each |every |all |the )?(?:later|following|subsequent|further) years?)\b",
    re.IGNORECASE,
)
FREE = re.compile(r"\b(?:free(?: of charge)?|no (?:fee|charge|cost)|nothing|without charge|waived|not charged)\b", re.IGNORECASE)
BESIDE_FREE = set(  # of a clause that says nothing else than that a year is free
    "a all and at be but charge charged comes completely cost costs due during each entirely every fee for in is it joining "
    "members membership of or pay payable pays school schools so the there to we will you your".split()
)
NO_FEE = re.compile(
    r"\bcosts? (?:\w+ ){0,2}nothing\b"
    r"|\b(?:there is|we charge) no (?:fee|charge)\b(?! (?:for|in|beyond|other)\b(?! schools| joining))"
    r"|\b(?:membership|joining|it) is (?:entirely |completely )?free\b|^(?:it is )?(?:free|nothing|no fee|no charge)\W*$",
    re.IGNORECASE,
)
NOTHING = re.compile(rf"{NO_FEE.pattern}|\bfree of charge\b", re.IGNORECASE)
# free, or half of it, for a time
CUT = re.compile(
    r"\b(?:free|no (?:fee|charge)|nothing|waived|half|halved|doubled?)\b(?![- ](?:terms?|schools?|that|extra|more|else)\b)",
    re.IGNORECASE,
)
TIME = re.compile(r"\b(?:years?|months|terms?|first|second|until)\b", re.IGNORECASE)


# The sum is the most that is asked for, not what is asked for.
BOUND_BEFORE = re.compile(
    r"\b(?:at (?:the |its |their )?(?:very )?most|up to|(?:no|not|never) (?:more|higher|greater) than|maximum(?: of)?|max\.?"
    r"|capped at|(?:a )?cap of|limited to|(?:not|never) exceed(?:ing)?|below|under|within)\s*$",
    re.IGNORECASE,
)
BOUND_AFTER = re.compile(
    r"[^.;£]{0,40}?\b(?:at (?:the )?most(?! in all)|or (?:less|lower|below)|less (?:if|where|when)|maximum|at the outside)\b",
    re.IGNORECASE,
)


class _Said:
    """The sums of a text in pence, by what stands around each; `doubt` where they cannot be read surely."""

    def __init__(self, costs: str) -> None:
        self.yearly: set[int] = set()
        self.of_year: dict[int, int] = {}
        self.from_year: dict[int, int] = {}
        self.in_all: set[int] = set()
        self.bounds: set[int | None] = set()
        self.other: set[int] = set()
        self.parts: list[int] = []
        self.several_months = len(set(MONTH.findall(costs))) > 1
        self.last, sums = 0, len(SUM.findall(costs))
        self.doubt = sums != len(MONEY.findall(costs)) or bool(sums and UNSURE.search(costs))
        for sentence in SENTENCE.split(costs):
            self._read(sentence)
        if sums and NO_FEE.search(costs) and not (self.of_year or self.from_year):
            self.doubt = True
        if self.parts and not any(self._come_to(year) for year in self.yearly):
            self.doubt = True

    def _come_to(self, year: int) -> bool:
        """Whether what is said of parts of a year agrees with the sum of the year, which then is the fee."""
        return year == sum(self.parts) or all(year in {part * n for n in (2, 3, 4, 6, 10, 12)} for part in self.parts)

    def _read(self, sentence: str) -> None:
        """The clauses of a sentence: a year that is named may stand in the one before its sum."""
        cuts, waiting = [found.span() for found in CLAUSE.finditer(sentence)], None
        for start, end in zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(sentence)], strict=True):
            clause = sentence[start:end]
            years = list(OF_YEAR.finditer(clause))
            named = self._named(years[0]) if years else ("from", self.last + 1) if LATER.search(clause) else None
            sums = list(SUM.finditer(clause))
            self.doubt = self.doubt or (len(years) > 1 and bool(sums))
            if self._is_free(clause) and (where := named or waiting):
                self._note(where, 0)
                waiting = None
            elif CUT.search(clause) and TIME.search(clause if sums else sentence):
                self.doubt = True
            for found in sums:
                self._take(found, sentence, start, named or waiting)
            waiting = None if sums else named or waiting

    def _named(self, found: re.Match[str]) -> tuple[str, int]:
        number = ORDINALS[(found["o"] or found["n"] or found["e"]).lower()]
        joined = (found["from"] or "").strip().lower()
        return ("from", number + (joined == "after")) if joined else ("of" if not found["e"] else "nth", number)

    def _is_free(self, clause: str) -> bool:
        rest = OF_YEAR.sub(" ", LATER.sub(" ", FREE.sub(" ", clause)))
        return bool(FREE.search(clause)) and not set(re.findall(r"\w+", rest.lower())) - BESIDE_FREE

    def _note(self, where: tuple[str, int], pence: int) -> None:
        joined, number = where
        into = self.from_year if joined == "from" else self.of_year
        self.doubt = self.doubt or (joined == "from" and number == 1)
        into[number] = max(pence, into.get(number, 0))
        self.last = max(self.last, number)

    def _take(self, found: re.Match[str], sentence: str, start: int, where: tuple[str, int] | None) -> None:
        pence = parse_pounds(found[1] or found[2])
        before, after = re.split("£", sentence[: start + found.start()])[-1], sentence[start + found.end() :]
        self.doubt = self.doubt or bool(BY_COUNT.match(after))
        bound = BOUND_BEFORE.search(before) or BOUND_AFTER.match(after)
        of_year, each_year = where and where[0] != "nth", EACH_YEAR.match(after)
        in_months = self.several_months and MONTH.search(sentence) and not of_year and not each_year
        if in_months or PART.match(after) or PART_BEFORE.search(before):
            self.parts.append(pence)
        elif where and (of_year or not each_year):
            self._note(where, pence)
            self.bounds |= {where[1]} if bound else set()
        elif each_year or EACH_YEAR_BEFORE.search(before):
            self.yearly.add(pence)
            self.bounds |= {None} if bound else set()
        elif IN_ALL.match(after) or IN_ALL_BEFORE.search(before):
            self.in_all.add(pence)
        else:
            self.other.add(pence)

    def of(self, year: int) -> int | None:
        """What is said of this year by its number, or from an earlier one on."""
        since = [number for number in self.from_year if number <= year]
        return self.of_year.get(year, self.from_year[max(since)] if since else None)


def fee_said(costs: str, year: int) -> int | None:
    """The words that are signed name the fee of a year: 'so much a year', or so much for that year; 0 for a year that is free.

    Source: R4 (what it costs), R5. In pence; none where they name no sum for the year, or several, or cannot be read surely.
    """
    said = _Said(costs)
    named = said.of(year)
    if said.doubt or (said.other and named is None):
        return None
    return next(iter(said.yearly)) if named is None and len(said.yearly) == 1 else named


def most_said(costs: str, year: int) -> int | None:
    """No school is asked for more in a year than the words that it signed can mean: where they name several sums, the greatest.

    Source: R4 (what is signed), R5 (year 2 up to what was signed). In pence; none where they name no sum of money, one that is
    counted (a pupil), or cannot be read surely; nothing where they say that it costs nothing.
    """
    said = _Said(costs)
    if said.doubt or (named := said.of(year)) is not None:
        return None if said.doubt else named
    years = said.of_year or said.from_year
    sums = said.yearly | said.other or (said.in_all if not years else set())
    return max(sums) if sums else 0 if NOTHING.search(costs) and not years else None


def is_most_said(costs: str, year: int) -> bool:
    """The fee that is named for a year is the most that it can come to where the words say so: 'at most', 'less if …'.

    Source: R4, R5 (year 2 up to what was signed); issue "Mend". A later year goes by what is said of its own, or of every year.
    """
    said = _Said(costs)
    since = [number for number in said.from_year if number <= year]
    return (year if year in said.of_year else max(since) if since else None) in said.bounds
