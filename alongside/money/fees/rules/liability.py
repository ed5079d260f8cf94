"""The two years that a school signed for, and what becomes of them when it closes, merges or leaves."""

from dataclasses import dataclass
from datetime import date

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import short_pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import short_date


class Outcome(Choice):
    """What a decision made of a liability."""

    DUE = "due", "Stays due"
    WAIVED = "waived", "Waived"
    TRANSFERRED = "transferred", "Taken over"


class Fate(Choice):
    """What happened to a school that signed."""

    MEMBER = "member", "Member"
    LEFT = "left", "Left"
    CLOSED = "closed", "Closed"
    MERGED = "merged", "Merged"
    WITHDREW = "withdrew", "Withdrew"


@dataclass(frozen=True)
class Liability:
    """One school's liability for one year: what was decided, and what was asked."""

    year: int
    outcome: str = ""
    decision: str = ""
    taken_by: str = ""
    invoice: str = ""
    owed: int | None = None
    paid: int = 0
    creditable: int = 0
    withdrew: bool = False

    @property
    def is_undecided(self) -> bool:
        """Whether something is, or will be, owed and nobody has decided about it; or is to be credited."""
        return not self.outcome and (self.withdrew or self.owed != 0)

    @property
    def words(self) -> str:
        """Due, waived or taken over, and by which decision; of a school that withdrew in time, that it is to be credited."""
        if self.withdrew:
            return "Not due: it withdrew while it was free to. Its invoice stands until a credit note takes it off"
        if not self.outcome and self.owed == 0:
            return "Settled: nothing is owed"
        paid = paid_words(self.outcome, self.invoice, self.paid)
        return f"{liability_words(self.outcome, self.decision, self.taken_by)}{f'. {paid}' if paid else ''}"


def paid_words(outcome: str, invoice: str, paid: int) -> str:
    """A fee that is waived after it was paid, wholly or in part, is given back by a credit note, and the office is told so
    until it is. Empty when there is nothing to give back.

    Source: evidence H7 (any waiver or credit has its minute); domain.md R5 (corrections are credit notes).
    """
    if outcome != Outcome.WAIVED or not paid:
        return ""
    return f"{short_pounds(paid)} of it is paid: a credit note for {invoice} is needed to give it back"


def shown_decision(decision: str, *working: int) -> OnPage:
    """Whoever writes down a later decision has seen which one it takes the place of, and the working beside it.

    Source: evidence H7; reliability.md (nobody overwrites what another has just saved without a word).
    """
    return OnPage(decision or "that nothing was decided", {"what was decided": decision, "the working": working})


def fate_of(*, left: bool, is_open: bool, merged: bool) -> Fate:
    """A school that became an academy, or moved to another trust, is the same school. One that closed, merged into
    another or left is listed, so that the board decides what becomes of its fee.

    Source: evidence H3 and H7.
    """
    if merged and not is_open:
        return Fate.MERGED
    if not is_open:
        return Fate.CLOSED
    return Fate.LEFT if left else Fate.MEMBER


def owes_year(number: int, *, term_years: int, belongs: bool, begins_with: int = 1) -> bool:
    """Who signed owes every year of the term from the one it began with, also after it has left or closed;
    in later years only who still belongs.

    Source: 002:78, evidence H7 (leaving inside the term does not cancel year 2).
    """
    if number < begins_with:
        return False
    return belongs or number <= term_years


def begins_with(joined_on: date, opened: dict[int, date]) -> int:
    """A school begins with the latest year that had been opened before the day on which it joined; with year 1 at first.

    Source: evidence H5 (a year-2 joiner did not pay year 1). `opened` maps a year to the day of its opening.
    """
    return max((number for number, day in opened.items() if day < joined_on), default=1)


def liability_words(outcome: str, decision: str, taken_by: str) -> str:
    """A liability is due until a decision says otherwise; it is never silently deleted.

    Source: evidence H7 ("due / waived / transferred as a decision").
    """
    if outcome == Outcome.WAIVED:
        return f"Waived: {decision}"
    if outcome == Outcome.TRANSFERRED:
        return f"Taken over by {taken_by}: {decision}"
    if outcome == Outcome.DUE:
        return f"Stays due: {decision}"
    return "Due; nobody has decided otherwise"


def why_still_asked(fate: str, since: date | None) -> str:
    """In the preview of a run, why a school that has gone is still asked.

    Source: evidence H7.
    """
    day = f" on {short_date(since)}" if since else ""
    return {
        Fate.CLOSED: f"Closed{day}. The fee of the two years stays due until a decision waives or transfers it.",
        Fate.MERGED: f"Merged into another school{day}. Both fees stay due until a decision waives or transfers one.",
        Fate.LEFT: f"Left{day}, inside the two years. The fee stays due until a decision waives it.",
    }.get(Fate(fate), "")
