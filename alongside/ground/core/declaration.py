"""What a room says of itself, once, in its `app.py`: the rest of the house reads it there and nowhere else.

Every field is required: a room without dates says so with `()`. `ground.web.declared` finds the declarations, and
`tests/test_declared.py` fails for whatever a room has and does not declare.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from alongside.ground.core.choice import Choice


class Door(StrEnum):
    """The doors of a partnership, in the order of the wings."""

    OUR_YEAR = "our-year"
    SCHOOLS = "schools-and-people"
    DECIDING = "deciding"
    LEARNING = "learning-together"
    IMPROVING = "improving"
    SERVICES = "services"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """What stands on the door."""
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True)
class Figures:
    """What stands in a place, as figures: the door reads those of all its places in one query (`parts`: expressions of one
    value), and `words` makes a few words of them."""

    parts: Mapping[str, Any]
    words: Callable[..., str]


Stands = str | Figures


@dataclass(frozen=True)
class Task:
    """Something that people look for by name: the words that find it, and the page where it is done."""

    words: str
    page: str


@dataclass(frozen=True)
class Place:
    """One place in the way about: behind which door and where among the others (the smallest first); its page, whose
    address takes the partnership's slug and says for whom it is; what is done there in a sentence. `stands` gives what stands in
    it now, in a few words or none, or `Figures` that make them (None: the place is not used here and not shown); `tasks` are
    found by search.
    """

    door: Door
    rank: int
    label: str
    page: str
    about: str
    stands: Callable[..., Stands | None]
    tasks: tuple[Task, ...]


class OwnPage(NamedTuple):
    """A page that is everybody's own: its place among them, its name, what is done there, its address's name, whether it is
    a setting."""

    rank: int
    label: str
    about: str
    page: str
    is_setting: bool = True


class Beside(NamedTuple):
    """What a room has under way about a row of a room below it: in words, and its page."""

    words: str
    link: str


class Published(NamedTuple):
    """What a partnership's public page leads to: its name, the page, and a condition for a row's `partnership` that there is
    something to show, asked with the page's own question."""

    words: str
    page: str
    there: Callable[[], Any]


class Urgency(Choice):
    """How soon something is wanted, the soonest first, as pages and the mail of the week say it."""

    LATE = "late", "Late", "red"
    TODAY = "today", "Today", "red"
    WEEK = "week", "This week", "amber"
    SOON = "soon", "Soon", "blue"


@dataclass(frozen=True)
class RowWords:
    """What one kind of row says, of those that `home` gathers, and where it leads.

    `one` and `many` may hold {number}, {label} and {partnership}; `many` is used when the number is not one.
    `page` is the name of the page; `slug` and `key` are the names of its keywords that take the partnership's slug and
    the row's key ("" : the page has none); `query` follows the address, so that a list opens at what was counted, and may hold
    {label} too. `soon` is said when there is no date, `off` of a
    dated thing that is so no longer, `gone` to whom it was sent and who has it no longer. `minutes` is how long one of a need
    takes whoever does it. `invites`: people attend the dated thing, so that it goes out as an invitation to who
    has dates in their diary so (`members/diary`); `is_due`: something is wanted by that day and nobody meets, so that it goes out
    as an entry that asks for no answer. Holidays, terms and the like never do.
    """

    one: str
    many: str = ""
    page: str = ""
    slug: str = "slug"
    key: str = ""
    query: str = ""
    soon: Urgency = Urgency.SOON
    off: str = "Cancelled"
    gone: str = "it is settled, or does not take place"
    minutes: int = 0
    invites: bool = False
    is_due: bool = False

    def words(self, label: str = "", number: int = 1, partnership: str = "") -> str:
        """The sentence with its number, label and partnership."""
        sentence = self.one if number == 1 or not self.many else self.many
        return sentence.format(number=f"{number:,}", label=label, partnership=partnership)

    @property
    def goes_out(self) -> bool:
        """Whether it goes to people's own diaries."""
        return self.invites or self.is_due

    def keywords(self, slug: str, key: str) -> dict[str, str]:
        """The keywords of the page."""
        return {name: value for name, value in ((self.slug, slug), (self.key, key)) if name}


@dataclass(frozen=True)
class Message:
    """A kind of message that the room sends: its name for whoever sees it in a list, and how long it may wait unless its reader
    chose otherwise ("day", "week"; "" : it always goes at once, as invitations, codes, invoices and what a law gives a date do).
    `tells_sums`: it is about money though its room is not. `goes_anyway`: it is for whose address it is, whatever they are in the
    partnership by then: what is asked and answered with whoever writes, about an invoice, that a date is off.
    `is_read_by_office`: its words say that its office reads what is answered, so its reader is shown where to.
    `is_confidential`: only few may know to whom it went, so no office sees an answer by mail: its room tells whoever answers
    where to write instead."""

    name: str
    may_wait: str
    tells_sums: bool = False
    goes_anyway: bool = False
    is_confidential: bool = False
    is_read_by_office: bool = False


class Answered(NamedTuple):
    """What was done with an answer by mail, in words, and the page on which it stands."""

    words: str
    link: str


@dataclass(frozen=True)
class Columns:
    """One table's columns of text, by what they tell, and so what erasure does to them.

    plain: of nobody (ids, hashes, states, our own words, names of schools and bodies).
    words: they may name somebody; the erased person's name, address and number are taken out of them.
    inside: the columns whose words are encoded in some way, with what reads them. Where what it reads names the erased person, or
        it cannot read it, the column is emptied.
    own: by the column that points to a person (by id or by address), the columns that go with them.
    row_of: the columns that point to a person whose row goes away as a whole.
    public: published by the DfE, which corrects its register itself.
    law: kept although they name somebody, and `why`.
    """

    plain: str = ""
    words: str = ""
    inside: dict[str, Callable[[str], str | None]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    row_of: str = ""
    public: str = ""
    law: str = ""
    why: str = ""

    def named(self) -> set[str]:
        """Every column that stands here."""
        told = " ".join([self.plain, self.words, *self.inside, *self.own, *self.own.values(), self.row_of, self.public, self.law])
        return set(told.split())


@dataclass(frozen=True)
class Withheld:
    """What stays out of the exports: whole tables (why), and columns that are the office's own on rows that a school may see."""

    tables: Mapping[str, str]
    from_schools: Mapping[str, frozenset[str]]


EVERYTHING_GOES = Withheld({}, {})
MONEY_IS_KEPT = "a record of money: six years after the end of its year (Companies Act 2006 s.388, HMRC Notice 700/21)"


@dataclass(frozen=True, kw_only=True)
class App:
    """What a room declares.

    places: where it is found in the way about.
    own_pages: its pages that are everybody's own, found by search, the settings among them listed on one page.
    needs, dates: the questions by which `home` gathers what waits and what is dated; rows: the words of each kind of them.
    holds: the questions by which `people` learns, with somebody's roles, what they hold in the room's own things (a seat on a
        body): rows of `people.queries.roles.as_held`, in the one query of who is asking.
    beside: what it has under way about rows of a model of a room below ("bodies.Seat"), asked with them by their ids as
        `rows` for whoever looks at them there.
    published: what of it the partnership's public page leads to, where there is something.
    joining: what a school that joins today is asked for, in sentences: told where it signs late.
    leaving: what of a school's stays when the school leaves, in sentences: told before it does, and to the office.
    tone: the colour of its dates in a calendar.
    settings: what a partnership may set, as its page of settings names it, by `app.name` of the settings.
    acts: what somebody did, as the log names it, in the words of their own page ("Signed the agreement").
    messages: each kind of message that it sends, by the name of its template.
    answers: what is done with an answer by mail to one of them, by its kind (`members/mail` calls it); an answer to another
        kind waits for the office. What takes `calendar` is told the answer of a calendar program too, what takes `files` how many
        came with it, and what takes
        `is_addressed` whether it was sent to the address of that very message, and does not only refer to it.
    sensitive: its pages ask the office for a second factor; a page that does not says why in `page()`.
    erasure: whose words the text columns of each table may hold.
    withheld: what of it stays out of the exports.
    """

    places: tuple[Place, ...]
    own_pages: tuple[OwnPage, ...]
    needs: tuple[Callable[..., list[Any]], ...]
    dates: tuple[Callable[..., list[Any]], ...]
    rows: Mapping[str, RowWords]
    holds: tuple[Callable[..., Any], ...]
    beside: Mapping[str, Callable[..., Mapping[str, Beside]]]
    published: tuple[Published, ...]
    joining: tuple[Callable[..., list[str]], ...]
    leaving: tuple[Callable[..., list[str]], ...]
    tone: str
    settings: Mapping[str, str]
    acts: Mapping[str, str]
    messages: Mapping[str, Message]
    answers: Mapping[str, Callable[..., Answered]]
    sensitive: bool
    erasure: Mapping[str, Columns]
    withheld: Withheld
