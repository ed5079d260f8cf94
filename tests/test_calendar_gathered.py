"""What of the calendar `home` gathers, for whom."""

from datetime import date

import pytest

from alongside.calendar.queries import gathered
from alongside.core.standing import Standing
from alongside.people.queries import standing_of
from alongside.web.gathered import DateRow, NeedRow, joined
from tests.audiences import Relation
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


def standing(world: World, relation: Relation) -> Standing:
    person = world.person(relation)
    assert person is not None
    return standing_of(person)


def needs(viewer: Standing, on: date) -> list[NeedRow]:
    return [NeedRow(*row) for row in joined(gathered.needs(viewer=viewer, on=on))]


def dates(viewer: Standing, start: date, end: date) -> list[DateRow]:
    return [DateRow(*row) for row in joined(gathered.dates(viewer=viewer, start=start, end=end))]


def test_a_kept_date_waits_from_five_working_days_before_it(world: World) -> None:
    """Received on 10 January 2022, environmental information is due on 7 February: five working days before is 31 January."""
    manager = standing(world, Relation.MANAGER)
    label = world.things["clock"].label
    assert not [row for row in needs(manager, date(2022, 1, 28)) if row.what == "calendar.clock_due"]
    rows = [row for row in needs(manager, date(2022, 1, 31)) if row.what == "calendar.clock_due"]
    assert [(row.label, row.due_on, row.key) for row in rows] == [
        (f"Environmental information, {label}", date(2022, 2, 7), world.things["clock"].pk)
    ]
    assert rows[0].slug == world.partnership.slug


@pytest.mark.parametrize(
    ("relation", "sees"),
    [
        (Relation.HEAD, True), (Relation.SCHOOL_ADMIN, True), (Relation.BUSINESS_MANAGER, True), (Relation.FINANCE, True),
        (Relation.GOVERNOR_CHAIR, False), (Relation.TRUST_OFFICER, False), (Relation.HEAD_OF_MEMBER, False),
        (Relation.MANAGER_ELSEWHERE, False), (Relation.ENDED, False),
    ],
)  # fmt: skip
def test_kept_dates_are_gathered_for_those_who_keep_them(world: World, relation: Relation, sees: bool) -> None:
    viewer, mine = standing(world, relation), world.things["clock"].pk
    assert (mine in {row.key for row in needs(viewer, date(2022, 2, 1))}) is sees
    assert (mine in {row.key for row in dates(viewer, date(2022, 2, 1), date(2022, 2, 28))}) is sees


def test_example_dates_wait_for_the_office_alone(world: World) -> None:
    def examples(relation: Relation) -> list[NeedRow]:
        return [row for row in needs(standing(world, relation), date(2022, 3, 8)) if row.what == "calendar.examples"]

    assert [(row.label, row.key) for row in examples(Relation.MANAGER)] == [("2021/22", "2021")]
    assert not examples(Relation.HEAD)


def test_a_head_has_the_terms_their_own_closures_and_bank_holidays_in_the_calendar(world: World) -> None:
    rows = dates(standing(world, Relation.HEAD), date(2022, 2, 1), date(2022, 4, 30))
    said = {(row.what, row.label, row.first_on) for row in rows}
    assert ("calendar.ends", "Spring term, second half", date(2022, 4, 1)) in said
    assert ("calendar.begins", "Summer term, first half", date(2022, 4, 19)) in said
    assert ("calendar.begins", "Summer term, first half, Alder Vale School", date(2022, 4, 19)) in said
    assert ("calendar.closure", "INSET day, Alder Vale School", date(2022, 2, 21)) in said
    assert ("calendar.bank_holiday", "Good Friday", date(2022, 4, 15)) in said
    assert {row.slug for row in rows} == {world.partnership.slug, ""}
    assert len({(row.what, row.key) for row in rows}) == len(rows)


def test_the_office_is_spared_every_schools_inset_days(world: World) -> None:
    rows = dates(standing(world, Relation.MANAGER), date(2022, 2, 1), date(2022, 4, 30))
    assert not [row for row in rows if row.what == "calendar.closure"]
    assert [row for row in rows if row.what == "calendar.begins"]


def test_nobody_without_a_part_is_given_a_row(world: World) -> None:
    rows = dates(standing(world, Relation.WITHOUT_ROLE), date(2021, 9, 1), date(2022, 8, 31))
    assert not rows
    assert not needs(standing(world, Relation.WITHOUT_ROLE), date(2022, 3, 8))
