"""How soon something is, and what setting up a partnership takes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple, Self

from alongside.ground.core.declaration import Urgency
from alongside.ground.core.words import plural
from alongside.members.partnerships.rules import Template


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
    has_contact: bool = True
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class HomeSettings:
    """Which steps of setting up a partnership does without, by their keys."""

    app: ClassVar[str] = "home"
    set_aside: tuple[str, ...] = ()

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """None, whatever it started from."""
        return cls()


def urgency(due_on: date | None, today: date, soon: Urgency = Urgency.SOON) -> Urgency:
    """What waits is said as Late, Today, This week or Soon, with its colour; what has no day, as its own line says.

    Source: look of the overview; kind words, no red for what is merely open.
    """
    if due_on is None:
        return soon
    if due_on <= today:
        return Urgency.TODAY if due_on == today else Urgency.LATE
    return Urgency.WEEK if (due_on - today).days <= 7 else Urgency.SOON


class SetUpStep(NamedTuple):
    """One step of setting up: its key, what is to be done, on which page, how far it is in words and colour, and a hint."""

    key: str
    title: str
    page: str
    status: str
    tone: str
    hint: str


def set_up_tasks(now: SetUp) -> list[SetUpStep]:
    """A new partnership is set up in seven steps: schools, its address, prospectus, dates, invitations, fees, holidays. One that
    it does without is set aside.

    Source: issue "House", a partnership created from a template through a task list.
    """
    todo, wait = ("To do", "blue"), ("Not yet", "grey")

    def when(done: object, otherwise: tuple[str, str] = todo) -> tuple[str, str]:
        return ("Done", "green") if done else otherwise

    schools = f"{plural(now.asked, 'school')} on the list" if now.asked else ""
    invited = f"{now.invited} of {now.asked} invited" if now.invited else "By e-mail, or by a letter with a short code"
    written = when(now.has_prospectus, ("Draft", "amber") if now.has_draft else todo)
    page = f"membership:{'preview' if now.has_draft and not now.has_prospectus else 'edit'}_prospectus"
    ready = todo if now.asked and now.has_prospectus else wait
    holidays = "So that reminders go on school days only"
    where_from = "From the national register: a borough, a trust, names or a postcode"
    first_text = "A first text is there; look at it, make it yours and publish it"
    signing_up = [
        SetUpStep("prospectus", "Write the prospectus", page, *written, first_text),
        SetUpStep(
            "dates",
            "Check the dates",
            "membership:dates",
            *when(now.invited, ("Set", "blue")),
            "We have set some: discussion, sign by, the roll, support from",
        ),
        SetUpStep("invitations", "Invite the schools", "inviting:invite", *when(now.invited, ready), invited),
    ]
    steps = [
        SetUpStep("schools", "Choose the schools", "inviting:schools", *when(now.asked), schools or where_from),
        SetUpStep(
            "address",
            "Say where schools can write",
            "partnerships:about",
            *when(now.has_contact),
            "It stands in every invitation",
        ),
        *(signing_up if now.uses_prospectus else []),
        SetUpStep(
            "fees", "Say how fees are paid", "fees:set_up", *when(not now.fees_missing), "Who issues, how much, to which account"
        ),
        SetUpStep("holidays", "Enter the school holidays", "calendar:year", *when(now.has_holidays), holidays),
    ]
    aside = {"status": "Set aside", "tone": "grey"}
    return [one._replace(**aside) if one.key in now.aside and one.status != "Done" else one for one in steps]


def is_set_up(now: SetUp) -> bool:
    """The list of steps stays until each is done or set aside.

    Source: issue "House"; issue "Mend" (a list does not end before its end).
    """
    return all(one.status in ("Done", "Set aside") for one in set_up_tasks(now))


def is_running(now: SetUp) -> bool:
    """What waits comes first when schools are invited and it is said how fees are paid; before that, the steps do.

    Source: issue "House".
    """
    return bool((now.invited or (now.signed and not now.uses_prospectus)) and not now.fees_missing)
