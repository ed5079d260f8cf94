"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core.standing import Standing
from alongside.members.mail import actions
from alongside.members.mail.models import Mail
from alongside.members.mail.tests.make import mail
from alongside.members.notices.rules.tags import tagged
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def written(house: "House", words: str, file: str = "") -> Mail:
    """Somebody writes to the office, with a file or without."""
    from django.conf import settings

    address = tagged(settings.ANSWERS_TO, house.partnership.pk, settings.SECRET_KEY)
    made = mail(words, f"somebody@{house.name.lower()}.example", Subject=f"{words}, again")
    if file:
        made.add_attachment(file.encode(), "text", "plain", filename=f"{file}.txt")
    return actions.take_in(raw=made.as_bytes(), sent_to=[address], by=Standing.system())


def happen(house: "House") -> None:
    """One mail that waits, with its file."""
    house.things["mail"] = one = written(house, secret(house, "mail"), secret(house, "file"))
    actions.keep_files(mail=one, by=Standing.system())


def more(house: "House", places: Iterable[object]) -> None:
    """A mail for each school."""
    for number, _ in enumerate(places):
        written(house, f"Mail {number}")
