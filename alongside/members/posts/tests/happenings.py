"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.members.posts import actions
from alongside.members.posts.models import ListedPost
from alongside.members.posts.rules import Level
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def add(house: "House", name: str) -> ListedPost:
    """A post of the house's own, that opens nothing."""
    said = {"name": name, "level": Level.SCHOOL, "opens": [], "key": keys.new_key()}
    return actions.add_post(partnership=house.partnership, by=house.standing("manager"), **said)


def happen(house: "House") -> None:
    """One post of its own."""
    house.things["own_post"] = add(house, secret(house, "own post", "everyone asked"))


def more(house: "House", places: Iterable[object]) -> None:
    """One more for each school."""
    for number, _ in enumerate(places):
        add(house, f"{house.name} lead {number}")
