"""Pages of the calendar: with rows, without any, with nonsense, and with somebody else at the same form."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.calendar.models import Clock, Closure, HalfTerm, Year
from alongside.calendar.tests.access import typed, year_form
from tests.asking import Doors
from tests.audiences import Relation
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


def client(world: World, relation: Relation) -> Client:
    return Doors().client(world.person(relation))


def address(world: World, name: str, **words: object) -> str:
    return reverse(f"calendar:{name}", kwargs={"slug": world.partnership.slug, **words})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def work_out(world: World, relation: Relation, law: str, school: object, day: tuple[int, int, int], at: str = "") -> str:
    asked = {"law": law, "school": str(school), "at": at, **typed("received_on", *day)}
    return text(client(world, relation).get(address(world, "work_out"), asked))


def test_the_year_says_where_we_are_and_that_its_dates_are_examples(world: World) -> None:
    said = text(client(world, Relation.MANAGER).get(address(world, "year")))
    assert "Spring term, second half: half-term 4 of 6" in said
    assert "These are example dates." in said
    assert "SATs week" in said
    assert said.count("<svg viewBox") >= 12


@pytest.mark.parametrize("year", ["1850-51", "nonsense", "2021-23", "9999-00", "2030-31", ""])
def test_a_year_without_dates_teaches_and_nonsense_is_this_year(world: World, year: str) -> None:
    response = client(world, Relation.HEAD).get(address(world, "year") + f"?year={year}")
    assert response.status_code == 200
    assert ("No term dates for 2030/31 yet" in text(response)) is (year == "2030-31")


def test_a_year_far_away_is_not_typed(world: World) -> None:
    assert client(world, Relation.MANAGER).get(address(world, "edit_year", start=1999)).status_code == 404


def test_a_new_year_comes_with_a_suggestion_and_stays_an_example_until_said_otherwise(world: World) -> None:
    manager, page = client(world, Relation.MANAGER), address(world, "edit_year", start=2022)
    said = text(manager.get(page))
    assert 'value="2022"' in said
    assert "A usual year is filled in" in said
    assert not Year.objects.filter(partnership=world.partnership, start=2022).exists()


def test_two_who_edit_a_year_at_once_see_both_texts(world: World) -> None:
    manager, page = client(world, Relation.MANAGER), address(world, "edit_year", start=2021)
    mine = year_form(1) | typed("last_6", 2022, 7, 20)
    assert manager.post(page, mine).status_code == 302
    late = Doors(raising=False).client(world.person(Relation.MANAGER)).post(page, year_form(1))
    assert late.status_code == 409
    assert "6 June 2022 to 20 July 2022" in text(late)
    assert "6 June 2022 to 22 July 2022" in text(late)
    kept = HalfTerm.objects.get(year__partnership=world.partnership, year__start=2021, number=6)
    assert kept.last_on == date(2022, 7, 20)


def test_a_year_that_makes_no_sense_comes_back_with_what_was_typed(world: World) -> None:
    wrong = year_form(1) | typed("last_2", 2021, 10, 5)
    said = text(client(world, Relation.MANAGER).post(address(world, "edit_year", start=2021), wrong))
    assert "Enter a last day that is not before the first day (autumn term, second half)" in said
    assert 'id="id_last_2-day"' in said


def test_an_inset_day_of_ones_own_school_is_added_and_not_twice(world: World) -> None:
    head, page = client(world, Relation.HEAD), address(world, "school_year", urn=world.school.urn)
    inset = {"kind": "inset", **typed("first_on", 2022, 3, 14)}
    assert head.post(page, inset).status_code == 302
    assert Closure.objects.filter(school=world.school, first_on=date(2022, 3, 14)).count() == 1
    assert "There is “INSET day” on 14 March 2022 already" in text(head.post(page, inset))
    assert client(world, Relation.HEAD_OF_MEMBER).post(page, inset).status_code == 403


def test_a_date_is_worked_out_with_its_working(world: World) -> None:
    """Received 1 March 2022: the INSET day of the school is earlier; 17 March does not count; 30 March."""
    said = work_out(world, Relation.HEAD, "foi", world.school.urn, (2022, 3, 1))
    assert "Wednesday 30 March 2022" in said
    assert "Thursday 17 March: St Patrick’s Day in Northern Ireland" in said
    assert "Keep this date" in said


def test_in_the_holidays_it_says_when_somebody_is_there_again(world: World) -> None:
    """Received on 7 March, due on 7 April, in the Easter holidays until 19 April."""
    said = work_out(world, Relation.HEAD, "subject-access", world.school.urn, (2022, 3, 7))
    assert "Due Thursday 7 April (Easter holiday), nobody in school until Tuesday 19 April." in said
    assert "Aim for <strong>Thursday 31 March" in said


@pytest.mark.parametrize(
    ("law", "day", "words"),
    [
        ("complaint", (2022, 3, 1), "This rule holds from 19 June 2026"),
        ("foi", (2022, 3, 9), "Enter a day that is not in the future"),
        ("breach", (2022, 3, 8), "Enter the time at which you became aware"),
        ("nonsense", (2022, 3, 8), "There is a problem"),
        ("foi", (2022, 2, 30), "Enter a real date"),
    ],
)
def test_what_cannot_be_worked_out_says_why(world: World, law: str, day: tuple[int, int, int], words: str) -> None:
    assert words in work_out(world, Relation.HEAD, law, world.school.urn, day)


@pytest.mark.parametrize("at", ["25:00", "x", "9", "09:30:15", "14.30"])
def test_a_time_is_a_time(world: World, at: str) -> None:
    said = work_out(world, Relation.HEAD, "breach", world.school.urn, (2022, 3, 8), at)
    assert ("Enter a time like 14:30" in said) is (at in {"25:00", "x"})


def test_somebody_elses_school_cannot_be_chosen(world: World) -> None:
    for school in (world.alder.second.urn, "office", "999999999999999999999", "0", ""):
        said = work_out(world, Relation.HEAD, "foi", school, (2022, 3, 1))
        assert "There is a problem" in said


def test_a_chair_of_governors_works_dates_out_and_keeps_none(world: World) -> None:
    said = work_out(world, Relation.GOVERNOR_CHAIR, "foi", world.school.urn, (2022, 3, 1))
    assert "Wednesday 30 March 2022" in said
    assert "keeps its dates, or the partnership’s office" in said
    assert "No dates are kept" in text(client(world, Relation.GOVERNOR_CHAIR).get(address(world, "clocks")))


def test_what_a_clock_refuses_is_said_beside_its_field(world: World) -> None:
    stop = address(world, "stop_clock", key=world.things["clock"].pk)
    late = client(world, Relation.HEAD).post(stop, {"kind": "clarification", **typed("asked_on", 2022, 3, 7)})
    assert late.status_code == 400
    assert "after that the time is over" in text(late)
    other = client(world, Relation.HEAD).post(stop, {"kind": "identity", **typed("asked_on", 2022, 1, 20)})
    assert other.status_code == 400


def test_kept_dates_of_many_are_listed_what_is_due_first_on_top(world: World) -> None:
    said = text(client(world, Relation.MANAGER).get(address(world, "clocks")))
    assert said.count("Environmental information") == 1
    assert "stands still since 20 January" in said
    client(world, Relation.MANAGER).post(address(world, "end_clock", key=world.things["clock"].pk))
    assert Clock.objects.get(pk=world.things["clock"].pk).ended_on == date(2022, 3, 8)
    assert "ticked off 8 March" in text(client(world, Relation.MANAGER).get(address(world, "clocks")))
