"""Who hears of a meeting, and of what in it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.models import AgendaItem, Declared, Meeting
from alongside.deciding.meetings.queries.planning import Member, addresses, roster
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.core.words import moment
from alongside.members.notices.actions import sending as notices

FIXED = "The minutes of this meeting are approved and stay as they are: a later meeting can note what is wrong in them."


def still_open(meeting: Meeting) -> None:
    """Go on while the meeting's minutes are not approved. Raises Conflict when they are, or when it does not take place."""
    state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
    if state == "approved":
        raise Conflict(FIXED)
    if state == "cancelled":
        raise Conflict("This meeting does not take place.")


def of_whom(items: Iterable[AgendaItem], member: Member) -> list[AgendaItem]:
    """The items that are for one of those who sit there, as `visible_to` has it for their own pages."""
    rows = list(items)
    restricted = [one.pk for one in rows if one.is_restricted]
    left = set[str]()
    if restricted and member.sits_fully:
        mine = Declared.objects.filter(item__in=restricted, member=member.key, leaves=True, is_struck=False)
        left = set(mine.values_list("item_id", flat=True))
    return [one for one in rows if not one.is_restricted or (member.sits_fully and one.pk not in left)]


def tell_members(
    meeting: Meeting, template: str, page: str, words: Callable[[Member], dict[str, Any] | None], *, sender: Standing
) -> int:
    """Write to everybody who sits there and has an account, each in words of their own (None: nothing to them); gives how
    many."""
    link, told = reverse(f"meetings:{page}", args=[meeting.partnership.slug, meeting.pk]), 0
    members = [one for one in roster(meeting.body, meeting.on, viewer=Standing.system()).members if one.person]
    known = addresses([one.person for one in members], viewer=Standing.system())
    about = {"body": meeting.body.name, "kind": meeting.meeting_kind.label, "when": moment(meeting.starts_at)}
    for one in members:
        said = words(one) if one.person in known else None
        if said is not None:
            notices.send(
                template=template, to=known[one.person], person=one.person, words={**about, "place": meeting.place, **said,
                "link": settings.ADDRESS + link}, link=link, partnership=meeting.partnership, by=sender,
            )  # fmt: skip
            told += 1
    return told


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
