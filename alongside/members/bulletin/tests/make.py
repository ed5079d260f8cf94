"""Items of the bulletin for tests."""

from datetime import date
from typing import Any

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.bulletin import actions
from alongside.members.bulletin.models import Bulletin, Item
from alongside.members.membership.tests.make import partnership as new_partnership, person, school
from alongside.members.notices.models import Notice
from alongside.members.partnerships import actions as partnerships
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


class Place:
    """A partnership with a primary and a secondary school, and who works there."""

    def __init__(self) -> None:
        self.partnership: Partnership = new_partnership()
        self.oak, self.elm = school(990_001, "Oak Primary", phase="Primary"), school(990_002, "Elm High", phase="Secondary")
        for one in (self.oak, self.elm):
            partnerships.admit_school(partnership=self.partnership, school=one, from_on=date(2022, 1, 1), by=Standing.system())
        self.manager = person("Mo", Post.MANAGER, partnership=self.partnership)
        self.head, self.bursar = person("Ann", Post.HEAD, school=self.oak), person("Bo", Post.BUSINESS_MANAGER, school=self.oak)
        self.other = person("Eve", Post.HEAD, school=self.elm)

    def mails(self) -> dict[str, str]:
        """The bulletins that were written, by whom they are for."""
        return dict(Notice.objects.filter(kind="bulletin.bulletin").values_list("to", "body"))
