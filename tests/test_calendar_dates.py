"""What of the calendar `home` gathers, for whom."""

from datetime import date

import pytest

from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import DateRow, NeedRow, joined
from alongside.members.calendar.queries import dates as dated
from alongside.members.people.queries.roles import standing_of
from tests.audiences import Relation
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


def standing(world: World, relation: Relation) -> Standing:
    person = world.person(relation)
    assert person is not None
    return standing_of(person)


def needs(viewer: Standing, on: date) -> list[NeedRow]:
    return [NeedRow(*row) for row in joined(dated.needs(viewer=viewer, on=on))]


def dates(viewer: Standing, start: date, end: date) -> list[DateRow]:
    return [
        DateRow(*row) for row in joined(dated.dates(viewer=viewer, start=start, end=end, nations=dated.nations_of(viewer=viewer)))
    ]


SEES = {
    Relation.HEAD: True, Relation.SCHOOL_ADMIN: True, Relation.BUSINESS_MANAGER: True, Relation.FINANCE: True,
    Relation.GOVERNOR_CHAIR: False, Relation.TRUST_OFFICER: False, Relation.HEAD_OF_MEMBER: False,
    Relation.MANAGER_ELSEWHERE: False, Relation.ENDED: False, Relation.WITHOUT_ROLE: False,
}  # fmt: skip


def test_what_waits_is_gathered_for_those_whom_it_concerns(world: World) -> None:
    """Received on 10 January 2022, environmental information is due on 7 February: five working days before is 31 January."""
    manager, mine = standing(world, Relation.MANAGER), world.things["clock"]
    assert not [row for row in needs(manager, date(2022, 1, 28)) if row.what == "calendar.clock_due"]
    rows = [row for row in needs(manager, date(2022, 1, 31)) if row.what == "calendar.clock_due"]
    assert [(row.label, row.due_on, row.key) for row in rows] == [
        (f"Environmental information, {mine.label}, {world.school.name}", date(2022, 2, 7), mine.pk)
    ], "the office reads whose it is"
    [own] = [row for row in needs(standing(world, Relation.HEAD), date(2022, 1, 31)) if row.what == "calendar.clock_due"]
    assert own.label == f"Environmental information, {mine.label}", "a head knows their own school"
    assert rows[0].slug == world.partnership.slug
    for relation, sees in SEES.items():
        viewer = standing(world, relation)
        assert (mine.pk in {row.key for row in needs(viewer, date(2022, 2, 1))}) is sees
        assert (mine.pk in {row.key for row in dates(viewer, date(2022, 2, 1), date(2022, 2, 28))}) is sees
    for relation in (Relation.MANAGER, Relation.HEAD):
        examples = [row for row in needs(standing(world, relation), date(2022, 3, 8)) if row.what == "calendar.examples"]
        assert [(row.label, row.key) for row in examples] == ([("2021/22", "2021")] if relation is Relation.MANAGER else [])


def test_dates_are_gathered_for_those_whom_they_concern(world: World) -> None:
    """A head has the terms, their own school's closures and bank holidays; the office is spared every school's days."""
    rows = dates(standing(world, Relation.HEAD), date(2022, 2, 1), date(2022, 4, 30))
    said = {(row.what, row.label, row.first_on) for row in rows}
    assert ("calendar.ends", "Spring term, second half", date(2022, 4, 1)) in said
    assert ("calendar.begins", "Summer term, first half", date(2022, 4, 19)) in said
    assert ("calendar.begins", "Summer term, first half, Alder Vale School", date(2022, 4, 19)) in said
    assert ("calendar.closure", "INSET day, Alder Vale School", date(2022, 2, 21)) in said
    assert ("calendar.bank_holiday", "Good Friday", date(2022, 4, 15)) in said
    assert {row.slug for row in rows} == {world.partnership.slug, ""}
    assert len({(row.what, row.key) for row in rows}) == len(rows)
    office = dates(standing(world, Relation.MANAGER), date(2022, 2, 1), date(2022, 4, 30))
    assert not [row for row in office if row.what == "calendar.closure"]
    assert [row for row in office if row.what == "calendar.begins"]
    assert not dates(standing(world, Relation.WITHOUT_ROLE), date(2021, 9, 1), date(2022, 8, 31))
