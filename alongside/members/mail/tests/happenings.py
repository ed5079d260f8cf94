"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core.standing import Standing
from alongside.members.mail import actions
from alongside.members.mail.tests.make import mail
from alongside.members.notices.rules.tags import tagged
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def written(house: "House", words: str) -> object:
    """Somebody writes to the office."""
    from django.conf import settings

    address = tagged(settings.ANSWERS_TO, house.partnership.pk, settings.SECRET_KEY)
    raw = mail(words, f"somebody@{house.name.lower()}.example", Subject=f"{words}, again").as_bytes()
    return actions.take_in(raw=raw, sent_to=[address], by=Standing.system())


def happen(house: "House") -> None:
    """One mail that waits."""
    house.things["mail"] = written(house, secret(house, "mail"))


def more(house: "House", places: Iterable[object]) -> None:
    """A mail for each school."""
    for number, _ in enumerate(places):
        written(house, f"Mail {number}")
