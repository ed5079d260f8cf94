from alongside.calendar import queries
from alongside.core.standing import Standing
from tests.audiences import Audience as A, Line
from tests.world import World


def of_partnership(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_holiday(world: World) -> dict[str, object]:
    typed = queries.holidays_of(world.partnership, viewer=Standing.system())
    return {"slug": world.partnership.slug, "holiday": typed[0][0]}


HOLIDAY = {
    "name": "May", "first_on_day": "30", "first_on_month": "5", "first_on_year": "2022",
    "last_on_day": "3", "last_on_month": "6", "last_on_year": "2022",
}  # fmt: skip
LINES = {
    "calendar:holidays": Line(A.MANAGER, of_partnership, post=HOLIDAY, methods=("GET", "POST")),
    "calendar:nation": Line(A.MANAGER, of_partnership, post={"nation": "scotland"}, methods=("POST",)),
    "calendar:remove_holiday": Line(A.MANAGER, of_holiday, methods=("POST",)),
}
