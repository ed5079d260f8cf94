"""Deeds on calendars: kept dates move when days change, races have one winner, what is refused says why."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.ground.audit.models import Event
from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.calendar.actions import clocks, years
from alongside.members.calendar.actions.bank_holidays import import_bank_holidays
from alongside.members.calendar.models import Clock, ClockChange, Closure, HalfTerm, Year
from alongside.members.calendar.queries.clocks import reckoned
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import StopKind
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.calendar.rules.settings import CalendarSettings
from alongside.members.calendar.tests.test_bank_holidays import proclaimed
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Template
from alongside.members.schools.models import School
from alongside.members.schools.tests import make as schools
from tests.happenings import HALF_TERMS

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
SYSTEM = Standing.system()
CAME = date(2022, 3, 1)


@pytest.fixture
def partnership() -> Partnership:
    made = partnerships.start_partnership(name="Alder", template=Template.TRUST, by=SYSTEM)
    years.save_year(partnership=made, start=2021, half_terms=HALF_TERMS, is_example=False, by=SYSTEM)
    return made


@pytest.fixture
def school(partnership: Partnership) -> School:
    made = schools.school("Vale School", urn=990_101, type="Academy converter")
    partnerships.admit_school(partnership=partnership, school=made, from_on=date(2021, 9, 1), by=SYSTEM)
    return made


def kept(partnership: Partnership, school: School | None, law: Law = Law.FOI, came: date = CAME) -> Clock:
    return clocks.keep_clock(
        key=keys.new_key(), partnership=partnership, school=school, law=law, received_on=came, label="12", by=SYSTEM
    )


def due(clock: Clock) -> date | None:
    clock.refresh_from_db()
    return clock.due_on


def close(partnership: Partnership, school: School, *days: int, kind: ClosureKind = ClosureKind.WEATHER) -> None:
    for day in days:
        years.add_closure(
            key=keys.new_key(), partnership=partnership, school=school, kind=kind, first_on=date(2022, 3, day), by=SYSTEM
        )


def test_a_closure_moves_the_dates_that_count_school_days_and_says_so(partnership: Partnership, school: School) -> None:
    """20 school days after 1 March 2022, without 17 March: 30 March; with a snow day on the 10th: 31 March."""
    foi, eir, office = kept(partnership, school), kept(partnership, school, Law.EIR), kept(partnership, None)
    assert due(foi) == due(eir) == due(office) == date(2022, 3, 30)
    close(partnership, school, 10)
    assert due(foi) == date(2022, 3, 31)
    assert due(eir) == due(office) == date(2022, 3, 30)
    change = ClockChange.objects.get()
    assert (change.clock, change.from_on, change.to_on) == (foi, date(2022, 3, 30), date(2022, 3, 31))
    assert change.because == "Closed: snow, ice or heat, 10 March 2022, added"
    years.remove_closure(partnership=partnership, school=school, closure_id=Closure.objects.get().pk, by=SYSTEM)
    assert due(foi) == date(2022, 3, 30)
    assert ClockChange.objects.count() == 2
    assert Event.objects.filter(act="calendar.move_clock", row=foi.pk).count() == 2


def test_a_closure_on_a_day_that_does_not_count_moves_nothing(partnership: Partnership, school: School) -> None:
    foi = kept(partnership, school)
    close(partnership, school, 17)  # St Patrick's Day is no working day anyhow
    assert due(foi) == date(2022, 3, 30)
    assert not ClockChange.objects.exists()


def test_a_closure_elsewhere_moves_nothing_here(partnership: Partnership, school: School) -> None:
    foi, other = kept(partnership, school), schools.school("Hill School", urn=990_102)
    partnerships.ask_schools(partnership=partnership, schools=[other], by=SYSTEM)
    close(partnership, other, 10)
    assert due(foi) == date(2022, 3, 30)


def test_a_late_bank_holiday_moves_every_date_and_lists_what_it_touches(partnership: Partnership, school: School) -> None:
    foi, office = kept(partnership, school), kept(partnership, None, Law.EIR)
    access = kept(partnership, school, Law.SUBJECT_ACCESS, date(2022, 2, 25))
    assert due(access) == date(2022, 3, 25)
    close(partnership, school, 25, kind=ClosureKind.INSET)
    assert due(foi) == date(2022, 3, 31)
    report = import_bank_holidays(text=proclaimed("2022-03-25"), by=SYSTEM)
    assert due(foi) == date(2022, 3, 31)  # the day did not count before either: INSET
    assert due(office) == date(2022, 3, 31)
    assert due(access) == date(2022, 3, 28)
    assert {(one.clock.whose, one.clock.name) for one in report.moved} == {
        ("Alder", "Environmental information, 12"),
        ("Vale School", "Subject access request, 12"),
    }
    assert [one.what for one in report.touched] == ["Vale School: INSET day", "Vale School: Subject access request, 12 is due"]
    assert "Date moved: Alder: Environmental information, 12, from 30 March 2022 to 31 March 2022" in report.lines()
    assert ClockChange.objects.get(clock=office).because == "Bank holidays changed: Extra bank holiday on 25 March 2022"


def test_a_dry_run_of_a_late_bank_holiday_moves_nothing(partnership: Partnership) -> None:
    office = kept(partnership, None)
    report = import_bank_holidays(text=proclaimed("2022-03-25"), dry_run=True, by=SYSTEM)
    assert report.moved
    assert due(office) == date(2022, 3, 30)
    assert not ClockChange.objects.exists()


def test_what_is_ticked_off_does_not_move(partnership: Partnership, school: School) -> None:
    foi = kept(partnership, school)
    clocks.end_clock(kept=foi, by=SYSTEM)
    close(partnership, school, 10)
    assert due(foi) == date(2022, 3, 30)
    with pytest.raises(Conflict):
        clocks.end_clock(kept=foi, by=SYSTEM)
    with pytest.raises(Conflict, match="ticked off"):
        clocks.restart_clock(kept=foi, answered_on=CAME, by=SYSTEM)


def test_a_school_that_types_its_own_dates_counts_by_them(partnership: Partnership, school: School) -> None:
    foi = kept(partnership, school)
    own = [*HALF_TERMS[:3], (HALF_TERMS[3][0], date(2022, 3, 25)), *HALF_TERMS[4:]]
    years.save_year(partnership=partnership, school=school, start=2021, half_terms=own, is_example=False, by=SYSTEM)
    assert due(foi) == date(2022, 4, 21)  # 25 March is day 17; Easter Monday is no school day; 19, 20, 21 April
    assert school_days_of(partnership).is_open(date(2022, 3, 28))
    assert not school_days_of(partnership, school).is_open(date(2022, 3, 28))
    years.drop_own_year(partnership=partnership, school=school, start=2021, by=SYSTEM)
    assert due(foi) == date(2022, 3, 30)
    with pytest.raises(Conflict):
        years.drop_own_year(partnership=partnership, school=school, start=2021, by=SYSTEM)


def test_the_clock_of_a_subject_access_request_stops_goes_on_and_is_extended(partnership: Partnership, school: School) -> None:
    access = kept(partnership, school, Law.SUBJECT_ACCESS, date(2022, 2, 1))
    assert due(access) == date(2022, 3, 1)
    clocks.stop_clock(kept=access, kind=StopKind.CLARIFICATION, asked_on=date(2022, 2, 21), by=SYSTEM)
    assert due(access) is None
    with pytest.raises(Invalid, match="stopped already"):
        clocks.stop_clock(kept=access, kind=StopKind.IDENTITY, asked_on=date(2022, 2, 22), by=SYSTEM)
    for day, why in ((date(2022, 3, 9), "not in the future"), (date(2022, 1, 31), "not before the request came")):
        with pytest.raises(Invalid, match=why):
            clocks.restart_clock(kept=access, answered_on=day, by=SYSTEM)
    with pytest.raises(Invalid, match="before the one on which you asked"):
        clocks.restart_clock(kept=access, answered_on=date(2022, 2, 20), by=SYSTEM)
    clocks.restart_clock(kept=access, answered_on=date(2022, 3, 4), by=SYSTEM)
    assert due(access) == date(2022, 3, 14)  # 12 days waited: 13 March, a Sunday
    with pytest.raises(Conflict):
        clocks.restart_clock(kept=access, answered_on=date(2022, 3, 5), by=SYSTEM)
    clocks.extend_clock(kept=access, told_on=date(2022, 3, 7), by=SYSTEM)
    assert due(access) == date(2022, 5, 13)  # 1 May and 12 days
    with pytest.raises(Invalid, match="extended already"):
        clocks.extend_clock(kept=access, told_on=date(2022, 3, 7), by=SYSTEM)
    assert [(change.from_on, change.to_on) for change in ClockChange.objects.order_by("at")] == [
        (date(2022, 3, 1), None), (None, date(2022, 3, 14)), (date(2022, 3, 14), date(2022, 5, 13)),
    ]  # fmt: skip


def test_an_extension_told_too_late_changes_nothing(partnership: Partnership, school: School) -> None:
    access = kept(partnership, school, Law.SUBJECT_ACCESS, date(2022, 2, 1))
    with pytest.raises(Invalid, match="before the first date"):
        clocks.extend_clock(kept=access, told_on=date(2022, 3, 2), by=SYSTEM)
    with pytest.raises(Invalid, match="cannot be extended"):
        clocks.extend_clock(kept=kept(partnership, school), told_on=date(2022, 3, 2), by=SYSTEM)
    with pytest.raises(Invalid, match="does not stop the clock for proof of identity"):
        clocks.stop_clock(kept=kept(partnership, school, Law.EIR), kind=StopKind.IDENTITY, asked_on=CAME, by=SYSTEM)


@pytest.mark.parametrize(
    ("kind", "law", "came", "words"),
    [
        ("Academy converter", Law.RECORD, CAME, "An academy treats this as a subject access request"),
        ("Other independent school", Law.FOI, CAME, "not a public authority"),
        ("Local authority nursery school", Law.RECORD, CAME, "maintained schools and non-maintained special schools only"),
        ("Community school", Law.COMPLAINT, CAME, "holds from 19 June 2026"),
        ("Community school", Law.FOI, date(2022, 3, 9), "not in the future"),
        ("Community school", Law.BREACH, CAME, "time at which you became aware"),
    ],
)
def test_a_clock_that_does_not_run_is_refused_with_the_reason(
    partnership: Partnership, kind: str, law: Law, came: date, words: str
) -> None:
    place = schools.school("Hill School", urn=990_103, type=kind)
    partnerships.ask_schools(partnership=partnership, schools=[place], by=SYSTEM)
    with pytest.raises(Invalid, match=words):
        kept(partnership, place, law, came)
    assert not Clock.objects.exists()


def test_scotland_is_sent_elsewhere_for_its_own_laws(partnership: Partnership, school: School) -> None:
    scottish = replace(CalendarSettings(), nation="scotland")
    partnerships.change_settings(
        partnership=partnership,
        settings=scottish,
        version=mark_now(partnership, type(scottish)),
        may=may_run_partnership,
        by=SYSTEM,
    )
    with pytest.raises(Invalid, match="Scotland has laws of its own"):
        kept(partnership, school)
    assert due(kept(partnership, school, Law.SUBJECT_ACCESS, date(2022, 2, 2))) == date(2022, 3, 2)


def as_post(post: Post, school: School, partnership: Partnership) -> Standing:
    return Standing(
        person="x" * 12, roles=frozenset({usual(post, school=school.pk)}), memberships=frozenset({(partnership.pk, school.pk)})
    )


@pytest.mark.parametrize(
    ("post", "days", "dates"),
    [
        (Post.HEAD, True, True), (Post.SCHOOL_ADMIN, True, True), (Post.BUSINESS_MANAGER, False, True),
        (Post.GOVERNOR_CHAIR, False, False), (Post.TRUST_OFFICER, False, False),
    ],
)  # fmt: skip
def test_who_may_change_days_and_keep_dates(
    partnership: Partnership, school: School, post: Post, days: bool, dates: bool
) -> None:
    who, elsewhere = as_post(post, school, partnership), schools.school("Hill School", urn=990_104)
    of, came = {"partnership": partnership, "by": who}, {"law": Law.FOI, "received_on": CAME}
    day = {"kind": ClosureKind.INSET, "first_on": date(2022, 3, 9)}
    year = {"start": 2022, "half_terms": HALF_TERMS, "is_example": True}
    deeds = [
        (days, lambda: years.add_closure(key=keys.new_key(), school=school, **day, **of)),
        (dates, lambda: clocks.keep_clock(key=keys.new_key(), school=school, **came, **of)),
        (False, lambda: clocks.keep_clock(key=keys.new_key(), school=elsewhere, **came, **of)),
        (False, lambda: clocks.keep_clock(key=keys.new_key(), school=None, **came, **of)),
        (False, lambda: import_bank_holidays(text="", by=who)),
        (False, lambda: years.save_year(**year, **of)),
    ]
    for allowed, deed in deeds:
        if allowed:
            deed()
        else:
            with pytest.raises(Refused):
                deed()


def test_an_office_that_has_only_asked_a_school_of_anothers_leaves_its_days_alone(
    partnership: Partnership, school: School
) -> None:
    other = partnerships.start_partnership(name="Birch", template=Template.TRUST, by=SYSTEM)
    partnerships.ask_schools(partnership=other, schools=[school], by=SYSTEM)
    closed = {"kind": ClosureKind.WEATHER, "first_on": date(2022, 3, 10)}
    for deed, said in ((years.add_closure, closed), (clocks.keep_clock, {"law": Law.FOI, "received_on": CAME})):
        for of in (other, partnership):
            office = Standing("x" * 12, roles=frozenset({usual(Post.MANAGER, partnership=of.pk)}))
            with pytest.raises(Refused, match="another partnership") if of == other else nullcontext():
                deed(key=keys.new_key(), partnership=of, school=school, by=office, **said)


def test_the_second_to_save_a_year_sees_both_texts(partnership: Partnership) -> None:
    once = {"partnership": partnership, "start": 2021, "is_example": False, "by": SYSTEM}
    later = [*HALF_TERMS[:5], (HALF_TERMS[5][0], date(2022, 7, 20))]
    years.save_year(half_terms=later, version=1, **once)
    with pytest.raises(Stale) as stale:
        years.save_year(half_terms=HALF_TERMS, version=1, **once)
    assert stale.value.mine["Summer term, second half"] == "6 June 2022 to 22 July 2022"
    assert stale.value.theirs["Summer term, second half"] == "6 June 2022 to 20 July 2022"
    assert HalfTerm.objects.get(number=6).last_on == date(2022, 7, 20)
    with pytest.raises(Conflict):
        years.save_year(half_terms=HALF_TERMS, **once)
    Year.objects.all().delete()
    with pytest.raises(Conflict, match="out meanwhile"):
        years.save_year(half_terms=HALF_TERMS, version=1, **once)
    years.save_year(half_terms=HALF_TERMS, **once)
    assert Year.objects.count() == 1
    assert HalfTerm.objects.count() == 6


def test_dates_that_make_no_sense_are_refused_before_anything_is_written(partnership: Partnership) -> None:
    with pytest.raises(Invalid):
        years.save_year(partnership=partnership, start=2022, half_terms=HALF_TERMS, is_example=True, by=SYSTEM)
    with pytest.raises(Invalid, match="all six"):
        years.save_year(partnership=partnership, start=2021, half_terms=HALF_TERMS[:5], is_example=True, version=1, by=SYSTEM)
    assert Year.objects.count() == 1


def test_a_day_is_closed_once_and_taken_out_once(partnership: Partnership, school: School) -> None:
    close(partnership, school, 10)
    with pytest.raises(Invalid, match="already"):
        close(partnership, school, 10)
    import_bank_holidays(text=proclaimed("2022-03-25"), by=SYSTEM)
    with pytest.raises(Invalid, match="is on that day"):
        close(partnership, school, 25, kind=ClosureKind.INSET)
    row = Closure.objects.get()
    years.remove_closure(partnership=partnership, school=school, closure_id=row.pk, by=SYSTEM)
    with pytest.raises(Conflict):
        years.remove_closure(partnership=partnership, school=school, closure_id=row.pk, by=SYSTEM)


def test_a_window_is_kept_free_once_and_freed_once(partnership: Partnership) -> None:
    window = {"partnership": partnership, "name": "SATs week", "first_on": date(2022, 5, 9), "last_on": date(2022, 5, 12)}
    row = years.add_blackout(key=keys.new_key(), **window, by=SYSTEM)
    with pytest.raises(Invalid, match="already"):
        years.add_blackout(key=keys.new_key(), **window, by=SYSTEM)
    with pytest.raises(Invalid) as nameless:
        years.add_blackout(key=keys.new_key(), **{**window, "name": " "}, by=SYSTEM)
    assert list(nameless.value.problems) == ["name"]
    with pytest.raises(Invalid, match="begins on this day already"):
        years.add_blackout(key=keys.new_key(), **{**window, "last_on": date(2022, 5, 13)}, by=SYSTEM)
    years.remove_blackout(partnership=partnership, blackout_id=row.pk, by=SYSTEM)
    with pytest.raises(Conflict):
        years.remove_blackout(partnership=partnership, blackout_id=row.pk, by=SYSTEM)


def test_reading_shows_the_date_as_it_is_now_also_when_nobody_worked_it_out_again(
    partnership: Partnership, school: School
) -> None:
    foi = kept(partnership, school)
    Closure.objects.create(school=school, kind="weather", first_on=date(2022, 3, 10), last_on=date(2022, 3, 10))
    assert due(foi) == date(2022, 3, 30)
    assert reckoned([foi])[0].reckoning.due_on == date(2022, 3, 30) + timedelta(days=1)
