"""Every page asks the database a fixed number of times, however many rows there are (promise Q2)."""

from django.apps import apps
from django.test import override_settings
from django.urls import reverse

from alongside.ground.web.models import OWNED
from tests.asking import Doors
from tests.audiences import Relation
from tests.figures import Figure
from tests.questions import questions
from tests.rooms import excepted
from tests.visiting import Visit, visits
from tests.world import World, grow

WHO_IS_ASKING, PAGE, GATHERING_PAGE = 4, 6, 12
# pages across apps
GATHERING = ("monday:", "home:", "schools:search", "demo:", "bodies:body", "meetings:send", "meetings:ask_who_comes")
MANY = 30
STAY_FEW = excepted("STAY_FEW")  # tables of partnerships and schools that the larger world has no more of, and why


def budget(visit: Visit) -> int:
    """How often the page may ask."""
    return GATHERING_PAGE if visit.name.startswith(GATHERING) else WHO_IS_ASKING + PAGE


def counts(world: World, asked: list[Visit]) -> dict[Visit, list[str]]:
    """What each page asks the database."""
    doors, found, been = Doors(), {}, set()
    for visit in asked:
        client = doors.client(world.person(visit.relation, visit.school))
        if (visit.relation, visit.school) not in been:  # the session keeps where one is from the first page on
            been.add((visit.relation, visit.school))
            client.get(reverse("home:overview", args=[world.partnership.slug]))
        with questions() as found[visit]:
            client.get(visit.address)
    return found


def faults(world: World, asked: list[Visit]) -> tuple[dict[Visit, int], list[str]]:
    """How often each page asks, and what is wrong."""
    few = counts(world, asked)
    grow(world, MANY)
    many = counts(world, asked)
    found = [
        f"{visit}: {len(few[visit])} queries grow to {len(many[visit])}" for visit in asked if len(many[visit]) > len(few[visit])
    ]
    found += [
        f"{visit}: {len(many[visit])} queries, {budget(visit)} allowed" for visit in asked if len(many[visit]) > budget(visit)
    ]
    return {visit: len(queries) for visit, queries in many.items()}, found


def stayed(before: dict[str, int]) -> set[str]:
    """The tables of partnerships and schools that have hardly more rows than before."""
    return {table for table, count in rows().items() if count < before[table] + MANY // 3}


def rows() -> dict[str, int]:
    """How many rows each table of partnerships and schools has."""
    owned = [model for model in apps.get_models() if getattr(model, "scope", None) in OWNED]
    return {model._meta.label: model._base_manager.count() for model in owned}


def test_every_list_is_tried_with_many_rows(world: World, figure: Figure) -> None:
    """A new room's list is tried with one row and with many: the larger world has many of everything, or says why not."""
    before = rows()
    grow(world, MANY)
    few = stayed(before)
    figure("Q2", f"{len(before)} tables, {len(before) - len(few)} with many rows in the larger world")
    assert few == set(STAY_FEW), (
        f"`more` in the room’s tests/happenings.py (or `tests/growing.py`) makes no more of {few - set(STAY_FEW)}; "
        f"listed, and grow: {set(STAY_FEW) - few}"
    )


def test_a_list_that_nobody_grows_is_caught(world: World) -> None:
    assert stayed(rows()) == set(rows())


def test_no_page_asks_more_when_there_are_more_rows(world: World, figure: Figure) -> None:
    asked = list(visits(world, (Relation.MANAGER, Relation.HEAD, Relation.VISITOR)))
    each, found = faults(world, asked)
    most = sorted(each.items(), key=lambda item: -item[1])[:5]
    figure("Q2", f"{len(each)} pages; most queries: {', '.join(f'{visit} {count}' for visit, count in most)}")
    assert not found, "\n".join(found)


def test_a_page_that_asks_once_a_row_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        _, found = faults(world, [Visit("asking_again", Relation.VISITOR, "/planted/asking_again/", "member")])
    assert any("grow" in fault for fault in found)
    assert any("allowed" in fault for fault in found)
