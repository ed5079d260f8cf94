"""How soon something is, and what setting up a partnership takes."""

from dataclasses import dataclass
from datetime import date

from alongside.ground.core.words import plural

URGENT = {"Today": "red", "This week": "amber"}


@dataclass(frozen=True)
class SetUp:
    """What is known of a partnership when its office opens the overview."""

    has_prospectus: bool = False
    has_draft: bool = False
    asked: int = 0
    invited: int = 0
    signed: int = 0
    fees_missing: int = 0
    uses_prospectus: bool = True
    has_holidays: bool = False


def urgency(due_on: date | None, today: date, soon: str = "Soon") -> tuple[str, str]:
    """What waits is said as Late, Today, This week or Soon, with its colour; what has no day, as its own line says.

    Source: look of the overview; kind words, no red for what is merely open.
    """
    if due_on is None:
        return (soon, URGENT.get(soon, "blue"))
    if due_on <= today:
        return ("Today" if due_on == today else "Late", "red")
    return ("This week", "amber") if (due_on - today).days <= 7 else ("Soon", "blue")


def set_up_tasks(now: SetUp) -> list[tuple[str, str, str, str, str]]:
    """A new partnership is set up in six steps: schools, prospectus, dates, invitations, fees, holidays.

    Source: issue "House", a partnership created from a template through a task list. Gives (title, page, status, tone, hint).
    """
    done, todo, wait = ("Done", "green"), ("To do", "blue"), ("Not yet", "grey")
    steps = [
        (
            "Choose the schools",
            "membership:schools",
            done if now.asked else todo,
            f"{plural(now.asked, 'school')} on the list"
            if now.asked
            else "From the national register: a borough, a trust, names or a postcode",
        ),
    ]
    if now.uses_prospectus:
        prospectus = done if now.has_prospectus else ("Draft", "amber") if now.has_draft else todo
        invited = done if now.invited else todo if now.asked and now.has_prospectus else wait
        steps += [
            (
                "Write the prospectus",
                "membership:edit_prospectus",
                prospectus,
                "A first text is there; make it yours and publish it",
            ),
            ("Check the dates", "membership:dates", done if now.invited else todo, "Discussion, sign by, the roll, support from"),
            (
                "Invite the schools",
                "membership:invite",
                invited,
                f"{now.invited} of {now.asked} invited" if now.invited else "By e-mail, or by a letter with a short code",
            ),
        ]
    steps += [
        (
            "Say how fees are paid",
            "fees:set_up",
            done if not now.fees_missing else todo,
            "Who issues, how much, to which account",
        ),
        (
            "Enter the school holidays",
            "calendar:year",
            done if now.has_holidays else todo,
            "So that reminders go on school days only",
        ),
    ]
    return [(title, page, status, tone, hint) for title, page, (status, tone), hint in steps]


def is_set_up(now: SetUp) -> bool:
    """Setting up is over when schools are invited and it is said how fees are paid.

    Source: issue "House".
    """
    return bool((now.invited or (now.signed and not now.uses_prospectus)) and not now.fees_missing)
