"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.members.schools.models import School
from alongside.money.budget.actions import planning, spending
from alongside.money.budget.models import FeeYear
from tests.happenings import TODAY, secret

if TYPE_CHECKING:
    from tests.world import House


def happen(house: "House") -> None:
    """A heading with a promise and with money spent."""
    manager, partnership = house.standing("manager"), house.partnership
    year = house.things["fee_year"] = FeeYear.objects.get(partnership=partnership, number=1)
    heading = planning.add_heading(
        partnership=partnership, name=secret(house, "heading"), year=year, planned=100_000, key=keys.new_key(), by=manager
    )
    house.things["heading"] = heading
    house.things["promise"] = planning.promise_money(
        key=keys.new_key(), heading=heading, year=year, to=secret(house, "promised to"), words="A day", amount=20_000,
        due_on=date(2022, 6, 1), by=manager,
    )  # fmt: skip
    house.things["spending"] = spending.record_spending(
        key=keys.new_key(), heading=heading, year=year, spent_on=TODAY, payee=secret(house, "paid to"), amount=5_000, by=manager
    )


def more(house: "House", places: Iterable[School]) -> None:
    """More headings, promises and spending in the budget."""
    manager, partnership = house.standing("manager"), house.partnership
    year = FeeYear.objects.get(partnership=partnership, number=1)
    for number in range(12):
        said = {"name": f"Heading {number}", "year": year, "planned": 5_000, "key": keys.new_key()}
        heading = planning.add_heading(partnership=partnership, **said, by=manager)
        said = {"heading": heading, "year": year, "by": manager}
        planning.promise_money(key=keys.new_key(), to="Somebody", words="More", amount=3_000, due_on=date(2022, 7, 1), **said)
        spending.record_spending(key=keys.new_key(), spent_on=TODAY, payee="Somebody", amount=1_000, **said)
