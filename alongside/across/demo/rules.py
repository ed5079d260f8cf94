"""What day it is in Elthorne, who the visitor may be, and how typed words are read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from alongside.ground.core.clock import end_of, start_of
from alongside.ground.core.standing import Post

INVENTED_NAMES = ("elthorne", "yeadmoor-learning-trust")  # how the addresses of what is invented begin
INVENTED_SCHOOLS = re.compile(r"/schools/(9\d{5}/|.*[?&]invented=1\b)")
MOST_SCHOOLS = 400
MOST_NAMES = 40
OUTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
POSTCODE = re.compile(rf"({OUTCODE})\s*([0-9][A-Z]{{2}})?", re.IGNORECASE)
STATE_FUNDED_NOT = (
    "independent",
    "children's centre",
    "miscellaneous",
    "higher education",
    "further education",
    "offshore",
    "service children",
    "welsh",
    "secure unit",
    "british schools overseas",
    "online provider",
    "special post 16",
    "institution funded",
)


class Stage(StrEnum):
    """The days that the visitor may choose: each with what it is for, in the bar and at the front door."""

    day: date
    words: str
    lead: str

    if not TYPE_CHECKING:  # a type checker would take it for what Stage("signing") calls, which looks a member up

        def __new__(cls, value: str, day: date, words: str, lead: str) -> Self:
            """What is stored, the day, the words of the bar, the words of the front door."""
            made = str.__new__(cls, value)
            made._value_ = value
            made.day, made.words, made.lead = day, words, lead
            return made

    SIGNING = (
        "signing",
        date(2022, 3, 8),
        "ten days before the deadline",
        "It is March 2022. A borough’s heads have written a prospectus for a learning partnership, "
        "and asked every school to join by Friday 18 March.",
    )
    FROZEN = (
        "frozen",
        date(2022, 3, 21),
        "the deadline is over; the roll is frozen and the board meets",
        "It is Monday 21 March 2022. The deadline was on Friday; this morning the roll was frozen, "
        "and tonight the board meets for the first time.",
    )
    INVOICES = (
        "invoices",
        date(2022, 4, 1),
        "the day for the invoice run",
        "It is Friday 1 April 2022. The board has met, late signatures are in, "
        "and the invoices for the first year are ready to go out.",
    )
    COUNT = (
        "count",
        date(2022, 4, 4),
        "the first ballot is over; its box waits to be closed and opened",
        "It is Monday 4 April 2022. The invoices are out. On Friday evening the ballot for the first primary seats on the board "
        "ended; this morning the lots are drawn, and two scrutineers open the box.",
    )
    SUMMER = (
        "summer",
        date(2022, 7, 5),
        "most schools have paid; a bank statement waits to be looked through",
        "It is Tuesday 5 July 2022. Nearly all schools have paid, some after a reminder; four have not, "
        "and a statement of the bank waits to be looked through.",
    )
    AUTUMN = (
        "autumn",
        date(2022, 11, 8),
        "support has begun; money is planned and spent, and schools give and receive",
        "It is Tuesday 8 November 2022. Support began in September: lead schools are at work, schools visit and advise each "
        "other, and the budget shows what is promised and spent.",
    )
    YEAR_TWO = (
        "year_two",
        date(2023, 4, 17),
        "the board has cut the second year’s fee; its invoices can go out",
        "It is Monday 17 April 2023. Money is left over from the first year; the board gives about £180 of it back to each "
        "school, and the invoices for the second year are ready to go out.",
    )

    def lead_now(self, asked: set[int]) -> str:
        """The words of the front door, also when the invoices of the years `asked` have gone out."""
        year = {Stage.INVOICES: 1, Stage.YEAR_TWO: 2}.get(self)
        return self.lead.replace("are ready to go out", "have gone out") if year in asked else self.lead

    @property
    def manages(self) -> str:
        """What the door to the manager's chair offers on that day: what is over is not offered any more."""
        if self is Stage.SIGNING:
            return (
                "See what stands in each school’s way, chase only those, then freeze the roll, hold the first ballot and send "
                "the invoices: you move the days on yourself."
            )
        return "See what waits today, who belongs and who has paid, what the board meets about: you move the days on yourself."

    @property
    def begins_at(self) -> datetime:
        """When the visitor arrives on that day."""
        return start_of(self.day, 10)


class Persona(StrEnum):
    """Who the visitor may be in Elthorne: the person, by their post, and what there is to see for them."""

    label: str
    words: str

    if not TYPE_CHECKING:  # as with Stage

        def __new__(cls, value: str, label: str, words: str) -> Self:
            """What is sent, what a person reads, what there is to see."""
            made = str.__new__(cls, value)
            made._value_ = value
            made.label, made.words = label, words
            return made

    VISITOR = "visitor", "A visitor", "not signed in"
    HEAD = "head", "Head of Foxglove Bank Primary", "answers for one school"
    MEMBER_HEAD = "member_head", "Head of Ickenden Primary", "has signed: the week, meetings, the bulletin; watches a ballot"
    BUSINESS_MANAGER = (
        "business_manager",
        "Business manager of Ickenden Primary",
        "the school has signed; invoices come here",
    )
    SENDCO = "sendco", "SENDCo of Ickenden Primary", "asks the others and answers; reads the week"
    MANAGER = "manager", "Partnership manager", "sees what stands in each school’s way"
    CHAIR = "chair", "Acting chair of the board", "from 21 March: agendas, minutes to look through, chair’s action"
    CLERK = "clerk", "Clerk of the board", "from 21 March: plans the meetings, takes the minutes, follows decisions"
    FINANCE = "finance", "Partnership finance officer", "issues the invoices, records the payments"
    TRUST_OFFICER = "trust_officer", "Trust officer of three academies", "signs for all three after the trust board"
    GOVERNANCE = "governance", "Clerk of a trust of three schools", "its boards, Headboard, minutes and decisions"


def personas_on(stage: Stage) -> list[Persona]:
    """Who the visitor may be on a day: whoever sits on the board from its first meeting, and holds no other post, from then on.

    Source: issue "Governance" (the board meets on 21 March 2022 for the first time).
    """
    return [one for one in Persona if stage is not Stage.SIGNING or one not in {Persona.CHAIR, Persona.CLERK}]


def by_address(path: str) -> bool | None:
    """The invented borough lives by its own clock, real schools live by the real one; nothing where the address tells neither.

    Source: issue 2, "Whatever is invented stays there".
    """
    if path.startswith("/p/"):
        return path.startswith(tuple(f"/p/{name}" for name in INVENTED_NAMES))
    if path.startswith("/demo/open/"):
        return None  # a message of the borough, or of the visitor's own schools: as their office lives
    if path.startswith("/schools/"):
        return INVENTED_SCHOOLS.match(path) is not None
    return not path.startswith("/demo/your-schools/") if path.startswith("/demo/") else None


def by_owners(invented: Iterable[bool]) -> bool | None:
    """What belongs to one real partnership at least is real; nothing where it belongs to none.

    Source: issue 2, "Whatever is invented stays there": an invented day is never written about a real school.
    """
    found = list(invented)
    return all(found) if found else None


def demo_moment(now: datetime, offset: timedelta, stage: Stage) -> datetime:
    """A day of the demonstration lasts until the visitor moves it: its clock stops a minute before midnight.

    Source: issue 2, "on its own clock".
    """
    return min(now + offset, end_of(stage.day) - timedelta(minutes=1))


def offset_for(now: datetime, stage: Stage, last_deed: datetime | None) -> timedelta:
    """A kept demonstration goes on on its own day, after whatever was done in it last.

    Source: issue 2, "on its own clock".
    """
    start = stage.begins_at
    if last_deed is not None and start < last_deed < end_of(stage.day):
        start = last_deed + timedelta(minutes=1)
    return start - now


def may_move(stage: Stage, to: Stage) -> bool:
    """Days are moved forwards; backwards only by starting again.

    Source: issue 2, "What day is it".
    """
    order = list(Stage)
    return order.index(to) > order.index(stage)


@dataclass(frozen=True)
class NextStep:
    """What to try next: words, and a button with what it does: `move` to a stage, `be` somebody, or a page's name."""

    words: str
    label: str = ""
    move: str = ""
    be: str = ""
    page: str = ""


def next_step(path: str, stage: Stage, post: Post | None, *, issued: bool = False, codes: Sequence[str] = ()) -> NextStep | None:
    """The visitor is shown the way from door to door: answer, sit in the manager's chair, freeze the roll, invoice.

    Source: issue 2, the three doors. `post` is the visitor's in the partnership's office, if they work there; `issued`
    whether the first invoices are out; `codes` those of the visitor and another scrutineer, where the visitor is one.
    """
    if not path.startswith("/p/elthorne"):
        return None
    if codes and stage is Stage.COUNT:
        return NextStep(f"You watch over the ballot. Two codes open its box: yours is {codes[0]}, another’s is {codes[1]}.")
    if post in STEPS:
        return ISSUED if issued and stage is Stage.INVOICES else STEPS[post][stage]
    if "/membership/answer/" in path:
        return NextStep("What does the partnership’s manager see of this?", "Sit in the manager’s chair", be="manager")
    if path.split("/")[3:4] == ["answer"]:  # other rooms too have answers
        return NextStep("This is the page behind the link in the head’s mail: no account, no profile to fill in.")
    return None


ISSUED = NextStep("The invoices are out. On Monday the board’s ballot is counted.", "Move to 4 April", move="count")
FOR_BOTH = {
    Stage.INVOICES: NextStep(
        "Late signatures are in. Preview the run, issue it and open one PDF.", "Go to the invoice run", page="fees:issue"
    ),
    Stage.COUNT: NextStep(
        "The manager closes the box of the ballot; the Head of Ickenden Primary, a scrutineer, opens it. Then see the summer.",
        "Move to 5 July",
        move="summer",
    ),
    Stage.SUMMER: NextStep(
        "A bank statement has come: look through its four lines, then go on to the autumn.", "Move to 8 November", move="autumn"
    ),
    Stage.AUTUMN: NextStep(
        "See what schools gave each other and how the money is spent. Then the second year.", "Move to 17 April", move="year_two"
    ),
    Stage.YEAR_TWO: NextStep(
        "The board gives about £180 back to each school. Preview the second year’s invoices and issue them.",
        "Go to the second year",
        page="fees:year_two",
    ),
}
STEPS = {
    Post.MANAGER: FOR_BOTH
    | {
        Stage.SIGNING: NextStep(
            "Answer a question, chase those who have not replied; then let the deadline pass.", "Move to 21 March", move="frozen"
        ),
        Stage.FROZEN: NextStep(
            "The roll was frozen this morning: look who is on it. Next come the invoices.", "Move to 1 April", move="invoices"
        ),
    },
    Post.FINANCE: FOR_BOTH
    | {
        Stage.SIGNING: NextStep(
            "The invoices go out in April, to the schools that have signed by then.", "Move to 1 April", move="invoices"
        ),
        Stage.FROZEN: NextStep("The roll is frozen, and the invoices go out in April.", "Move to 1 April", move="invoices"),
    },
}


def read_postcode(words: str) -> tuple[str, str] | None:
    """The outward and inward part of a postcode, or nothing when the words are none.

    Source: issue 2, "a borough, a trust, three names or a postcode".
    """
    found = POSTCODE.fullmatch(words.strip())
    return (found[1].upper(), (found[2] or "").upper()) if found else None


def typed_names(words: str) -> list[str]:
    """The names that somebody typed, one a line or with commas between, without repeats; where lines are used, only lines
    part them: "Brookfield Primary, Camden" on a line is one school and its town.

    Source: issue 2, "three names"; issue "Mend".
    """
    lines = [line for line in re.split(r"[\r\n;]+", words) if line.strip(" ,")]
    parts = [" ".join(part.split()).strip(" ,") for part in (lines if len(lines) > 1 else ",".join(lines).split(","))]
    return list(dict.fromkeys(part for part in parts if part))[:MOST_NAMES]


def borough_words(words: str) -> str:
    """A borough's name without what people put before and after it: 'London Borough of Hillingdon' is 'hillingdon'.

    Source: issue 2, "type a borough".
    """
    plain = " ".join(re.sub(r"[^a-z0-9 ]+", " ", words.lower().replace("&", " and ")).split())
    plain = re.sub(r"^(the )?(royal |london |metropolitan )?(borough|city|county|district)( council)? of ", "", plain)
    return re.sub(r" ((city|county|borough|district|metropolitan) )*(council|borough|local authority)$", "", plain)


def is_state_funded(kind: str) -> bool:
    """A partnership begins with the state-funded schools; others can be added by hand.

    Source: issue 2, "all open state schools in it".
    """
    return bool(kind) and not any(word in kind.lower().replace("’", "'") for word in STATE_FUNDED_NOT)
