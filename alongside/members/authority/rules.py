"""What a decision rests on: who decided, when, where it is minuted; and what it carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import short_pounds
from alongside.ground.core.words import short_date


class DecisionKind(Choice):
    """What a body decided about money."""

    REDUCTION = "reduction", "A lower fee for all"
    WAIVER = "waiver", "A fee is waived"
    WRITE_OFF = "write-off", "A debt is written off"
    CREDIT = "credit", "A credit is given"
    TRANSFER = "transfer", "Somebody else takes a fee over"
    STAYS = "stays due", "A fee stays due"

    @property
    def needs_amount(self) -> bool:
        """Whether it says how much."""
        return self in {DecisionKind.REDUCTION, DecisionKind.WRITE_OFF, DecisionKind.CREDIT}


MISSING = {
    "body": "Enter who decided: the board, or the body that it has given this to",
    "reference": "Enter the reference of the minute. Without one nothing is cut, waived or written off",
    "decided_on": "Enter the day of the decision",
    "kind": "Choose what was decided",
    "amount": "Enter the amount that was decided",
}


def why_no_decision(
    body: str, reference: str, decided_on: date | None, on: date, kind: str, amount: int | None
) -> dict[str, str]:
    """Nothing is cut, waived, credited or written off without saying which body decided it, when, and under which minute.

    Source: evidence H5 and H7 (minute reference before the run), domain.md R6. Gives what is missing, by field.
    """
    is_kind = kind in set(DecisionKind)
    enough = amount is not None or not is_kind or not DecisionKind(kind).needs_amount
    said = {"body": body.strip(), "reference": reference.strip(), "decided_on": decided_on, "kind": is_kind, "amount": enough}
    problems = {name: MISSING[name] for name, there in said.items() if not there}
    if decided_on and decided_on > on:
        problems["decided_on"] = f"Enter the day on which it was decided: {short_date(on)} or earlier"
    return problems


def rests_on(body: str, decided_on: date, reference: str) -> str:
    """A decision is named by its body, its day and its minute wherever money rests on it.

    Source: evidence H5 and H7.
    """
    return f"{body}, {short_date(decided_on)}, {reference}"


@dataclass(frozen=True)
class Minute:
    """A decision that money rests on: which body, on which day, under which reference in its minutes."""

    body: str = ""
    on: date | None = None
    reference: str = ""

    @property
    def words(self) -> str:
        """In one line; empty when nobody has decided."""
        return rests_on(self.body, self.on, self.reference) if self.on else ""


def why_not_under(
    kind: DecisionKind,
    wanted: Sequence[DecisionKind],
    *,
    is_replaced: bool,
    is_of_other_school: bool,
    left: int | None,
    amount: int,
) -> str:
    """Money rests on a decision that is about this, about this school or all, not replaced, and not used up.

    Source: evidence H7 ("any waiver, credit or write-off has minute ref"). Empty when it does; `left` is nothing where
    the decision names no amount.
    """
    if kind not in wanted:
        return f"This decision is about something else: {kind.label.lower()}"
    if is_replaced:
        return "A later decision has taken its place: choose that one"
    if is_of_other_school:
        return "This decision is about another school"
    if left is not None and amount > left:
        return f"Only {short_pounds(max(left, 0))} of this decision is left"
    return ""
