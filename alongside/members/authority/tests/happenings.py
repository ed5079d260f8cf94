"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.members.authority import actions as authority
from alongside.members.authority.rules import DecisionKind
from tests.happenings import TODAY, secret

if TYPE_CHECKING:
    from tests.world import House


def decided(house: "House", reference: str, words: str = "") -> None:
    """The board lets a fee go."""
    authority.record_decision(
        partnership=house.partnership, kind=DecisionKind.WAIVER, body="Board", decided_on=TODAY, reference=reference, words=words,
        key=keys.new_key(), by=house.standing("manager"),
    )  # fmt: skip


def happen(house: "House") -> None:
    """One decision, beside the one on the fee of year 2."""
    decided(house, "PB 0", secret(house, "words of a waiver"))


def more(house: "House", places: Iterable[object]) -> None:
    """A decision for each school."""
    for number, _ in enumerate(places):
        decided(house, f"PB 1{number:02}")
