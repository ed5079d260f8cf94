"""What needs somebody, how soon, and what setting up a partnership takes."""

from dataclasses import dataclass
from datetime import date

from alongside.core.words import plural, weekday_date


@dataclass(frozen=True)
class Need:
    """Something that waits for the reader: by when, in which words, and the name of the page where it is done."""

    due_on: date | None
    words: str
    page: str


@dataclass(frozen=True)
class Standing:
    """What is known of a partnership when its office opens the overview."""

    has_prospectus: bool = False
    has_draft: bool = False
    asked: int = 0
    invited: int = 0
    signed: int = 0
    questions: int = 0
    no_reply: int = 0
    fees_missing: int = 0
    invoiced: int = 0
    overdue: int = 0
    queried: int = 0
    frozen: bool = False
    uses_prospectus: bool = True
    has_holidays: bool = False


def urgency(due_on: date | None, today: date) -> tuple[str, str]:
    """What waits is said as Today, This week or Soon, with its colour.

    Source: look of the overview; kind words, no red for what is merely open.
    """
    if due_on is not None and due_on <= today:
        return ("Today", "red")
    if due_on is not None and (due_on - today).days <= 7:
        return ("This week", "amber")
    return ("Soon", "blue")


def set_up_tasks(now: Standing) -> list[tuple[str, str, str, str, str]]:
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
            "calendar:holidays",
            done if now.has_holidays else todo,
            "So that reminders go on school days only",
        ),
    ]
    return [(title, page, status, tone, hint) for title, page, (status, tone), hint in steps]


def is_set_up(now: Standing) -> bool:
    """Setting up is over when schools are invited and it is said how fees are paid.

    Source: issue "House".
    """
    return bool((now.invited or (now.signed and not now.uses_prospectus)) and not now.fees_missing)


def needs_of_office(now: Standing, today: date, sign_by: date, freezes_on: date) -> list[Need]:
    """The office sees what waits for it, what is due first on top: questions, silent schools, the roll, the invoices.

    Source: R4, R5.
    """
    needs = []
    if now.questions:
        needs.append(Need(today, f"Answer {plural(now.questions, 'question')} from schools", "membership:questions"))
    if now.queried:
        needs.append(Need(today, f"Answer {plural(now.queried, 'query', 'queries')} about invoices", "fees:overview"))
    if now.invited and now.no_reply and today <= sign_by:
        needs.append(
            Need(
                sign_by,
                f"{plural(now.no_reply, 'school has', 'schools have')} not replied yet: chase or call them",
                "membership:overview",
            )
        )
    if now.invited and not now.frozen and today >= freezes_on:
        needs.append(Need(freezes_on, "Freeze the roll of members", "membership:roll"))
    elif now.invited and not now.frozen:
        needs.append(Need(freezes_on, f"The roll is frozen on {weekday_date(freezes_on)}", "membership:roll"))
    if now.frozen and now.signed > now.invoiced and not now.fees_missing:
        needs.append(Need(None, f"{plural(now.signed - now.invoiced, 'school')} can be invoiced", "fees:issue"))
    if now.overdue:
        needs.append(Need(None, f"{plural(now.overdue, 'invoice is', 'invoices are')} past the due date", "fees:overview"))
    return sorted(needs, key=lambda need: need.due_on or date.max)
