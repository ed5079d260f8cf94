"""Pages of the calendar: with rows, without any, with nonsense, and with somebody else at the same form."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.members.calendar.models import Clock, Closure, HalfTerm, Year
from alongside.members.calendar.tests.access import typed, year_form
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


def test_the_year_shows_where_we_are_teaches_when_empty_and_survives_nonsense(world: World) -> None:
    said = text(client(world, Relation.MANAGER).get(address(world, "year")))
    assert "Spring term, second half: half-term 4 of 6" in said
    assert "These are example dates." in said
    assert "SATs week" in said
    assert said.count("<svg viewBox") >= 12
    for year in ("1850-51", "nonsense", "2021-23", "9999-00", "2030-31", ""):
        response = client(world, Relation.HEAD).get(address(world, "year") + f"?year={year}")
        assert response.status_code == 200
        assert ("No term dates for 2030/31 yet" in text(response)) is (year == "2030-31")
    manager = client(world, Relation.MANAGER)
    assert manager.get(address(world, "edit_year", start=1999)).status_code == 404
    assert "A usual year is filled in" in text(manager.get(address(world, "edit_year", start=2022)))
    assert not Year.objects.filter(partnership=world.partnership, start=2022).exists()


def test_a_year_is_saved_by_whoever_read_it_last_and_only_when_it_makes_sense(world: World) -> None:
    manager, page = client(world, Relation.MANAGER), address(world, "edit_year", start=2021)
    wrong = text(manager.post(page, year_form(1) | typed("last_2", 2021, 10, 5)))
    assert "Enter a last day of the second half of the autumn term that is not before its first day" in wrong
    assert manager.post(page, year_form(1) | typed("last_6", 2022, 7, 20)).status_code == 302
    late = Doors(raising=False).client(world.person(Relation.MANAGER)).post(page, year_form(1))
    assert late.status_code == 409
    assert "6 June 2022 to 20 July 2022" in text(late)
    assert "6 June 2022 to 22 July 2022" in text(late)
    kept = HalfTerm.objects.get(year__partnership=world.partnership, year__start=2021, number=6)
    assert kept.last_on == date(2022, 7, 20)


def test_an_inset_day_of_ones_own_school_is_added_and_not_twice(world: World) -> None:
    head, page = client(world, Relation.HEAD), address(world, "school_year", urn=world.school.urn)
    inset = {"kind": "inset", "key": keys.new_key(), **typed("first_on", 2022, 3, 14)}
    assert [head.post(page, inset).status_code for _ in range(2)] == [302, 302], "pressed twice, added once"
    assert Closure.objects.filter(school=world.school, first_on=date(2022, 3, 14)).count() == 1
    assert "There is “INSET day” on 14 March 2022 already" in text(head.post(page, inset | {"key": keys.new_key()}))
    assert client(world, Relation.HEAD_OF_MEMBER).post(page, inset).status_code == 403


REFUSED = [
    ("complaint", (2022, 3, 1), "", "This rule holds from 19 June 2026"),
    ("foi", (2022, 3, 9), "", "Enter a day that is not in the future"),
    ("breach", (2022, 3, 8), "", "Enter the time at which you became aware"),
    ("breach", (2022, 3, 8), "25:00", "Enter a time like 14:30"),
    ("breach", (2022, 3, 8), "x", "Enter a time like 14:30"),
    ("nonsense", (2022, 3, 8), "", "There is a problem"),
    ("foi", (2022, 2, 30), "", "Enter a real date"),
]


def test_a_date_is_worked_out_with_its_working_or_says_why_not(world: World) -> None:
    """1 March 2022: 17 March does not count, so 30 March. 7 March: due on 7 April, in the Easter holidays."""
    said = work_out(world, Relation.HEAD, "foi", world.school.urn, (2022, 3, 1))
    assert "Wednesday 30 March 2022" in said
    assert "Thursday 17 March: St Patrick’s Day in Northern Ireland" in said
    assert "Keep this date" in said
    said = work_out(world, Relation.HEAD, "subject-access", world.school.urn, (2022, 3, 7))
    assert "Due Thursday 7 April (Easter holiday), nobody in school until Tuesday 19 April." in said
    assert "Aim for <strong>Thursday 31 March" in said
    assert "Friday 11 March 2022, 2:30pm" in work_out(world, Relation.HEAD, "breach", world.school.urn, (2022, 3, 8), "14.30")
    for law, day, at, words in REFUSED:
        assert words in work_out(world, Relation.HEAD, law, world.school.urn, day, at)
    for school in (world.alder.second.urn, "office", "999999999999999999999", "0", ""):
        assert "There is a problem" in work_out(world, Relation.HEAD, "foi", school, (2022, 3, 1))
    said = work_out(world, Relation.GOVERNOR_CHAIR, "foi", world.school.urn, (2022, 3, 1))
    assert "Wednesday 30 March 2022" in said
    assert "keeps the school’s dates, or the partnership’s office" in said
    assert "No dates are kept" in text(client(world, Relation.GOVERNOR_CHAIR).get(address(world, "clocks")))


def test_kept_dates_are_listed_stopped_within_reason_and_ticked_off(world: World) -> None:
    said = text(client(world, Relation.MANAGER).get(address(world, "clocks")))
    assert said.count("Environmental information") == 1
    assert "stands still since 20 January" in said
    stop = address(world, "stop_clock", key=world.things["clock"].pk)
    late = client(world, Relation.HEAD).post(stop, {"kind": "clarification", **typed("asked_on", 2022, 3, 7)})
    assert late.status_code == 400
    assert "after that the time is over" in text(late)
    other = client(world, Relation.HEAD).post(stop, {"kind": "identity", **typed("asked_on", 2022, 1, 20)})
    assert other.status_code == 400
    client(world, Relation.MANAGER).post(address(world, "end_clock", key=world.things["clock"].pk))
    assert Clock.objects.get(pk=world.things["clock"].pk).ended_on == date(2022, 3, 8)
    assert "ticked off 8 March" in text(client(world, Relation.MANAGER).get(address(world, "clocks")))
