"""A person's calendar: the page's weeks and days, and what their calendar programs are told."""

from dataclasses import dataclass, fields
from datetime import date

from alongside.across.home.models import Feed, FeedEntry
from alongside.across.home.rules.calendar import DAY, WEEK, Period, by_week, on_day, weeks_of
from alongside.across.home.rules.feeds import AHEAD, BACK, Remembered, Telling, entries_after
from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Standing
from alongside.members.diary.queries import MOST_TOLD, DateAnswer, dates_of, my_answers, my_way
from alongside.members.diary.rules import DiaryWay
from alongside.members.partnerships import queries as partnerships
from alongside.members.people.queries.roles import standing_of

REMEMBERED = [field.name for field in fields(Remembered)]


@dataclass(frozen=True)
class MonthPage:
    """One month of a person's calendar: its weeks as lists and as rows of days, and the partnerships to choose from."""

    month: date
    weeks: list[Period]
    days: list[list[tuple[date, list[Dated]]]]
    count: int
    more: bool
    partnerships: list[tuple[str, str]]
    chosen: str
    answers: dict[str, DateAnswer]


def my_month(month: date, chosen: str = "", *, viewer: Standing) -> MonthPage:
    """Everything dated of one month, across partnerships and schools, or of the one that is chosen by its slug."""
    mine = partnerships.my_partnerships(viewer=viewer)
    mondays = weeks_of(month)
    found = dates_of(mondays[0], mondays[-1] + WEEK - DAY, viewer=viewer)
    chosen = chosen if chosen in dict(mine) else ""
    rows = [one for one in found.rows if one.slug in {chosen, ""}] if chosen else found.rows
    days = [[(monday + DAY * day, on_day(rows, monday + DAY * day)) for day in range(7)] for monday in mondays]
    answers = my_answers(rows, viewer=viewer)
    return MonthPage(month, by_week(rows, mondays, clock.today()), days, len(rows), found.more, mine, chosen, answers)


def feed_of(*, viewer: Standing) -> Feed | None:
    """The viewer's own calendar link, when they have one."""
    return Feed.objects.visible_to(viewer).filter(person=viewer.person, ended_at=None).first() if viewer.person else None


def feed_with(secret_hash: str, *, viewer: Standing) -> tuple[Feed | None, Standing]:
    """The link with that secret and who its person is today: whoever holds the secret reads as that person."""
    found = Feed.objects.filter(secret_hash=secret_hash, ended_at=None, person__is_active=True).select_related("person").first()
    return (found, standing_of(found.person)) if found else (None, viewer)


def telling_of(*, viewer: Standing) -> Telling:
    """What the viewer's calendars are to be told now: nothing where they want no dates at all."""
    today, at = clock.today(), clock.now()
    since, until = today - BACK, today + AHEAD
    found = dates_of(since, until, viewer=viewer, most=MOST_TOLD)
    told = (Remembered(*row) for row in FeedEntry.objects.visible_to(viewer).values_list(*REMEMBERED))
    known_until = found.rows[-1].first_on - DAY if found.more else until
    mine = {slug for slug, _ in partnerships.my_partnerships(viewer=viewer)}
    rows = [] if my_way(viewer=viewer) is DiaryWay.NONE else found.rows
    return entries_after({one.uid: one for one in told}, rows, mine, since=since, known_until=known_until, at=at)
