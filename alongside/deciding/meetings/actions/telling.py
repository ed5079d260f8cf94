"""Who hears of a meeting, and of what in it."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.models import Meeting
from alongside.deciding.meetings.queries.planning import addresses, date_of
from alongside.deciding.meetings.queries.telling import Words, hearing_of, mail_words
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.diary.actions import send_along
from alongside.members.notices.actions import sending as notices

FIXED = "The minutes of this meeting are approved and stay as they are: a later meeting can note what is wrong in them."


def still_open(meeting: Meeting) -> None:
    """Go on while the meeting's minutes are not approved. Raises Conflict when they are, or when it does not take place."""
    state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
    if state == "approved":
        raise Conflict(FIXED)
    if state == "cancelled":
        raise Conflict("This meeting does not take place.")


def tell_members(meeting: Meeting, template: str, page: str, words: Words, *, dates: bool = False, sender: Standing) -> int:
    """Write to everybody who sits there and has an account, each in words of their own (None: nothing to them); gives how
    many. Where it is about its `dates`, the mail takes along what changes in the diary of who has it there."""
    link, sent = reverse(f"meetings:{page}", args=[meeting.partnership.slug, meeting.pk]), 0
    told = hearing_of(meeting, viewer=Standing.system()).told
    people = [one.person for one, _ in told] if dates else []
    along: dict[str, Any] = send_along(thing=date_of(meeting), people=people, by=Standing.system(sender.person)) if dates else {}
    for one, to in told:
        if (said := words(one)) is not None:
            notices.send(
                template=template, to=to, person=one.person, words=mail_words(meeting, page, said), link=link,
                partnership=meeting.partnership, about=meeting.pk, **along.get(one.person, {}), by=sender,
            )  # fmt: skip
            sent += 1
    return sent


def tell_people(body: Body, template: str, people: Collection[str], link: str, words: dict[str, Any], *, sender: Standing) -> int:
    """Write the same to some people; gives how many."""
    known = addresses(people, viewer=Standing.system())
    for person, to in known.items():
        notices.send(
            template=template, to=to, person=person, words={"body": body.name, **words, "link": settings.ADDRESS + link},
            link=link,
            partnership=body.partnership, by=sender,
        )  # fmt: skip
    return len(known)
