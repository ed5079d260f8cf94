"""The budget of a year: headings, what is planned, promised and spent, and what is carried over. Pence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import short_pounds
from alongside.members.membership.rules.dates import Dates, term_year

MISSING = {  # what a form and its deed say where nothing was entered
    "name": "Enter a name for the heading",
    "planned": "Enter what is planned for the year: 0 where nothing is yet",
    "heading": "Choose a heading",
    "to": "Enter to whom it is promised",
    "words": "Enter what it is for",
    "promised": "Enter how much is promised",
    "due_on": "Enter the day by which you expect to pay it",
    "released": "Enter why it is no longer needed",
    "payee": "Enter who was paid",
    "spent": "Enter what was spent",
    "spent_on": "Enter the day on which it was spent",
    "wrong": "Enter what was wrong",
}


class Promise(Choice):
    """How a commitment stands: open until it is spent in full, or released because it is no longer needed."""

    OPEN = "open", "Promised", "blue"
    SPENT = "spent", "Spent", "green"
    RELEASED = "released", "Released"


MOVES = {
    Promise.OPEN: {
        Promise.SPENT: "all of it is spent, or what was spent last was all that is needed",
        Promise.RELEASED: "what is left of it is no longer needed, and why is said",
    },
    Promise.SPENT: {Promise.OPEN: "a spending that kept it is taken back"},
}


@dataclass(frozen=True)
class HeadingSum:
    """One heading in one year: planned, still promised, spent."""

    key: str
    name: str
    planned: int
    committed: int
    spent: int
    is_ended: bool = False

    @property
    def left(self) -> int:
        """What nobody has promised or spent; less than nothing when more is promised and spent than planned."""
        return left_of(self.planned, self.committed, self.spent)

    @property
    def kindly(self) -> str:
        """A sentence where more is promised and spent than planned; nothing otherwise."""
        return over_words(self.planned, self.committed, self.spent)


@dataclass(frozen=True)
class Working:
    """How a year's money comes to what is carried over, step by step."""

    carried_in: int
    issued: int
    credited: int
    spent: int
    committed: int
    received: int = 0

    @property
    def income(self) -> int:
        """The year's fees: what was invoiced less what was credited, without VAT."""
        return self.issued - self.credited

    @property
    def balance(self) -> int:
        """What is there when everything asked for has come in, before promises are kept."""
        return self.carried_in + self.income - self.spent

    @property
    def carried_over(self) -> int:
        """What the next year begins with: the balance less what is still promised."""
        return carry_over(self.carried_in, self.income, self.spent, self.committed)

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The working, line by line, adding up to what is carried over."""
        lines = [("Brought in from the year before", self.carried_in)] if self.carried_in else []
        lines.append(("Fees asked for", self.issued))
        if self.credited:
            lines.append(("Less credited, waived or written off", -self.credited))
        lines += [("Less spent", -self.spent), ("Less promised and not yet spent", -self.committed)]
        return lines


def left_of(planned: int, committed: int, spent: int) -> int:
    """What is left of a heading is what was planned, less what is promised, less what is spent.

    Source: domain.md R6.
    """
    return planned - committed - spent


def over_words(planned: int, committed: int, spent: int) -> str:
    """A heading may be overcommitted: it is said plainly and kindly, and nothing is blocked.

    Source: domain.md R6 (the board decides, the office sees it in time).
    """
    over = -left_of(planned, committed, spent)
    if over <= 0:
        return ""
    if spent > planned:
        return (
            f"{short_pounds(spent - planned)} more is spent than planned. The plan can be changed, or money moved from elsewhere."
        )
    return f"{short_pounds(over)} more is promised and spent than planned. There is still time to change the plan or a promise."


def beyond_words(amount: int, free: int, is_known: bool) -> str:
    """A promise beyond what the year's money leaves is made with open eyes: whoever writes it down says so. Nothing is blocked.

    As long as nothing was brought in and no fee of the year has been asked for, nobody knows what it has. Source: domain.md R6.
    """
    if not is_known or amount <= free:
        return ""
    left = f"has {short_pounds(free)} left" if free > 0 else "has nothing left"
    return f"The year {left} that is neither spent nor promised. Tick the box to promise {short_pounds(amount)} all the same"


def carry_over(carried_in: int, income: int, spent: int, committed: int) -> int:
    """A year's carry-over is what came in and was brought in, less what is spent and what is still promised.

    Source: domain.md R6, evidence H5.
    """
    return carried_in + income - spent - committed


def running_year(dates: Dates, numbers: Sequence[int], today: date) -> int:
    """Of the opened years the one whose twelve months hold today; the first before they begin, the last after they ended.

    Source: evidence H4 and H5 (a year that is opened ahead takes no promise of the one that runs).
    """
    return next((one for one in numbers if today <= term_year(dates, one)[1]), numbers[-1])


def support_words(first: date, last: date) -> str:
    """The months that a fee supports, as they stand on the invoice.

    Source: domain.md R5.
    """
    return f"{first:%B %Y} to {last:%B %Y}"
