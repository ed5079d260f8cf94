"""Items of the bulletin for tests."""

from datetime import date
from typing import Any

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.members.bulletin import actions
from alongside.members.bulletin.models import Bulletin, Item
from alongside.members.partnerships.models import Partnership

MONDAY, THURSDAY = date(2022, 3, 7), date(2022, 3, 10)


def item(partnership: Partnership, by: Standing, **facts: Any) -> Item:
    """Something sent in."""
    said = {"title": "Data for the census", "words": "Please look at your figures.", "key": keys.new_key(), **facts}
    return actions.propose_item(partnership=partnership, by=by, **said)


def request(partnership: Partnership, by: Standing, **facts: Any) -> Item:
    """Something that schools are asked to do by a day."""
    return item(partnership, by, **{"is_request": True, "by_on": date(2022, 3, 31), "minutes": 10, **facts})


def sent(partnership: Partnership, on: date = THURSDAY) -> Bulletin | None:
    """The bulletin of a day, sent in the morning."""
    with clock.at(clock.start_of(on, 8)):
        return actions.send_bulletin(partnership=partnership, by=Standing.system())
