"""Where schools lie."""

from alongside.ground.core.standing import Standing
from alongside.ground.web.pictures import Map, Spot, map_of
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools

NEAR_KM, MOST = 2.5, 40


def schools_around(school: School, *, viewer: Standing) -> Map:
    """A map of a school and the open schools nearby; an empty one where the register does not say where it lies."""
    spots: list[Spot] = []
    if school.easting is not None and school.northing is not None:
        here = (school.easting, school.northing)
        near = schools.schools_near(here, NEAR_KM, viewer=viewer, invented=school.is_invented)[:MOST]
        spots = [
            Spot(one.easting, one.northing, one.name, "rest", one.constituency.label, 1, f"/schools/{one.urn}/")
            for one in near
            if one.pk != school.pk
        ]
        spots.append(Spot(*here, school.name, "dark", "this school", 3, f"/schools/{school.urn}/"))
    return map_of(spots, width=420, height=340)
