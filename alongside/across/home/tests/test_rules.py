"""How soon, what setting up takes, how months are laid out, and what a calendar is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.across.home.rules.calendar import (
    begun_in,
    by_month,
    by_week,
    month_after,
    month_read,
    months_of,
    on_day,
    weeks_of,
)
from alongside.across.home.rules.feeds import KEPT_FOR, Remembered, Telling, entries_after
from alongside.across.home.rules.overview import SetUp, is_running, is_set_up, set_up_tasks, urgency
from alongside.across.home.rules.search import nearness_of_page
from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.dated import Dated
from alongside.ground.core.declaration import RowWords, Urgency

TODAY = date(2022, 3, 8)
AT = datetime(2022, 3, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "soon", "said"),
    [
        (date(2022, 3, 7), Urgency.SOON, "Late"),
        (TODAY, Urgency.SOON, "Today"),
        (date(2022, 3, 9), Urgency.SOON, "This week"),
        (date(2022, 3, 15), Urgency.SOON, "This week"),
        (date(2022, 3, 16), Urgency.TODAY, "Soon"),
        (None, Urgency.SOON, "Soon"),
        (None, Urgency.TODAY, "Today"),
    ],
)
def test_how_soon_is_said_in_three_words(due, soon, said):
    assert urgency(due, TODAY, soon).label == said


def statuses(now: SetUp) -> list[str]:
    return [one.status for one in set_up_tasks(now)]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (SetUp(fees_missing=3, has_contact=False), ["To do", "To do", "To do", "Set", "Not yet", "To do", "To do"]),
        (SetUp(asked=3, has_draft=True, fees_missing=3), ["Done", "Done", "Draft", "Set", "Not yet", "To do", "To do"]),
        (
            SetUp(asked=3, has_prospectus=True, has_draft=True, fees_missing=3),
            ["Done", "Done", "Done", "Set", "To do", "To do", "To do"],
        ),
        (SetUp(asked=3, invited=3, has_prospectus=True, has_holidays=True), ["Done"] * 7),
        (SetUp(has_prospectus=True), ["To do", "Done", "Done", "Set", "Not yet", "Done", "To do"]),
        (SetUp(uses_prospectus=False, fees_missing=1), ["To do", "Done", "To do", "To do"]),
    ],
)
def test_each_step_of_setting_up_says_how_far_it_is(now, said):
    assert statuses(now) == said


def test_what_waits_comes_first_when_schools_are_invited_and_fees_are_said():
    assert not is_running(SetUp(invited=3, fees_missing=1)) and not is_running(SetUp(asked=3))
    assert is_running(SetUp(invited=3)) and is_running(SetUp(signed=3, uses_prospectus=False))
    assert not is_running(SetUp(signed=3)) and not is_running(SetUp(uses_prospectus=False))


ALL_BUT_HOLIDAYS = SetUp(asked=3, invited=3, has_prospectus=True)


@pytest.mark.parametrize(
    ("now", "over"),
    [
        (replace(ALL_BUT_HOLIDAYS, has_holidays=True), True),
        (ALL_BUT_HOLIDAYS, False),
        (replace(ALL_BUT_HOLIDAYS, aside=("holidays",)), True),
        (replace(ALL_BUT_HOLIDAYS, aside=("fees",)), False),
        (replace(ALL_BUT_HOLIDAYS, aside=("holidays",), has_contact=False), False),
        (replace(ALL_BUT_HOLIDAYS, aside=("address", "holidays", "fees"), has_contact=False, fees_missing=4), True),
        (SetUp(asked=3, has_holidays=True, uses_prospectus=False), True),
        (SetUp(asked=3, uses_prospectus=False, aside=("holidays",)), True),
    ],
)
def test_setting_up_is_over_when_each_step_is_done_or_set_aside(now, over):
    assert is_set_up(now) is over


def test_a_step_that_is_done_is_done_also_where_it_was_set_aside():
    assert statuses(replace(ALL_BUT_HOLIDAYS, aside=("holidays", "fees"))) == ["Done"] * 6 + ["Set aside"]


def test_a_step_says_how_many_there_are_already():
    begun, new = ([hint for *_, hint in set_up_tasks(now)] for now in (SetUp(asked=3, invited=2), SetUp()))
    assert (begun[0], begun[4]) == ("3 schools on the list", "2 of 3 invited")
    assert (new[0][:26], new[4][:9]) == ("From the national register", "By e-mail")


@pytest.mark.parametrize(
    ("has_draft", "has_prospectus", "page"), [(True, False, "preview"), (True, True, "edit"), (False, False, "edit")]
)
def test_a_first_draft_is_looked_at_and_any_other_text_is_written_on(has_draft, has_prospectus, page):
    step = set_up_tasks(SetUp(has_draft=has_draft, has_prospectus=has_prospectus))[2]
    assert step.page == f"membership:{page}_prospectus"


def test_a_row_says_one_and_many():
    row = RowWords("Answer a question from {label}", "Answer {number} questions in {partnership}")
    assert row.words("Vale School") == "Answer a question from Vale School"
    assert row.words("Vale School", 1_200, "Alder") == "Answer 1,200 questions in Alder"
    assert RowWords("It is {label}").words("{number}", 3) == "It is {number}"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2022-09", date(2022, 9, 1)),
        ("2022-01", date(2022, 1, 1)),
        ("1900-12", date(1900, 12, 1)),
        ("1899-12", date(2022, 3, 1)),
        ("2199-12", date(2199, 12, 1)),
        ("2022-00", date(2022, 3, 1)),
        ("", date(2022, 3, 1)),
        ("2022-13", date(2022, 3, 1)),
        ("2022-1", date(2022, 3, 1)),
        ("9999-01", date(2022, 3, 1)),
        ("２０２２-01", date(2022, 3, 1)),
        ("<script", date(2022, 3, 1)),
    ],
)
def test_a_month_of_an_address_is_read_or_is_now(text, month):
    assert month_read(text, TODAY) == month


def test_months_follow_each_other_over_the_turn_of_the_year():
    assert month_after(date(2022, 12, 1)) == date(2023, 1, 1) and month_after(date(2022, 1, 1), -1) == date(2021, 12, 1)
    assert months_of(AcademicYear(2021))[::11] == [date(2021, 9, 1), date(2022, 8, 1)]


@pytest.mark.parametrize(
    ("month", "first", "count"),
    [(date(2022, 3, 1), date(2022, 2, 28), 5), (date(2021, 2, 1), date(2021, 2, 1), 4), (date(2022, 5, 1), date(2022, 4, 25), 6)],
)
def test_a_month_is_whole_weeks_from_monday(month, first, count):
    weeks = weeks_of(month)
    assert (weeks[0], len(weeks)) == (first, count) and all(day.weekday() == 0 for day in weeks)
    assert weeks[-1] + timedelta(days=6) >= month_after(month) - timedelta(days=1)


def dated(key: str, first: date, last: date | None = None, **more: object) -> Dated:
    said = {"what": "a.thing", "words": f"Thing {key}", "href": "", "tone": "blue", "slug": "alder", "partnership": ""}
    return Dated(id=key, first_on=first, last_on=last or first, **{**said, **more})


def test_a_thing_of_several_days_stands_on_each_day_and_once_in_a_list():
    break_ = dated("a", date(2022, 2, 14), date(2022, 3, 1))
    days = (date(2022, 2, 13), date(2022, 2, 14), date(2022, 3, 1), date(2022, 3, 2))
    assert [bool(on_day([break_], day)) for day in days] == [False, True, True, False]
    weeks = by_week([break_], weeks_of(date(2022, 3, 1)), TODAY)
    assert [len(week.things) for week in weeks] == [1, 0, 0, 0, 0]
    assert [week.is_now for week in weeks] == [False, True, False, False, False]
    months = by_month([break_], months_of(AcademicYear(2021)), TODAY)
    assert [month.heading for month in months if month.things] == ["February 2022"]
    assert [month.heading for month in months if month.is_now] == ["March 2022"]
    for today, weeks_now in ((date(2022, 3, 6), [0]), (date(2022, 3, 7), [1]), (date(2022, 3, 13), [1])):
        weeks = by_week([], weeks_of(date(2022, 3, 1)), today)
        assert [at for at, week in enumerate(weeks) if week.is_now] == weeks_now


@pytest.mark.parametrize(
    ("first", "last", "at_head", "later"),
    [
        (1, 6, False, False),  # over before the list begins
        (1, 7, True, False),
        (7, 7, True, True),
        (9, 30, True, True),
        (13, 13, True, True),
        (14, 14, False, False),
    ],
)
def test_what_began_before_a_list_stands_at_its_head(first, last, at_head, later):
    things, week = [dated("a", date(2022, 3, first), date(2022, 3, last))], (date(2022, 3, 7), date(2022, 3, 13))
    assert (begun_in(things, *week, is_first=True) == things) is at_head
    assert (begun_in(things, *week, is_first=False) == things) is later


def tell(remembered: dict[str, Remembered], things: list[Dated], **more: object) -> Telling:
    asked = {"since": date(2022, 1, 1), "known_until": date(2023, 8, 31), "at": AT, "partnerships": {"alder"}} | more
    return entries_after(remembered, things, **asked)


def memory(telling: Telling, before: dict[str, Remembered] | None = None) -> dict[str, Remembered]:
    return {**(before or {}), **{one.uid: one for one in telling.changed}}


def test_what_is_new_is_told_once_and_what_stays_is_told_the_same():
    thing = dated("a", date(2022, 3, 18))
    first = tell({}, [thing])
    again = tell(memory(first), [thing], at=AT + timedelta(days=3))
    assert [one.sequence for one in first.changed] == [0] and not again.changed
    assert again.entries == first.entries


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Other words"}, {"first_on": date(2022, 3, 17)}, {"is_cancelled": True}, {"href": "/elsewhere/"},
        {"starts_at": AT}, {"partnership": "Renamed"},
    ],
)  # fmt: skip
def test_what_changes_is_told_with_a_higher_number_under_the_same_name(change):
    thing = dated("a", date(2022, 3, 18))
    before = memory(tell({}, [thing]))
    after = tell(before, [replace(thing, **change)], at=AT + timedelta(hours=1))
    assert [(one.uid, one.sequence, one.changed_at) for one in after.changed] == [(thing.uid, 1, AT + timedelta(hours=1))]


def test_what_vanishes_is_told_as_gone_without_its_words_for_two_months_and_may_come_back():
    thing = dated("a", date(2022, 3, 18))
    before = memory(tell({}, [thing]))
    gone = tell(before, [], at=AT + timedelta(days=1))
    assert [(one.thing, one.of.sequence) for one in gone.entries] == [(None, 1)]
    kept = memory(gone, before)
    still, over = (tell(kept, [], at=AT + timedelta(days=1, seconds=late) + KEPT_FOR) for late in (-1, 0))
    assert (still.changed, still.forgotten, over.forgotten) == ([], [], [thing.uid])
    back = tell(kept, [thing], at=AT + timedelta(days=2))
    assert [(one.of.sequence, one.thing) for one in back.entries] == [(2, thing)]


def test_what_is_merely_over_is_forgotten_in_silence():
    thing = dated("a", date(2022, 3, 18))
    later = tell(memory(tell({}, [thing])), [], since=date(2022, 3, 19))
    assert (later.entries, later.forgotten) == ([], [thing.uid])
    on_its_day = tell(memory(tell({}, [thing])), [], since=date(2022, 3, 18))
    assert (len(on_its_day.entries), on_its_day.forgotten) == (1, [])


def test_of_a_partnership_that_somebody_left_nothing_is_told_not_even_that_it_is_gone():
    thing, bank = dated("a", date(2022, 3, 18)), dated("b", date(2022, 4, 15), slug="")
    left = tell(memory(tell({}, [thing, bank])), [bank], partnerships=set())
    assert [one.thing for one in left.entries] == [bank] and left.forgotten == [thing.uid]
    elsewhere = tell(memory(tell({}, [thing, bank])), [], partnerships={"birch"})
    assert [one.of.uid for one in elsewhere.entries] == [bank.uid] and elsewhere.forgotten == [thing.uid]


def test_beyond_what_is_known_nothing_is_taken_for_gone():
    near, far = dated("a", date(2022, 3, 18)), dated("b", date(2023, 3, 18))
    cut = tell(memory(tell({}, [near, far])), [near], known_until=date(2022, 12, 31))
    assert [one.thing for one in cut.entries] == [near] and not cut.forgotten
    known = tell(memory(tell({}, [near, far])), [near], known_until=far.first_on)
    assert [one.thing for one in known.entries] == [near, None]


def test_words_that_say_nothing_lead_to_no_page():
    page = ("who has what post", "", "")
    assert [nearness_of_page([word], *page) for word in ("who", "post", "which", "role")] == [0, 0, None, 2]


@pytest.mark.parametrize(("wanted", "found"), [("what holiday", 2), ("holiday", 2), ("what", None), ("holiday bill", None)])
def test_a_page_is_found_by_another_word_and_words_that_say_nothing_do_not_count(wanted, found):
    assert nearness_of_page(wanted.split(), "our school year", "", "its terms") == found
