"""Promises 15 and 16: generated dates against a naive second reading, and every minute of the days the clocks change."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.ground.core import clock, words
from alongside.members.calendar.queries.days import published
from alongside.members.calendar.rules.bank_holidays import UK, working_days_of
from alongside.members.calendar.rules.clocks import work_out
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody
from alongside.members.calendar.rules.clocks.reckoning import Calendars, CameIn, Stop, StopKind
from alongside.members.calendar.rules.days import DAY, SchoolDays, Span, days_between
from alongside.members.calendar.rules.settings import Nation
from alongside.members.calendar.rules.years import holidays_between
from alongside.members.calendar.tests import make, oracle
from tests.figures import Figure

LAWS = [law for law in Law if law is not Law.BREACH]
WAITS = {
    Law.SUBJECT_ACCESS: list(StopKind), Law.FOI: [StopKind.CLARIFICATION, StopKind.FEE],
    Law.EIR: [StopKind.CLARIFICATION, StopKind.FEE],
}  # fmt: skip
Twin = tuple[Law, CameIn, PublicBody, Calendars, oracle.Case]
UK_DAYS = working_days_of(published(), *UK)


def some_school(chance: random.Random) -> tuple[SchoolDays, set[date]]:
    """Invented term dates of 2018 to 2028 with INSET days and closures, and the sessions that are left, listed."""
    years: dict[int, list[Span]] = {}
    sessions: set[date] = set()
    for start in range(2018, 2028):
        shift = chance.randrange(-3, 4)
        cuts = [(9, 1, 10, 23), (11, 1, 12, 18), (1, 5, 2, 12), (2, 22, 3, 28), (4, 14, 5, 24), (6, 2, 7, 21)]
        years[start] = []
        for month, day, last_month, last_day in cuts:
            year = start if month >= 9 else start + 1
            first, last = date(year, month, day) + DAY * abs(shift), date(year, last_month, last_day) + DAY * shift
            years[start].append((first, last))
            sessions |= {one for one in days_between(first, last) if not oracle.is_weekend(one)}
    sessions -= {date.fromisoformat(day) for day in oracle.BANK["england-and-wales"]}
    off = chance.sample(sorted(sessions), chance.randrange(0, 60))
    closures = [("INSET day", day, day) for day in off]
    return SchoolDays(published()[make.ENGLAND], (*closures, *holidays_between(years)), frozenset(years)), sessions - set(off)


def twins(count: int, seed: int = 15) -> Iterator[Twin]:
    """The same request twice: as the rules take it, and as the naive reading does."""
    chance = random.Random(seed)
    schools = [some_school(chance) for _ in range(12)]
    for _ in range(count):
        law = chance.choice(LAWS)
        days, sessions = chance.choice(schools)
        nation = chance.choice(list(Nation)) if law in {Law.SUBJECT_ACCESS, Law.COMPLAINT} else make.ENGLAND
        body = chance.choice([PublicBody.ACADEMY, PublicBody.MAINTAINED, PublicBody.OFFICE])
        received = date(2019, 1, 1) + DAY * chance.randrange(365 * 8)
        stops, asked_on = [], received
        for _ in range(chance.choice([0, 0, 1, 2]) if law in WAITS else 0):
            asked_on += DAY * chance.randrange(0, 12)
            answered_on = asked_on + DAY * chance.randrange(0, 20)
            stops.append(Stop(asked_on, answered_on, chance.choice(WAITS[law])))
        extended = law in {Law.SUBJECT_ACCESS, Law.EIR} and chance.random() < 0.3
        calendars = Calendars(days, UK_DAYS, working_days_of(published(), nation))
        asked = CameIn(received, None, tuple(stops), received if extended else None)
        case = oracle.Case(
            law.value, received, nation.value, body is not PublicBody.OFFICE, sessions,
            [(stop.kind.value, stop.asked_on, stop.answered_on or date.max) for stop in stops], extended,
        )  # fmt: skip
        yield law, asked, body, calendars, case


def differences(count: int, change: Callable[[Calendars], Calendars] = lambda same: same) -> list[str]:
    found = []
    for law, asked, body, calendars, case in twins(count):
        given, right = work_out(law, asked, body, change(calendars)).due_on, oracle.due(case)
        if given != right:
            found.append(f"{law} {body} {asked}: {given} instead of {right}")
    return found


def without_scotland(calendars: Calendars) -> Calendars:
    others = [nation for nation in UK if nation is not Nation.SCOTLAND]
    return replace(calendars, uk=working_days_of(published(), *others))


def without_inset_days(calendars: Calendars) -> Calendars:
    kept = tuple(one for one in calendars.school.holidays if one[0] != "INSET day")
    return replace(calendars, school=replace(calendars.school, holidays=kept))


def compare(count: int, figure: Figure) -> None:
    wrong = differences(count)
    assert not wrong, "\n".join(wrong[:20])
    few = min(count, 2_000)
    caught = {
        "Scotland ignored": len(differences(few, without_scotland)),
        "INSET ignored": len(differences(few, without_inset_days)),
    }
    figure(
        "promise 15",
        f"{count:,} generated dates against the day-by-day oracle, 0 differences; of {few:,} with a planted fault: "
        + ", ".join(f"{name} {number} wrong" for name, number in caught.items()),
    )
    assert all(caught.values())


@pytest.mark.slow
def test_generated_dates_agree_with_the_naive_reading(figure: Figure) -> None:
    compare(1_000, figure)


@pytest.mark.nightly
def test_ten_thousand_generated_dates_agree_with_the_naive_reading(figure: Figure) -> None:
    compare(10_000, figure)


CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
LengthOf = dict[date, int]


def minutes(days: list[date]) -> Iterator[datetime]:
    """Every minute of those days in London, in UTC: 23 hours in spring, 25 in autumn."""
    for day in days:
        moment, end = oracle.end_of_day(day - DAY), oracle.end_of_day(day)
        while moment < end:
            yield moment
            moment += timedelta(minutes=1)


def right_deadline(law: Law, moment: datetime, known: dict[tuple[Law, date], datetime], sessions: set[date]) -> datetime:
    if law is Law.BREACH:
        return moment + timedelta(hours=72)
    day = oracle.london_day(moment)
    if (law, day) not in known:
        known[law, day] = oracle.end_of_day(oracle.due(oracle.Case(law.value, day, by_school_days=True, sessions=sessions)))
    return known[law, day]


def deadline(law: Law, moment: datetime, day_of: Callable[[datetime], date]) -> datetime | None:
    found = work_out(law, CameIn(day_of(moment), moment if law is Law.BREACH else None), PublicBody.ACADEMY, make.calendars("W"))
    return found.due_at or (clock.end_of(found.due_on) if found.due_on else None)


def utc_day(moment: datetime) -> date:
    """The planted fault: the day of receipt as a server in UTC sees it."""
    return moment.astimezone(UTC).date()


@pytest.mark.slow
def test_every_minute_of_the_days_the_clocks_change_gives_the_right_deadline(figure: Figure) -> None:
    everything = [day for half in (2025, 2026) for first, last in make.YEARS["W"][half] for day in days_between(first, last)]
    gone = {*map(date.fromisoformat, make.OFF["W"]), *map(date.fromisoformat, oracle.BANK["england-and-wales"])}
    late = set(days_between(date(2027, 9, 1), date(2028, 12, 31)))  # no dates typed: every weekday
    sessions = {day for day in {*everything, *late} if not oracle.is_weekend(day)} - gone
    known: dict[tuple[Law, date], datetime] = {}
    instants, tried, wrong, caught = 0, 0, [], 0
    for moment in minutes(CHANGES):
        instants += 1
        assert words.day_of(moment) == oracle.london_day(moment)
        for law in Law:
            right = right_deadline(law, moment, known, sessions)
            tried += 1
            if (given := deadline(law, moment, words.day_of)) != right:
                wrong.append(f"{law} at {moment}: {given} instead of {right}")
        caught += any(
            deadline(law, moment, utc_day) != right_deadline(law, moment, known, sessions) for law in (Law.FOI, Law.COMPLAINT)
        )
    assert not wrong, "\n".join(wrong[:20])
    assert caught
    figure(
        "promise 16",
        f"{instants:,} instants × {len(Law)} deadline functions ({tried:,} deadlines), 0 errors; "
        f"days taken in UTC: {caught:,} instants wrong",
    )
    assert instants == 5_760
