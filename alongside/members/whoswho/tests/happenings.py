"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.members.schools.models import School
from alongside.members.whoswho import actions
from alongside.members.whoswho.models import Cluster, SavedList
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def name(house: "House", words: str, *schools: School) -> Cluster:
    """A cluster of those schools."""
    said = {"name": words, "schools": [one.pk for one in schools], "key": keys.new_key()}
    return actions.name_cluster(partnership=house.partnership, by=house.standing("manager"), **said)


def save(house: "House", words: str) -> SavedList:
    """A list of heads that the office saved."""
    said = {"name": words, "key": keys.new_key(), "q": "", "post": "head", "phase": "", "trust": "", "cluster": ""}
    return actions.save_list(partnership=house.partnership, by=house.standing("manager"), **said)


def happen(house: "House") -> None:
    """One cluster of both members, and a list of the office's."""
    house.things["cluster"] = name(house, secret(house, "cluster", "members"), house.member, house.second)
    house.things["saved_list"] = save(house, secret(house, "saved list"))


def more(house: "House", places: Iterable[School]) -> None:
    """A cluster and a list for each school."""
    for number, place in enumerate(places):
        name(house, f"Cluster {number}", place)
        save(house, f"List {number}")
