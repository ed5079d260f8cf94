"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.members.contributions import actions as contributions
from alongside.members.contributions.rules import GiftKind as Given
from alongside.members.schools.models import School
from tests.happenings import SIGNED, TODAY, secret

if TYPE_CHECKING:
    from tests.world import House


def happen(house: "House") -> None:
    """The member school is advised by a university, and says so."""
    head = house.standing("member head")
    house.things["note"] = contributions.note_contribution(
        partnership=house.partnership,
        giver=contributions.add_outside_body(partnership=house.partnership, name=f"{house.name} University", by=head),
        receiver=house.member,
        kind=Given.ADVICE,
        on=SIGNED,
        amount=Decimal("1.5"),
        words=secret(house, "what a school was advised about", "member"),
        key=keys.new_key(),
        by=head,
    )


def more(house: "House", places: Iterable[School]) -> None:
    """More work with others."""
    manager, partnership = house.standing("manager"), house.partnership
    for number, _ in enumerate(places):
        other = contributions.add_outside_body(partnership=partnership, name=f"Body {number}", by=manager)
        contributions.note_contribution(
            partnership=partnership, giver=other, receiver=house.member if number % 2 else house.second, kind=Given.ADVICE,
            on=TODAY, amount=Decimal(1), words="More", key=keys.new_key(), by=manager,
        )  # fmt: skip
