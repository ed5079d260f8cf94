"""What happens when an invoice is not paid in time: steps, on school days, none while it is queried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import plural
from alongside.members.calendar.rules.days import SchoolDays
from alongside.money.invoices.rules.settings import IssuerSettings


class Step(Choice):
    """The three steps, in their order."""

    FIRST = "first", "Reminder"
    SECOND = "second", "Second reminder"
    CALL = "call", "Ring the school"


@dataclass(frozen=True)
class Overdue:
    """An invoice as the steps look at it: due when, what is owed, whether queried, and the steps taken by day."""

    due_on: date
    owed: int
    is_queried: bool
    taken: Mapping[Step, date]


def days_after_due(settings: IssuerSettings) -> dict[Step, int]:
    """A reminder goes out 7 days after the due date, a second after 21; after 35 somebody rings. The days are settings.

    Source: domain.md R5 (reminders), the issue "Ground"; product default, editable.
    """
    return {Step.FIRST: settings.first_reminder, Step.SECOND: settings.second_reminder, Step.CALL: settings.call_after}


def next_step(one: Overdue, after: Mapping[Step, int], days: SchoolDays) -> tuple[Step, date] | None:
    """The next step of an invoice and the school day on which it is due; none when paid, queried, or all is done.

    Source: domain.md R5 ("query this" stops reminders). Steps keep their distance, so that an office that starts
    late sends no two letters in one week; nothing is ever due on a day on which schools are closed.
    """
    if one.owed <= 0 or one.is_queried:
        return None
    before: Step | None = None
    for step in Step:
        if step not in one.taken:
            earliest = one.due_on + timedelta(days=after[step])
            if before is not None:
                earliest = max(earliest, one.taken[before] + timedelta(days=after[step] - after[before]))
            day = days.on_or_after(earliest)
            return (step, day) if day else None
        before = step
    return None


def shown_steps(due: list[tuple[str, str, str, int, str]]) -> OnPage:
    """One press takes the steps that its page showed: (number, school, step, pence owed, address) of each.

    Source: domain.md R5; reliability.md (nobody agrees to what another changed since).
    """
    return OnPage(f"{plural(len(due), 'step')} that {'is' if len(due) == 1 else 'are'} due", {"the steps": sorted(due)})


def shown_chair(name: str, email: str, owed: int) -> OnPage:
    """The chair of governors is written to as the page showed it: this person, about this sum.

    Source: domain.md R5; reliability.md (nobody agrees to what another changed since).
    """
    return OnPage(f"{name}, {email}, about {pounds(owed)}", {"who is written to": (name, email), "what is owed": owed})


def step_days_problem(first: int, second: int, call: int) -> dict[str, str]:
    """The steps come one after the other: the second later than the first, the call later than both.

    Source: product default; gives what to do, by field.
    """
    if second <= first:
        return {"second_reminder": f"Enter more than {first} days: the second reminder comes after the first"}
    if call <= second:
        return {"call_after": f"Enter more than {second} days: somebody rings after the second reminder"}
    return {}


def is_due_today(found: tuple[Step, date] | None, today: date) -> bool:
    """A step is taken on its school day, or when the system was down then, on the next school day on which it runs.

    Source: domain.md R5. Whether today is a school day is asked before.
    """
    return found is not None and found[1] <= today
