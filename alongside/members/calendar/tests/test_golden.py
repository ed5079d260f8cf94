"""Promise 15: golden dates worked from the statutes apart from the code, and what each planted fault gets wrong.

Each line of golden_dates.txt names the law, who answers, the nation, the day of receipt, waits, the day on which an
extension was told, the due date, and how it was reached: the counted days in runs with the count at the end of each,
and what was left out. They were counted from sorted lists of working days (the published bank holidays) and of sessions
(printed term dates of three schools), not by our rules; breaches and the examples of the Commissioner (1 January,
25 November, 31 January) were written down by hand.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from alongside.ground.core.clock import LONDON
from alongside.members.calendar.queries.days import published
from alongside.members.calendar.rules.bank_holidays import UK, working_days_of
from alongside.members.calendar.rules.clocks import extension_problem, work_out
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody
from alongside.members.calendar.rules.clocks.reckoning import (
    Calendars,
    CameIn,
    Reckoning,
    Stop,
    StopKind,
    aim_because,
    aim_for,
    stops_problem,
)
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.calendar.rules.settings import Nation
from alongside.members.calendar.tests import make
from tests.figures import Figure

LINES = (Path(__file__).parent / "golden_dates.txt").read_text(encoding="utf-8").splitlines()
WorkOut = Callable[[Law, CameIn, PublicBody, Calendars], Reckoning]


def read(line: str) -> tuple[Law, CameIn, PublicBody, Calendars, str]:
    law, where, nation, received, waits, told, due, _ = line.split("|")
    school = where.removeprefix("school ") if where != "council" else ""
    stops = []
    for wait in waits.split():
        kind, asked, answered = wait.split("/")
        stops.append(Stop(date.fromisoformat(asked), date.fromisoformat(answered), StopKind(kind)))
    moment = datetime.fromisoformat(received).replace(tzinfo=LONDON) if "T" in received else None
    asked_for = CameIn(date.fromisoformat(received[:10]), moment, tuple(stops), date.fromisoformat(told) if told else None)
    return Law(law), asked_for, make.BODIES[school], make.calendars(school, make.NATIONS[nation]), due


def said(found: Reckoning) -> str:
    if found.due_at:
        return found.due_at.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
    return found.due_on.isoformat() if found.due_on else ""


def differences(work: WorkOut) -> list[str]:
    found = []
    for line in LINES:
        law, asked, body, calendars, due = read(line)
        if (given := said(work(law, asked, body, calendars))) != due:
            found.append(f"{given} instead of {line}")
    return found


def test_two_hundred_dates_worked_apart_from_the_code_are_right(figure: Figure) -> None:
    assert not (wrong := differences(work_out)), "\n".join(wrong)
    laws = Counter(line.split("|")[0] for line in LINES)
    assert len(LINES) >= 200
    assert set(laws) == {law.value for law in Law}
    caught = {name: len(differences(fault)) for name, fault in FAULTS.items()}
    figure(
        "promise 15",
        f"{len(LINES)} golden dates ({', '.join(f'{law} {count}' for law, count in laws.items())}), 0 differences; "
        f"planted faults get wrong: {', '.join(f'{name} {count}' for name, count in caught.items())}",
    )
    assert all(caught.values())


def test_the_working_of_each_date_ends_on_it_and_adds_up() -> None:
    for line in LINES:
        law, asked, body, calendars, _ = read(line)
        found = work_out(law, asked, body, calendars)
        assert found.days[-1].day == found.due_on
        if law is not Law.BREACH:
            running = 0
            for one in found.days:
                running += one.counted
                assert one.running == running
                assert one.counted == (not one.why)
            assert [one.day for one in found.days] == sorted({one.day for one in found.days})
        assert found.aim_for is not None and found.due_on is not None
        assert asked.received_on <= found.aim_for <= found.due_on
        assert found.aim_because, "a day to aim for comes with its reason"


@pytest.mark.parametrize(
    ("received", "aim", "because"),
    [
        (date(2022, 3, 8), date(2022, 3, 29), "five working days are in hand then"),
        (date(2022, 3, 14), date(2022, 4, 1), "the last day with somebody in school that leaves five working days in hand"),
    ],
)
def test_the_day_to_aim_for_says_why(received: date, aim: date, because: str) -> None:
    working = working_days_of(published(), Nation.ENGLAND_AND_WALES)
    holiday = SchoolDays({}, (("Easter holiday", date(2022, 4, 4), date(2022, 4, 18)),))
    due = received + timedelta(days=28)
    assert (aim_for(due, received, holiday, working), aim_because(aim, due, working)) == (aim, because)


def test_a_short_time_says_that_it_is_short() -> None:
    working = working_days_of(published(), Nation.ENGLAND_AND_WALES)
    assert aim_because(date(2022, 3, 9), date(2022, 3, 10), working) == "the time is too short for a week in hand"


def without_scotland(law: Law, asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    others = [nation for nation in UK if nation is not Nation.SCOTLAND]
    return work_out(law, asked, body, replace(calendars, uk=working_days_of(published(), *others)))


def from_the_day_of_receipt(law: Law, asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    before = date.fromordinal(asked.received_on.toordinal() - 1)
    return work_out(law, replace(asked, received_on=before), body, calendars)


def a_crude_sixty(law: Law, asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    return work_out(law, asked, PublicBody.OFFICE if body is PublicBody.ACADEMY else body, calendars)


def waits_are_forgotten(law: Law, asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    return work_out(law, replace(asked, stops=()), body, calendars)


FAULTS: dict[str, WorkOut] = {
    "Scottish holidays ignored": without_scotland,
    "day of receipt counted": from_the_day_of_receipt,
    "academies without school days": a_crude_sixty,
    "waits forgotten": waits_are_forgotten,
}


@pytest.mark.parametrize(
    ("received", "due"),
    [("2025-01-01", "2025-02-03"), ("2024-11-25", "2024-12-27"), ("2025-01-31", "2025-02-28"), ("2024-01-31", "2024-02-29")],
)
def test_the_examples_of_the_commissioner_are_right(received: str, due: str) -> None:
    """1 January runs to the end of 1 February (in 2025 a Saturday, so Monday 3); 25 November to Friday 27 December."""
    found = work_out(Law.SUBJECT_ACCESS, CameIn(date.fromisoformat(received)), PublicBody.ACADEMY, make.calendars(""))
    assert said(found) == due


RUNNING, ENDED = Stop(date(2022, 3, 1), None, StopKind.FEE), Stop(date(2022, 3, 1), date(2022, 3, 2), StopKind.FEE)


@pytest.mark.parametrize(
    ("came", "asked", "fits"),
    [
        (date(2027, 1, 31), date(2027, 2, 28), True),  # a Sunday; the answer is due on Monday 1 March
        (date(2027, 1, 31), date(2027, 3, 1), False),
        (date(2026, 2, 3), date(2026, 3, 3), True),
        (date(2026, 11, 25), date(2026, 12, 25), True),  # Christmas Day; the answer is due on 29 December
        (date(2026, 11, 25), date(2026, 12, 28), False),
        (date(2026, 11, 25), date(2026, 12, 29), False),
        (date(2026, 3, 3), date(2026, 4, 6), False),  # Easter Monday, after the month ended on Good Friday
        (date(2025, 12, 31), date(2026, 1, 31), True),
        (date(2025, 12, 31), date(2026, 2, 2), False),
    ],
)
def test_a_month_that_has_ended_is_neither_stopped_nor_extended_on_the_day_to_which_its_answer_moves(
    came: date, asked: date, fits: bool
) -> None:
    request, calendars = CameIn(came), make.calendars("")
    found = work_out(Law.SUBJECT_ACCESS, request, PublicBody.ACADEMY, calendars)
    for kind in StopKind:
        assert (stops_problem(Law.SUBJECT_ACCESS, [], kind, asked, found.ends_on) == {}) == fits
    assert (extension_problem(Law.SUBJECT_ACCESS, request, PublicBody.ACADEMY, calendars, asked) == {}) == fits


def test_days_before_the_list_begins_are_said_to_be_unknown() -> None:
    """The first known year is 2012, as the last is 2028."""
    for came, words in ((date(2011, 11, 28), "since 2012"), (date(2012, 1, 3), ""), (date(2028, 12, 11), "until 2028")):
        notes = " ".join(work_out(Law.FOI, CameIn(came), PublicBody.OFFICE, make.calendars("")).notes)
        assert (words in notes) if words else ("known" not in notes and "until" not in notes)


@pytest.mark.parametrize(
    ("law", "kind", "stops", "due_on", "field"),
    [
        (Law.FOI, StopKind.FEE, [], date(2022, 3, 8), None),  # on the day itself there is still time
        (Law.FOI, StopKind.FEE, [], date(2022, 3, 7), "asked_on"),
        (Law.FOI, StopKind.FEE, [], None, None),
        (Law.FOI, StopKind.FEE, [ENDED], date(2022, 3, 8), None),
        (Law.FOI, StopKind.FEE, [ENDED, RUNNING], date(2022, 3, 8), "kind"),
        (Law.FOI, StopKind.IDENTITY, [], date(2022, 3, 8), "kind"),
        (Law.SUBJECT_ACCESS, StopKind.IDENTITY, [], date(2022, 3, 8), None),
    ],
)
def test_a_clock_stops_for_what_its_law_allows_once_and_in_time(
    law: Law, kind: StopKind, stops: list[Stop], due_on: date | None, field: str | None
) -> None:
    assert list(stops_problem(law, stops, kind, date(2022, 3, 8), due_on)) == ([field] if field else [])
