"""Writing to somebody about an election."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import address_of


def write(
    template: str,
    person: str,
    partnership: Partnership,
    page: str,
    key: str,
    by: Standing,
    last: date | None = None,
    /,
    **words: Any,
) -> None:
    """Let somebody hear of what stands on a page of the room, before its last day; who has no address does not."""
    link = reverse(f"elections:{page}", args=[partnership.slug, key])
    if to := address_of(person, viewer=Standing.system()):
        notices.send(
            template=template, to=to, person=person, words={**words, "link": settings.ADDRESS + link}, link=link,
            partnership=partnership, until=last, by=by,
        )  # fmt: skip
