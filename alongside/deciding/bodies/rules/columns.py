"""What the columns of another list of a body's people mean, and what its words for seats and interests say."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.deciding.bodies.rules.holding import Span
from alongside.ground.core.columns import Meaning
from alongside.ground.search.rules.writing import fold

MEANINGS = (
    Meaning(
        "name", "Name",
        ("governor name", "name of governor", "full name", "governor", "trustee name", "trustee", "member name", "member",
         "person", "contact name", "name"), needed=True, instead=("first_name", "last_name"),
    ),
    Meaning("first_name", "First name", ("first name", "forename", "forename(s)", "forenames", "given name", "first")),
    Meaning("last_name", "Last name", ("last name", "surname", "family name", "last")),
    Meaning(
        "seat", "Seat",
        ("seat", "governor type", "type of governor", "governor category", "category of governor", "category", "governance role",
         "trustee type", "member type", "type", "role", "position"), needed=True,
    ),
    Meaning(
        "from_on", "First day",
        ("date of appointment", "appointment date", "date appointed", "appointed on", "appointed", "term of office start",
         "term of office start date", "term of office from", "start of term of office", "start of term", "term start date",
         "term start", "term starts", "start date", "date from", "first day", "starts", "start", "from"), needed=True,
    ),
    Meaning(
        "until_on", "Last day",
        ("term ends", "end of term of office", "term of office ends", "term of office end date", "term of office end",
         "term of office to", "term of office expires", "end of term", "term end date", "term end", "term expires",
         "expiry date", "end date", "date to", "last day", "ends", "end", "to", "until"),
    ),
    Meaning(
        "left_on", "Day they left, where before the last day",
        ("date stepped down", "stepped down", "date left", "date of leaving", "leaving date", "date resigned", "resigned",
         "resignation date", "left"),
    ),
    Meaning("email", "E-mail", ("e-mail", "email", "e-mail address", "email address", "governor email", "contact email", "mail")),
    Meaning(
        "rests_on", "Who put them there",
        ("appointed by", "appointing body", "who appointed them", "appointed or elected by", "nominated by", "elected by"),
    ),
    Meaning(
        "interest", "Interests",
        ("declaration of interest", "declaration of interests", "declarations of interest", "declared interests",
         "declarations", "register of interests", "business and pecuniary interests", "business interests",
         "business interest", "pecuniary interests", "relevant interests", "interests", "interest"),
    ),
    Meaning(
        "training", "Training",
        ("training", "training attended", "training completed", "training record", "courses", "courses attended", "cpd"),
    ),
)  # fmt: skip
MOST_WORDS = {"rests_on": 160, "interest": 300, "training": 300}  # letters that are kept of each
# what people write where there is no interest: it says nothing of whether they were asked
NO_INTEREST = frozenset(
    ("", "none", "nil", "na", "n a", "no", "no interests", "no interest", "nothing", "none declared", "nothing declared",
     "nil return", "nothing to declare", "none to declare", "no interests declared", "no interests to declare", "not applicable")
)  # fmt: skip
VACANT = frozenset(("vacant", "vacancy", "vacant post", "vacant position", "vacant seat", "tbc", "tba"))
ALIKE = (
    (r"\bcoopted\b", "co opted"), (r"\bla\b", "local authority"), (r"\bhead teacher\b", "headteacher"),
    (r"\bchair(man|woman|person)\b", "chair"), (r"\bexofficio\b", "ex officio"),
)  # fmt: skip
FILLING_WORDS = frozenset("governor governors of the governing body board elected".split())


@dataclass(frozen=True)
class SeatKnown:
    """A seat of the body, as it counts for who may hold it."""

    key: str
    title: str
    span: Span
    term_years: int | None = None
    is_place: bool = True
    is_by_post: bool = False
    others: frozenset[str] = frozenset()
    other_why: str = ""


def pieces(text: str) -> list[str]:
    """One cell may hold several interests, or courses, a line each or with semicolons between; “none” is neither, and no word
    that there is none: that each gives themselves.

    Source: issue 9, brought along; evidence, section 4 (interests with nothing to declare).
    """
    found = dict.fromkeys(" ".join(one.split()).strip(" -•*") for one in re.split(r"[;\n\r]+", text))
    return [one for one in found if fold(one) not in NO_INTEREST]


def seat_words(title: str) -> str:
    """What a seat is called, as it is compared: “Co-opted Governor 2” is “co-opted”, “Chair of Governors” is “chair”.

    Source: issue 9, brought along (governor types of portals).
    """
    words = re.sub(r" \d+$", "", fold(title))
    for pattern, one in ALIKE:
        words = re.sub(pattern, one, words)
    telling = [word for word in words.split() if word not in FILLING_WORDS]
    return " ".join(telling) or words


def seats_named(text: str, seats: Sequence[SeatKnown]) -> list[SeatKnown]:
    """The seats that a category means, in the order in which they are filled: the one that is called exactly so, else all of that
    kind; words in brackets are left out, or taken instead where the others say nothing.

    Source: issue 9, brought along.
    """
    if exact := [one for one in seats if fold(one.title) == fold(text)]:
        return exact
    for words in (text, re.sub(r"\([^)]*\)", " ", text), " ".join(re.findall(r"\(([^)]*)\)", text))):
        if fold(words) and (found := [one for one in seats if seat_words(one.title) == seat_words(words)]):
            return found
    return []


def kinds_of(seats: Iterable[SeatKnown]) -> list[str]:
    """What the seats of a body are called, each kind once: “Parent governor 1” and “2” are one.

    Source: issue 9, brought along.
    """
    return list(dict.fromkeys(re.sub(r" \d+$", "", one.title) for one in seats))
