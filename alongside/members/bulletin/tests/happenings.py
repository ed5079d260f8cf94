"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.members.bulletin import actions
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House

GOES = date(2022, 3, 3)


def sent_in(house: "House", title: str, author: str = "manager", **facts: object) -> object:
    """Something for the bulletin."""
    said = {"title": title, "words": f"{title}, in more words", "key": keys.new_key(), **facts}
    return actions.propose_item(partnership=house.partnership, by=house.standing(author), **said)


def happen(house: "House") -> None:
    """One bulletin went, with a request to all, and an item for heads; one item waits, one goes next."""
    asked = {"is_request": True, "by_on": date(2022, 3, 31), "minutes": 10}
    with clock.at(clock.start_of(GOES, 9)):
        house.things["request"] = sent_in(house, request := secret(house, "request of the bulletin", "members"), **asked)
        sent_in(house, words := secret(house, "item for heads"), posts=["head"])
        house.secrets[words] |= {"member head", "second head", "member school_admin"}  # the administrator acts for the head
        for one in (request, words):  # came by mail to who was head then, and stays among their own messages
            house.secrets[one] |= {"member ended", "second ended"}
        house.things["bulletin"] = actions.send_bulletin(partnership=house.partnership, by=Standing.system())
    said = {"words": secret(house, "answer to a request", "second"), "version": UNSEEN, "by": house.standing("second head")}
    actions.answer_in_words(item=house.things["request"], school=house.second, **said)
    house.things["proposed"] = sent_in(house, words := secret(house, "proposed item"), "member head")
    house.secrets[words] |= {"member head"}
    house.things["approved"] = sent_in(house, secret(house, "approved item"))


def more(house: "House", places: Iterable[object]) -> None:
    """A bulletin for each school, with a request, and an item that goes next."""
    for number, _ in enumerate(places):
        with clock.at(clock.start_of(GOES + timedelta(weeks=number + 1), 9)):
            sent_in(house, f"Request {number}", is_request=True, by_on=clock.today() + timedelta(weeks=5), minutes=5)
            actions.send_bulletin(partnership=house.partnership, by=Standing.system())
        sent_in(house, f"Item {number}")
