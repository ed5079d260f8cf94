import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.easter import easter

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.calendar import commands
from alongside.members.calendar.actions.bank_holidays import take_in_first
from alongside.members.calendar.models import BankHoliday
from alongside.members.calendar.queries.dates import dates
from alongside.members.calendar.queries.days import bank_holidays, list_of, published, published_on, typed_by
from alongside.members.calendar.rules import bank_holidays as rules
from alongside.members.calendar.rules.days import Named
from alongside.members.calendar.rules.settings import Nation
from alongside.members.partnerships.tests import make as partnerships
from tests.environment import ROOT

FILE = ROOT / "data" / "bank-holidays.json"
ENGLAND = Nation.ENGLAND_AND_WALES


@pytest.mark.parametrize("nation", Nation)
def test_good_friday_is_worked_out_as_it_was_published(nation: Nation) -> None:
    fridays = {day for day, title in published()[nation].items() if title == "Good Friday"}
    worked_out = {date.fromordinal(easter(year).toordinal() - 2) for year in range(2012, 2029)}
    assert fridays == worked_out


@pytest.mark.parametrize("year", range(2012, 2029))
def test_the_bank_holidays_of_england_are_worked_out_as_they_were_published(year: int) -> None:
    assert rules.usual_bank_holidays(year) == {day for day in published()[ENGLAND] if day.year == year}


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [  # where a day falls on a weekend, in years of which there is no list
        (2033, 12, {26, 27}), (2032, 12, {27, 28}), (2034, 1, {2}), (2033, 1, {3}), (2031, 12, {25, 26}), (2038, 4, {23, 26}),
    ],
)  # fmt: skip
def test_a_bank_holiday_at_a_weekend_is_given_on_the_next_weekday(year: int, month: int, days: set[int]) -> None:
    assert {day.day for day in rules.usual_bank_holidays(year) if day.month == month} == days


def test_working_days_leave_out_bank_holidays_of_any_part_of_the_kingdom() -> None:
    uk, england = rules.working_days_of(published(), *rules.UK), rules.working_days_of(published(), ENGLAND)
    for day, why in {
        date(2026, 3, 17): "St Patrick’s Day in Northern Ireland",
        date(2026, 7, 13): "Battle of the Boyne (Orangemen’s Day) (substitute day) in Northern Ireland",
        date(2026, 8, 3): "Summer bank holiday in Scotland",
        date(2026, 11, 30): "St Andrew’s Day in Scotland",
        date(2026, 1, 2): "2nd January in Scotland",
    }.items():
        assert uk.why_not(day) == why
        assert england.is_working(day)
    assert uk.why_not(date(2026, 12, 25)) == "Christmas Day"
    assert not uk.is_working(date(2026, 5, 4))


def test_christmas_and_good_friday_need_no_list() -> None:
    nothing = rules.working_days_of({}, *rules.UK)
    assert nothing.why_not(date(2040, 12, 25)) == "Christmas Day"
    assert nothing.why_not(date(2040, 3, 30)) == "Good Friday"
    assert nothing.known_until.year == 1970


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        (ENGLAND, date(2027, 12, 27), "Christmas Day (substitute day)"),
        (ENGLAND, date(2027, 12, 28), "Boxing Day (substitute day)"),
        (ENGLAND, date(2026, 12, 28), "Boxing Day (substitute day)"),
        (ENGLAND, date(2022, 1, 3), "New Year’s Day (substitute day)"),
        (Nation.SCOTLAND, date(2027, 1, 4), "2nd January (substitute day)"),
        (Nation.NORTHERN_IRELAND, date(2024, 3, 18), "St Patrick’s Day (substitute day)"),
        (ENGLAND, date(2026, 12, 25), "Christmas Day"),
        (Nation.SCOTLAND, date(2026, 6, 15), "World Cup bank holiday"),
    ],
)
def test_a_day_given_for_another_is_called_a_substitute_day(nation: Nation, day: date, name: str) -> None:
    assert published()[nation][day] == name


@pytest.mark.parametrize(
    ("day", "today", "known"),
    [
        (date(2022, 9, 19), date(2022, 7, 4), False),
        (date(2022, 9, 19), date(2022, 9, 9), False),
        (date(2022, 9, 19), date(2022, 9, 10), True),
        (date(2023, 5, 8), date(2022, 11, 5), False),
        (date(2023, 5, 8), date(2022, 11, 6), True),
        (date(2022, 6, 3), date(2022, 3, 8), True),
        (date(2022, 6, 3), date(2020, 11, 11), False),
        (date(2012, 6, 5), date(2012, 1, 1), True),
        (date(2022, 8, 29), date(2020, 1, 1), True),
    ],
)
def test_a_holiday_is_known_from_the_day_on_which_it_was_announced(day: date, today: date, known: bool) -> None:
    assert (day not in rules.untold(today)) is known


@pytest.mark.django_db
@pytest.mark.parametrize(("today", "known"), [(date(2022, 7, 4), False), (date(2022, 9, 12), True)])
def test_no_page_and_no_clock_knows_a_proclamation_to_come(today: date, known: bool) -> None:
    funeral, place = date(2022, 9, 19), partnerships.partnership()
    with clock.at(clock.start_of(today, 12)):
        typed, dated = typed_by([place.pk]), dates(viewer=Standing.system(), start=funeral, end=funeral, nations=[ENGLAND])
        for days in (bank_holidays()[ENGLAND], typed.holidays[ENGLAND], typed.working[None].holidays):
            assert (funeral in days) is known
        assert any(len(part) for part in dated) is known
        assert take_in_first() is None and list_of() == published_on(), "what is taken in stays, known or not"


def test_a_list_says_of_which_day_it_is_and_for_which_years() -> None:
    assert rules.known_years(published(), *rules.UK) == (2012, 2028)
    short = {**published(), ENGLAND: {date(2019, 1, 1): "New Year’s Day", date(2027, 1, 1): "New Year’s Day"}}
    assert rules.known_years(short, *rules.UK) == (2019, 2027), "of several nations the years that are known of all"
    assert rules.known_years(short, Nation.SCOTLAND) == (2012, 2028)
    assert rules.list_words(date(2026, 2, 25), 2012, 2028) == "As published by 25 February 2026, for the years 2012 to 2028."


@pytest.mark.parametrize(("today", "old"), [(date(2026, 3, 1), False), (date(2026, 8, 24), False), (date(2026, 8, 25), True)])
def test_a_list_older_than_half_a_year_is_warned_of(today: date, old: bool) -> None:
    said = rules.why_old(date(2026, 2, 25), today)
    assert ("import-bank-holidays" in said) == old and ("25 February 2026" in said) == old


def one_event(**changed: str) -> str:
    return json.dumps({nation.value: {"events": [{"title": "X", "date": "2026-01-01"} | changed]} for nation in Nation})


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "{}", '{"england-and-wales": []}', "null", "1" * 10, "[" * 5_000,
        json.dumps({nation.value: {"events": []} for nation in Nation}),
        json.dumps({nation.value: {"events": 5} for nation in Nation}),
        json.dumps({nation.value: {"events": [{"title": "X"}]} for nation in Nation}),
        one_event(title=" ", notes="Substitute day"),
        one_event(title="X\x07"),
        one_event(title="X" * (rules.LONGEST_NAME + 1)),
        one_event(date="1970-01-01"),
        one_event(date="2200-01-01"),
        one_event(title=""),
        one_event(date="2026-02-30"),
        json.dumps({nation.value: {"events": [{"title": "X", "date": "2026-01-01"}] * 2} for nation in Nation}),
    ],
)  # fmt: skip
def test_another_file_is_refused_whole(text: str) -> None:
    with pytest.raises(rules.NotBankHolidays):
        rules.read_published(text)


@pytest.mark.parametrize(("title", "day"), [("X" * rules.LONGEST_NAME, "2026-01-01"), ("X", "1971-01-01"), ("X", "2199-12-31")])
def test_a_bank_holiday_has_a_name_of_some_length_and_a_year_that_can_be(title: str, day: str) -> None:
    assert rules.read_published(one_event(title=title, date=day))[ENGLAND] == {date.fromisoformat(day): title}


def test_a_bank_holiday_touches_what_lies_on_its_day_from_its_first_to_its_last() -> None:
    day = date(2026, 6, 12)
    spans = [("before", -2, -1), ("until", -1, 0), ("on", 0, 0), ("from", 0, 1), ("after", 1, 2)]
    dated = [Named(name, day + timedelta(days=first), day + timedelta(days=last)) for name, first, last in spans]
    assert rules.dated_on([day], dated) == [(day, "from"), (day, "on"), (day, "until")]


def proclaimed(*days: str, without: str = "") -> str:
    """The published file with further bank holidays of England and Wales, and without one."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    events = [one for one in raw["england-and-wales"]["events"] if one["date"] != without]
    events += [{"title": "Extra bank holiday", "date": day, "notes": "", "bunting": True} for day in days]
    raw["england-and-wales"]["events"] = sorted(events, key=lambda one: one["date"])
    return json.dumps(raw)


def test_changes_are_told_for_the_time_that_the_new_list_covers() -> None:
    new = rules.read_published(proclaimed("2026-06-12", without="2026-05-25"))
    assert [(one.day, one.words) for one in rules.changes_between(published(), new)] == [
        (date(2026, 5, 25), "gone: Spring bank holiday"), (date(2026, 6, 12), "new: Extra bank holiday"),
    ]  # fmt: skip
    later = {nation: {day: name for day, name in days.items() if day.year > 2020} for nation, days in published().items()}
    assert rules.changes_between(published(), later) == rules.changes_between(published(), {}) == []


def ended(year: int) -> str:
    """The published file as it was when it ended with that year."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    for nation in Nation:
        raw[nation.value]["events"] = [one for one in raw[nation.value]["events"] if int(one["date"][:4]) <= year]
    return json.dumps(raw)


def lacking(nation: Nation, *days: str, instead: str = "") -> str:
    """The published file without some days of a nation, and with another of the same name instead of them."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    events = raw[nation.value]["events"]
    raw[nation.value]["events"] = [one for one in events if one["date"] not in days]
    if instead:
        raw[nation.value]["events"].append({"title": "Early May bank holiday", "date": instead, "notes": ""})
    return json.dumps(raw)


@pytest.mark.parametrize("year", [2012, 2019, 2025, 2027])
def test_a_list_that_ends_earlier_takes_no_later_holiday_away(year: int) -> None:
    assert rules.changes_between(published(), rules.read_published(ended(year))) == []


LACKS = "it lacks World Cup bank holiday on 15 June 2026 (Scotland)"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ended(2025), "it ends with 2025, and the bank holidays until 2028 are known"),
        (ended(2027), "it ends with 2027, and the bank holidays until 2028 are known"),
        (lacking(Nation.SCOTLAND, "2026-06-15"), LACKS),
        (lacking(ENGLAND, "2026-05-25"), "it lacks Spring bank holiday on 25 May 2026 (England and Wales)"),
        (lacking(ENGLAND, "2022-09-19"), "it lacks Bank Holiday for the State Funeral of Queen Elizabeth II on 19 September 2022"
            " (England and Wales)"),
        (lacking(ENGLAND, "2028-12-25", "2028-12-26"), "it lacks Christmas Day on 25 December 2028 (England and Wales) and"
            " Boxing Day on 26 December 2028 (England and Wales)"),
        (lacking(ENGLAND, "2028-05-29", "2028-12-25", "2028-12-26"), "it lacks Spring bank holiday on 29 May 2028"
            " (England and Wales), Christmas Day on 25 December 2028 (England and Wales) and Boxing Day on 26 December 2028"
            " (England and Wales)"),
        (lacking(ENGLAND, "2028-12-25", "2028-12-26").replace("Spring bank holiday", "Holiday of spring"),
            "it lacks Christmas Day on 25 December 2028 (England and Wales) and Boxing Day on 26 December 2028"
            " (England and Wales)"),
        (lacking(ENGLAND, "2026-05-04", instead="2026-05-08"), ""),
        (lacking(ENGLAND, "2026-05-04", instead="2027-06-08"), "it lacks Early May bank holiday on 4 May 2026"
            " (England and Wales)"),
        (proclaimed("2026-06-12"), ""),
        (proclaimed(), ""),
        (json.dumps({nation.value: {"events": [{"title": "New Year’s Day", "date": "2029-01-01"}]} for nation in Nation}), ""),
    ],
)  # fmt: skip
def test_a_list_that_ends_earlier_or_only_takes_away_is_older(text: str, why: str) -> None:
    assert rules.why_older(published(), rules.read_published(text)) == why
    assert rules.why_older({}, rules.read_published(text)) == "", "where nothing is known no list is older"


def imported(text: str, tmp_path: Path, dry_run: bool = False, older: bool = False) -> tuple[int, str]:
    path, out = tmp_path / "bank-holidays.json", io.StringIO()
    path.write_text(text, encoding="utf-8")
    return commands.import_file(path, dry_run=dry_run, older=older, out=out), out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("text", [ended(2025), lacking(Nation.SCOTLAND, "2026-06-15")])
def test_an_older_list_is_asked_about_before_it_takes_a_day_away(text: str, tmp_path: Path) -> None:
    code, said = imported(text, tmp_path)
    assert code == 1 and "older than the one that is known" in said and "--older" in said
    assert bank_holidays() == published()
    assert imported(text, tmp_path, older=True)[0] == 0
    assert bank_holidays()[ENGLAND] == published()[ENGLAND]


@pytest.mark.django_db
def test_the_same_file_changes_nothing(tmp_path: Path) -> None:
    before = BankHoliday.objects.count()
    assert imported(FILE.read_text(encoding="utf-8"), tmp_path) == (0, "Nothing changed: these bank holidays are known.\n")
    assert BankHoliday.objects.count() == before


@pytest.mark.django_db
def test_a_dry_run_says_what_a_run_does_and_writes_nothing(tmp_path: Path) -> None:
    before = list(BankHoliday.objects.order_by("nation", "day").values_list("nation", "day", "title"))
    code, said = imported(proclaimed("2026-06-12"), tmp_path, dry_run=True)
    assert code == 0
    assert "1 bank holiday would change:" in said
    assert "Friday 12 June 2026, England and Wales: new: Extra bank holiday" in said
    assert list(BankHoliday.objects.order_by("nation", "day").values_list("nation", "day", "title")) == before
    code, then = imported(proclaimed("2026-06-12"), tmp_path)
    assert then == said.replace("would change", "changed")
    assert bank_holidays()[ENGLAND][date(2026, 6, 12)] == "Extra bank holiday"
    assert date(2026, 6, 12) not in bank_holidays()[Nation.SCOTLAND]


@pytest.mark.django_db
def test_a_list_is_taken_in_also_where_none_was(tmp_path: Path) -> None:
    assert bank_holidays() == published(), "a new database has those that come with the code"
    BankHoliday.objects.all().delete()
    assert imported(proclaimed("2026-06-12"), tmp_path)[0] == 0
    assert BankHoliday.objects.count() == sum(map(len, published().values())) + 1


@pytest.mark.django_db
@pytest.mark.on(2026, 9, 1)
def test_a_new_release_brings_its_list_and_a_later_one_stays(tmp_path: Path) -> None:
    assert list_of() == published_on() == date(2026, 2, 25)
    BankHoliday.objects.filter(nation=Nation.SCOTLAND, day=date(2026, 6, 15)).delete()
    there = BankHoliday.objects.get(nation=ENGLAND, day=date(2027, 12, 27))
    BankHoliday.objects.filter(pk=there.pk).update(title="Christmas Day")
    take_in_first()
    assert bank_holidays() == published()
    assert BankHoliday.objects.get(nation=ENGLAND, day=date(2027, 12, 27)).pk == there.pk, "calendars know it by its id"
    assert imported(proclaimed("2026-12-01"), tmp_path)[0] == 0
    assert list_of() == date(2026, 9, 1)
    take_in_first()
    assert date(2026, 12, 1) in bank_holidays()[ENGLAND], "what was taken in after the release was made is not taken out"


@pytest.mark.django_db
def test_nonsense_is_refused_with_its_reason(tmp_path: Path) -> None:
    code, said = imported("<html>", tmp_path)
    assert code == 1
    assert "refused, nothing was written. This is not the file from gov.uk" in said
