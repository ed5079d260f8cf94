"""What happens in this room of the tests’ houses."""

from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.money.fees.actions import year_two
from tests.happenings import TODAY, secret

if TYPE_CHECKING:
    from tests.world import House


def happen(house: "House") -> None:
    """Year 2 is open, with the board's decision on its fee."""
    manager, partnership = house.standing("manager"), house.partnership
    year_two.open_next_year(partnership=partnership, by=manager)
    year_two.agree_reduction(
        key=keys.new_key(), partnership=partnership, each=10_000, body="Board", decided_on=TODAY, reference="PB 1",
        words=secret(house, "words of a minute"), seen=UNSEEN, by=manager,
    )  # fmt: skip
