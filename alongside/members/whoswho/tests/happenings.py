"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.members.schools.models import School
from alongside.members.whoswho import actions
from alongside.members.whoswho.models import Circular, Cluster, SavedList
from alongside.members.whoswho.rules import Chosen, Goes
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


def write(house: "House", subject: str, words: str) -> Circular:
    """A message of the office to the heads, that went out."""
    said = {"subject": subject, "words": words, "goes": Goes.AT_ONCE, "seen": UNSEEN, "key": keys.new_key()}
    by = house.standing("manager")
    made = actions.write_circular(partnership=house.partnership, chosen=Chosen(post="head"), **said, by=by)
    actions.tell_readers(circular=made, by=Standing.system())
    return made


def happen(house: "House") -> None:
    """One cluster of both members and one that was taken away, a list of the office's, and what was written to the heads."""
    house.things["cluster"] = name(house, secret(house, "cluster", "members"), house.member, house.second)
    gone = name(house, secret(house, "cluster that was taken away", "members"), house.member)
    house.things["ended_cluster"] = actions.end_cluster(cluster=gone, seen=UNSEEN, by=house.standing("manager"))
    house.things["saved_list"] = save(house, secret(house, "saved list"))
    house.things["chosen"] = Chosen(post="head")
    subject, words = secret(house, "subject of a circular"), secret(house, "circular")
    house.things["circular"] = write(house, subject, words)
    for one in (subject, words):
        house.secrets[one] |= {"member head", "second head"}


def more(house: "House", places: Iterable[School]) -> None:
    """A cluster, one that was taken away, a list, and something written, for each school."""
    for number, place in enumerate(places):
        name(house, f"Cluster {number}", place)
        gone = name(house, f"Ended {number}", place)
        actions.end_cluster(cluster=gone, seen=UNSEEN, by=house.standing("manager"))
        save(house, f"List {number}")
        write(house, f"Subject {number}", "Words")
