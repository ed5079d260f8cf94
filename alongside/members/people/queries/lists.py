"""The office's list of everybody, school by school."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Invitation, Role
from alongside.members.people.queries.september import unconfirmed
from alongside.members.people.rules.roles import SIGNING_POSTS, InvitationState


def schools_with_people(
    partnership: Partnership, *, words: str = "", show: str = "all", viewer: Standing
) -> QuerySet[Membership]:
    """The partnership's schools (asked ones too), by words in the school's or a person's name, and by what is missing."""
    today = clock.today()
    found = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership)
    roles = Role.objects.held(today).filter(school__isnull=False)
    if text := " ".join(words.split()):
        people = roles.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text))
        place = Q(school__current__name__icontains=text) | Q(school__current__town__icontains=text)
        is_urn = text.isascii() and text.isdigit() and len(text) < 8
        found = found.filter(place | (Q(school__current__urn=int(text)) if is_urn else Q(school__in=people.values("school"))))
    match show:
        case "nobody":
            return found.exclude(school__in=roles.values("school"))
        case "no_signer":
            return found.exclude(school__in=roles.filter(post__in=SIGNING_POSTS).values("school"))
        case "invited":
            waiting = Invitation.objects.filter(partnership=partnership, school__isnull=False, state=InvitationState.OPEN)
            return found.filter(school__in=waiting.values("school"))
        case "september":
            return unconfirmed(found, today)
        case "never":
            been = roles.filter(person__last_login__isnull=False)
            return found.filter(school__in=roles.values("school")).exclude(school__in=been.values("school"))
    return found


def who_is_there(
    schools: list[str], partnership: Partnership, *, viewer: Standing
) -> dict[str, tuple[list[Any], datetime | None, int]]:
    """For each school id: ([(name, post)…], last signed in by anybody, invitations open). Two queries for a page of a list."""
    people: dict[str, list[tuple[Post, str]]] = defaultdict(list)
    last: dict[str, datetime] = {}
    roles = Role.objects.visible_to(viewer).held(clock.today()).filter(school__in=schools)
    for school, name, post, signed_in in roles.values_list("school_id", "person__name", "post", "person__last_login"):
        people[school].append((Post(post), name))
        if signed_in and (school not in last or signed_in > last[school]):
            last[school] = signed_in
    waiting: dict[str, int] = defaultdict(int)
    invitations = Invitation.objects.visible_to(viewer).filter(
        partnership=partnership, state=InvitationState.OPEN, school__in=schools
    )
    for school in invitations.values_list("school_id", flat=True):
        waiting[school] += 1
    order = list(Post)
    return {
        school: (
            [(name, post.label) for post, name in sorted(people[school], key=lambda one: (order.index(one[0]), one[1]))],
            last.get(school),
            waiting[school],
        )
        for school in schools
    }


def contact_rows(partnership: Partnership, *, viewer: Standing) -> Iterator[tuple[str, int, str, str, str, str]]:
    """(school, URN, name, post, e-mail, phone) of everybody who holds a post in one of the partnership's schools today."""
    today = clock.today()
    schools = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership).values("school")
    roles = Role.objects.visible_to(viewer).held(today).filter(school__in=schools, person__is_active=True)
    rows = roles.order_by("school__current__name", "post", "person__name").values_list(
        "school__current__name", "school__current__urn", "person__name", "post", "person__email", "person__phone"
    )
    for school, urn, name, post, email, phone in rows.iterator(chunk_size=2_000):
        yield school, urn, name, Post(post).label, email or "", phone
