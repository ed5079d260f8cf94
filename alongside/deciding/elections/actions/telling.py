"""Writing to somebody about an election."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import address_of


def write(template: str, person: str, partnership: Partnership, page: str, key: str, by: Standing, **words: Any) -> None:
    """Let somebody hear of what stands on a page of the room; who has no address does not."""
    link = reverse(f"elections:{page}", args=[partnership.slug, key])
    if to := address_of(person, viewer=Standing.system()):
        notices.send(
            template=template, to=to, person=person, words={**words, "link": settings.ADDRESS + link}, link=link,
            partnership=partnership, by=by,
        )  # fmt: skip


def told(template: str, partnership: Partnership, page: str, key: str) -> set[str]:
    """Who has heard of it."""
    link = reverse(f"elections:{page}", args=[partnership.slug, key])
    return set(
        Notice.objects.filter(kind=template.removesuffix(".txt").replace("/", "."), link=link).values_list("person", flat=True)
    )
