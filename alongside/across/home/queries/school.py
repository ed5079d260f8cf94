"""One school's page."""

from dataclasses import dataclass
from datetime import date

from alongside.ground.core.standing import Standing
from alongside.ground.web.pictures import Map, Spot, map_of
from alongside.members.partnerships import queries as partnerships
from alongside.members.schools.models import School
from alongside.members.schools.queries import facts, schools
from alongside.members.schools.queries.facts import HistoryEvent
from alongside.members.schools.queries.sections import Section


@dataclass(frozen=True)
class SchoolPage:
    """One school: the register's facts, its place, its memberships, its history."""

    school: School
    facts: list[Section]
    past: list[tuple[int, str, str, str]]
    history: list[HistoryEvent]
    map: Map
    memberships: list[tuple[str, str, str, date, date | None]]


NEAR_KM = 2.5


def school_page(school: School, *, viewer: Standing) -> SchoolPage:
    """One school's page."""
    return SchoolPage(
        school,
        facts.facts_of(school, viewer=viewer),
        facts.past_of(school, viewer=viewer),
        facts.history_of(school, viewer=viewer),
        map_of(_place_of(school, viewer), width=420, height=340),
        partnerships.memberships_of(school, viewer=viewer),
    )


def _place_of(school: School, viewer: Standing) -> list[Spot]:
    if school.easting is None or school.northing is None:
        return []
    here = (school.easting, school.northing)
    near = schools.schools_near(here, NEAR_KM, viewer=viewer, invented=school.is_invented)[:40]
    around = [
        Spot(one.easting, one.northing, one.name, "rest", one.constituency.label, 1, f"/schools/{one.urn}/")
        for one in near
        if one.pk != school.pk
    ]
    return [*around, Spot(*here, school.name, "dark", "this school", 3, f"/schools/{school.urn}/")]
