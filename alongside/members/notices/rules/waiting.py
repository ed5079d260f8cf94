"""What may wait, and when it goes: in one mail in the morning, or in the week's.

Source: issue 3, "per-person choice of at once or a digest on school days"; issue "The week", Monday, 7am.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.clock import LONDON, start_of
from alongside.members.calendar.rules.days import MORNING, MORNING_IN_WORDS, goes_on

READY_BY = timedelta(minutes=30)  # so long before seven the week's mails begin to be written
LOOK_AHEAD = 120  # days; longer than any holiday


class Waits(Choice):
    """How long a kind of message waits unless a person has chosen; the kinds that name none always go at once."""

    DAY = "day", f"Together at {MORNING_IN_WORDS} on school days"
    WEEK = "week", "In the week’s mail"


class News(Choice):
    """When a person wants what need not come at once."""

    USUAL = "usual", f"As a rule: what can wait a week in the week’s mail, the rest together at {MORNING_IN_WORDS} on school days"
    ONCE = "once", "Each at once"
    DAY = "day", f"Together at {MORNING_IN_WORDS} on school days"
    WEEK = "week", "All in the week’s mail"


class WeekDay(Choice):
    """The day of a person's weekly mail."""

    MONDAY = "monday", "Monday"
    TUESDAY = "tuesday", "Tuesday"
    WEDNESDAY = "wednesday", "Wednesday"
    THURSDAY = "thursday", "Thursday"
    FRIDAY = "friday", "Friday"
    NONE = "none", "No weekly mail"

    @property
    def number(self) -> int:
        """Counted from Monday as 0."""
        return list(WeekDay).index(self)


def problem_of(news: News, day: WeekDay) -> dict[str, str]:
    """What waits for the week's mail needs a day on which that comes.

    Source: issue "The week". By field; empty when both fit.
    """
    if news is News.WEEK and day is WeekDay.NONE:
        return {"day": "Choose the day of the week’s mail, or have your messages sooner"}
    return {}


def due_at(
    waits: str, news: News, day: WeekDay, now: datetime, is_open: Callable[[date], bool], until: date | None = None
) -> datetime | None:
    """A message that may wait goes as its reader chose, or as is usual for its kind; nothing is returned for at once. What says
    until when something may be done waits for no mail of that day or later.

    Source: issue "The week", all that is not urgent waits for Monday's mail by default; per person another day or at once.
    """
    if not waits or news is News.ONCE:
        return None
    wanted = waits if news is News.USUAL else news.value
    goes = week_at(now, day, is_open) if wanted == Waits.WEEK and day is not WeekDay.NONE else digest_at(now, is_open)
    return None if until and goes.astimezone(LONDON).date() >= until else goes


def digest_at(now: datetime, is_open: Callable[[date], bool]) -> datetime:
    """The digest goes at seven in the morning, London time, of the next school day; today's when it is not yet seven.

    Where no school day is known within four months, the next weekday counts.
    """
    today = now.astimezone(LONDON).date()
    days = [today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD)]
    morning = (start_of(day, MORNING.hour) for day in days if is_open(day))
    weekday = (start_of(day, MORNING.hour) for day in days if day.weekday() < 5)
    return next((at for at in morning if at > now), None) or next(at for at in weekday if at > now)


def week_at(now: datetime, day: WeekDay, is_open: Callable[[date], bool]) -> datetime:
    """The week's mail goes at seven on its day; a bank holiday moves it to the next school day, school holidays keep it away.

    It takes what came until half an hour before. Where no school day is known within four months, it goes as a digest does.
    """
    today = now.astimezone(LONDON).date()
    weeks = (goes_on(today + timedelta(days=ahead), day.number, is_open) for ahead in range(0, LOOK_AHEAD, 7))
    mornings = (start_of(on, MORNING.hour) for on in weeks if on)
    return next((at for at in mornings if at - READY_BY > now), None) or digest_at(now, is_open)
