"""The dates of a sign-up, and the settings they come from."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import ClassVar, Self

from alongside.ground.core.choice import Choice
from alongside.ground.core.periods import years_later
from alongside.ground.core.words import long_date, near_date, weekday_date, weekday_near
from alongside.members.calendar.rules.years import is_usually_open
from alongside.members.partnerships.rules import Template

FRIDAY, MONDAY = 4, 0


class CountsFrom(Choice):
    """From which day the years count that a school signs for."""

    SUPPORT = "support", "The day support begins"
    SIGN_UP = "sign-up", "The last day to sign"


@dataclass(frozen=True)
class MembershipSettings:
    """Membership's settings of a partnership. A date that is not given follows from the day the partnership started."""

    app: ClassVar[str] = "membership"
    has_prospectus: bool = True
    discussion_on: date | None = None
    sign_by: date | None = None
    board_first_meets_on: date | None = None
    roll_freezes_on: date | None = None
    support_from: date | None = None
    term_years: int = 2
    counts_from: str = str(CountsFrom.SUPPORT)
    reminders_at_most: int = 2
    days_between_reminders: int = 3

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """A learning partnership asks by prospectus; a trust's academies belong to it, so its room starts closed."""
        return cls(has_prospectus=template is Template.LEARNING)


@dataclass(frozen=True)
class Dates:
    """The dates of one sign-up, and from which of them its years count."""

    discussion_on: date
    sign_by: date
    board_first_meets_on: date
    roll_freezes_on: date
    support_from: date
    counts_from: str = str(CountsFrom.SIGN_UP)  # as versions stated it that were published before it could be chosen


DATE_WORDS = {
    "discussion_on": "Discussion of the proposals",
    "sign_by": "Schools sign up by the end of this day",
    "board_first_meets_on": "The board meets for the first time",
    "roll_freezes_on": "The roll of members is frozen",
    "support_from": "Support for schools begins",
}


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _open_from(day: date, every: int) -> date:
    while not is_usually_open(day):
        day += timedelta(days=every)
    return day


def dates_of(settings: MembershipSettings, started_on: date) -> Dates:
    """A sign-up runs: discussion after two weeks, signing on the Friday three weeks later, board and roll on the Monday
    after that, support from the next September. No meeting and no last day to sign falls on a weekend or a bank holiday, at
    Christmas or Easter, in the summer or in a half-term week: then it is the next such day that is usually open.

    Source: 002:7, 82 (24 February, 18 March, 21 March, September 2022). A date that was set stands as it was set.
    """
    discussion = settings.discussion_on or _open_from(started_on + timedelta(days=14), 1)
    sign_by = settings.sign_by or _open_from(_weekday_from(discussion + timedelta(days=21), FRIDAY), 7)
    board = settings.board_first_meets_on or _open_from(_weekday_from(sign_by + timedelta(days=1), MONDAY), 7)
    autumn = date(board.year, 9, 1)
    support = settings.support_from or (autumn if board < autumn else date(board.year + 1, 9, 1))
    return Dates(discussion, sign_by, board, settings.roll_freezes_on or board, support, settings.counts_from)


def dates_problems(dates: Dates) -> dict[str, str]:
    """The discussion comes before the last day to sign, the roll is frozen after that day, support follows.

    Source: 002:82; evidence H9. Gives what to do, by field; nothing when all is well.
    """
    problems: dict[str, str] = {}
    if dates.discussion_on > dates.sign_by:
        problems["sign_by"] = "Enter a last day to sign that is not before the discussion"
    if dates.roll_freezes_on <= dates.sign_by:
        problems["roll_freezes_on"] = "Enter a day after the last day to sign, so that nobody signs after the roll"
    if dates.support_from < dates.sign_by:
        problems["support_from"] = "Enter a day after the last day to sign"
    return problems


def timeline(dates: Dates) -> list[tuple[date, str]]:
    """The dates stand in the order in which they come.

    Source: 002:82.
    """
    named = [(getattr(dates, name), words) for name, words in DATE_WORDS.items()]
    return sorted(named, key=lambda pair: pair[0])


def term_ends_on(dates: Dates, years: int) -> date:
    """Membership runs for so many years from the day that the partnership chose once: support for two years from 1 September
    2022 ends on 31 August 2024, two years from 18 March 2022 on 18 March 2024.

    Source: 002:78, two years; evidence H7 and H22 ("18 months from when?").
    """
    if dates.counts_from == CountsFrom.SIGN_UP:
        return years_later(dates.sign_by, years)
    return years_later(dates.support_from, years) - timedelta(days=1)


def term_begins_on(dates: Dates) -> date:
    """The years count from the day that the partnership chose.

    Source: evidence H22.
    """
    return dates.sign_by if dates.counts_from == CountsFrom.SIGN_UP else dates.support_from


def term_year(dates: Dates, number: int) -> tuple[date, date]:
    """A fee supports one year of the term: the first from the day on which the term begins, each later one from where the
    last one ended, so that the last ends with the membership.

    Source: 002:7 and 78, evidence H4 (the fee falls due five months before its support starts).
    """
    first = term_ends_on(dates, number - 1) + timedelta(days=1) if number > 1 else term_begins_on(dates)
    return first, term_ends_on(dates, number)


def is_late(signed_on: date, sign_by: date) -> bool:
    """A school that signs after the last day is welcome, and marked as late.

    Source: R4; "by 18 March" means before midnight at its end, London.
    """
    return signed_on > sign_by


def meets_late(on: date, today: date, dates: Dates, frozen_on: date | None) -> str:
    """A school whose governors meet after the last day to sign is told that its signature would be late, and whether the roll is
    frozen by then; nothing where it is not late.

    Source: R4, late signing.
    """
    if not is_late(on, dates.sign_by):
        return ""
    last, roll = near_date(dates.sign_by, today), near_date(frozen_on or dates.roll_freezes_on, today)
    said = f"That is after the last day to sign, {last}: your school can still sign then, and is marked as late."
    if (frozen_on or dates.roll_freezes_on) <= on:
        said += f" The roll of members is frozen on {roll}, before they meet: your school does not vote in elections held on it."
    return said


def year_of_term(on: date, dates: Dates) -> int:
    """A day before the end of the first year of the term is in it; a later one in the year that has not ended by then.

    Source: 002:78, evidence H22.
    """
    return next(year for year in count(1) if on <= term_ends_on(dates, year))


def told_late(today: date, dates: Dates, years: int, frozen_on: date | None, *, several: bool = False) -> list[str]:
    """Whoever signs after the last day is told what holds for them, for the text was written for all: from when and until when
    they belong, in which year of the term, and until when they may withdraw.

    Source: R4, late signing; the text that is signed never changes, so it stands above it.
    """
    if is_open(today, dates.sign_by, frozen_on):
        return []
    ends, year = term_ends_on(dates, years), year_of_term(today, dates)
    if year > years:
        return [f"The term of this text ended on {long_date(ends)}: ask the partnership’s office before you sign."]
    said = [f"Your {'schools belong' if several else 'school belongs'} from today, {long_date(today)}, until {long_date(ends)}."]
    if year > 1:
        said.append(f"That is year {year} of {years}: what the text says of earlier years is over.")
    if frozen_on:
        said.append(
            f"The roll of members was frozen on {long_date(frozen_on)}: once you have signed, leaving before the end is for "
            f"the board to decide with you, and your {'schools do' if several else 'school does'} not vote in "
            "elections held on that roll."
        )
    else:
        until = f" on {long_date(dates.roll_freezes_on)}" if dates.roll_freezes_on >= today else ""
        said.append(f"You may withdraw until the roll of members is frozen{until}.")
    return said


def is_open(today: date, sign_by: date, frozen_on: date | None) -> bool:
    """Schools are asked to sign by the last day, until it has passed or the roll is frozen; afterwards a school may sign late.

    Source: R4.
    """
    return today <= sign_by and frozen_on is None


def days_left_words(today: date, sign_by: date, frozen_on: date | None = None) -> str:
    """What is left is said in days until the last day: 'Ten days left', 'Today is the last day', or when it closed, also by
    freezing the roll early.

    Source: look of the first page.
    """
    if frozen_on:
        return f"Sign-up closed on {near_date(min(sign_by, frozen_on), today)}"
    left = (sign_by - today).days
    if left < 0:
        return f"Sign-up closed on {near_date(sign_by, today)}"
    if left == 0:
        return "Today is the last day"
    numbers = "One Two Three Four Five Six Seven Eight Nine Ten".split()
    return f"{numbers[left - 1] if left <= 10 else f'{left:,}'} {'day' if left == 1 else 'days'} left"


def next_dates(dates: Dates, today: date, frozen: bool) -> list[str]:
    """The manager sees what comes next, a sentence a date.

    Source: 002:82.
    """
    together = dates.roll_freezes_on == dates.board_first_meets_on and not frozen
    rows = [
        (dates.discussion_on, ": discussion of the proposals."),
        (
            dates.board_first_meets_on,
            f": {'the roll freezes and the board meets' if together else 'the board meets for the first time'}.",
        ),
        (dates.support_from, f" {dates.support_from.year}: support for schools begins."),
    ]
    if not frozen:
        rows.append((dates.sign_by, ", end of day: sign-up closes."))
    if not frozen and not together:
        rows.append((dates.roll_freezes_on, ": the roll freezes."))
    said = ((day, words, weekday_date(day) if words.startswith(" ") else weekday_near(day, today)) for day, words in rows)
    return [f"{on}{words}" for day, words, on in sorted(said, key=lambda row: row[0]) if day >= today]
