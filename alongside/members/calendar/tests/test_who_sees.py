"""Who sees which days and which kept dates: the office, a school's people, people of elsewhere."""

from datetime import date

import pytest
from django.db.models import Model

from alongside.ground.core import keys
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.calendar.actions import clocks, years
from alongside.members.calendar.models import Blackout, Clock, ClockChange, Closure, HalfTerm, Pause, Year
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import StopKind
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.schools.models import School
from alongside.members.schools.tests import make as schools
from tests.happenings import HALF_TERMS

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
SYSTEM, DAY = Standing.system(), date(2022, 3, 9)
Houses = dict[str, str]


def furnished(name: str, urn: int) -> tuple[Partnership, School]:
    """A partnership with one school, days of both, and a kept date of each, the school's with a pause."""
    of = partnerships.start_partnership(name=name, template=Template.TRUST, by=SYSTEM)
    place = schools.school(f"School of {name}", urn=urn, type="Academy converter")
    partnerships.admit_school(partnership=of, school=place, from_on=date(2021, 9, 1), by=SYSTEM)
    for school in (None, place):
        years.save_year(partnership=of, school=school, start=2021, half_terms=HALF_TERMS, is_example=False, by=SYSTEM)
        kept = clocks.keep_clock(
            key=keys.new_key(), partnership=of, school=school, law=Law.EIR, received_on=date(2022, 3, 1), by=SYSTEM
        )
    clocks.stop_clock(kept=kept, kind=StopKind.FEE, asked_on=date(2022, 3, 2), by=SYSTEM)
    days = {"key": keys.new_key(), "partnership": of, "first_on": DAY, "by": SYSTEM}
    years.add_closure(school=place, kind=ClosureKind.INSET, **days)
    years.add_blackout(name="SATs week", last_on=DAY, **days)
    return of, place


@pytest.fixture
def houses() -> Houses:
    """Alder with Oak, Birch with Elm: the ids of all four."""
    (alder, oak), (birch, elm) = furnished("Alder", 990_101), furnished("Birch", 990_102)
    return {"alder": alder.pk, "oak": oak.pk, "birch": birch.pk, "elm": elm.pk}


def whose(model: type[Model], who: Standing, houses: Houses) -> str:
    """Whose rows of a table somebody sees: 'alder oak'."""
    names = {pk: name for name, pk in houses.items()}
    way = {HalfTerm: "year__", Pause: "clock__", ClockChange: "clock__"}.get(model, "")
    of = [
        f"{way}{one}" for one in ("school", "partnership") if (model, one) not in {(Closure, "partnership"), (Blackout, "school")}
    ]
    rows = model._default_manager.all().visible_to(who).values_list(*of)
    return " ".join(sorted({names[next(filter(None, row))] for row in rows}))


@pytest.mark.parametrize(
    ("roles", "through", "days", "free", "dates", "pauses"),
    [
        ([(Post.FINANCE, "alder")], [], "alder oak", "alder", "alder oak", "oak"),
        ([(Post.HEAD, "oak")], [("alder", "oak")], "alder oak", "alder", "oak", "oak"),
        ([(Post.GOVERNOR_CHAIR, "oak")], [("alder", "oak")], "alder oak", "alder", "", ""),
        ([(Post.HEAD, "elm")], [("birch", "elm")], "birch elm", "birch", "elm", "elm"),
        ([(Post.HEAD, "oak")], [], "oak", "", "", ""),  # of a school that belongs nowhere any more
        ([(Post.HEAD, "oak")], [("birch", "oak")], "birch elm oak", "birch", "", ""),  # its dates at Alder are not Birch's
    ],
)
def test_days_are_known_to_who_belongs_and_kept_dates_to_who_may_keep_them(
    houses: Houses, roles: list[tuple[Post, str]], through: list[tuple[str, str]], days: str, free: str, dates: str, pauses: str
) -> None:
    held = {usual(post, **{"partnership" if place in {"alder", "birch"} else "school": houses[place]}) for post, place in roles}
    who = Standing("me", "Me", frozenset(held), frozenset((houses[of], houses[place]) for of, place in through))
    assert [whose(model, who, houses) for model in (Year, HalfTerm)] == [days] * 2
    assert whose(Closure, who, houses) == " ".join(one for one in days.split() if one in {"oak", "elm"})
    assert whose(Blackout, who, houses) == free and whose(Clock, who, houses) == dates
    assert [whose(model, who, houses) for model in (Pause, ClockChange)] == [pauses] * 2


def test_the_system_sees_all_and_a_visitor_nothing(houses: Houses) -> None:
    for model in (Year, HalfTerm, Closure, Blackout, Clock, Pause, ClockChange):
        assert model.objects.visible_to(SYSTEM).count() == model.objects.count() > 1
        assert not model.objects.visible_to(VISITOR).exists()
