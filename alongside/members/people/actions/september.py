"""Asking each school in September who holds its posts, and what it answers."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import listed
from alongside.ground.web.models import lock, once
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.people.actions.roles import end_role
from alongside.members.people.actions.succession import invite_next
from alongside.members.people.models import Invitation, Role, SeptemberCheck
from alongside.members.people.permissions import may_ask_in_september, may_keep_people
from alongside.members.people.queries.roles import people_of_school
from alongside.members.people.queries.schools import posts_missing, schools_unconfirmed
from alongside.members.people.rules.roles import (
    Follower,
    InvitationState,
    can_take_over_from,
    is_september_check_asked,
    may_confirm_people_on,
)
from alongside.members.posts.queries import codes_with
from alongside.members.schools.models import School

KIND = "people.september"


@transaction.atomic
def ask_in_september(*, partnership: Partnership, by: Standing) -> int:
    """Write to whoever looks after the people of each school that has not confirmed them this year, once a year; gives to how
    many people. One that has confirmed gets none."""
    require(may_ask_in_september(by))
    lock(partnership)
    if not is_september_check_asked(clock.today()):
        return 0
    since = clock.start_of(date(academic_year_of(clock.today()).start, 9, 1))
    written = Notice.objects.filter(kind=KIND, partnership=partnership, written_at__gte=since).values_list("school_id", flat=True)
    keeping, sent, asked = codes_with(Power.PEOPLE, partnership, viewer=by), 0, set(written)
    for school in [one for one in schools_unconfirmed(partnership, viewer=by) if one.pk not in asked]:
        sent += _ask(partnership, school, keeping, by)
    return sent


def _ask(partnership: Partnership, school: School, keeping: frozenset[str], by: Standing) -> int:
    held = [row for row in people_of_school(school, viewer=by) if row.from_on <= clock.today()]
    page = reverse("people:september", args=[partnership.slug, school.urn])
    words = {
        "school": school.name,
        "partnership": partnership.name,
        "held": [f"{row.name}, {row.said}" for row in held],
        "missing": listed([one.said for one in posts_missing(partnership, held, viewer=by)]),
        "link": settings.ADDRESS + page,
    }
    about: dict[str, Any] = {"of": partnership, "words": words, "link": page, "partnership": partnership, "school": school}
    keepers = {row.person for row in held if row.post in keeping and row.email}
    told = [notices.tell(person=one, template="people/september.txt", **about, by=by) for one in sorted(keepers)]
    asked = len(told) - told.count(None)  # a post that another partnership gave opens nothing here
    audit.record("people.ask_in_september", partnership=partnership.pk, school=school.pk, facts={"asked": asked}, by=by)
    return asked


class Confirmed(NamedTuple):
    """What a school said: who has left with nobody in their place yet, and who is invited to a post that somebody has left."""

    check: SeptemberCheck
    left: list[Role]
    invited: list[Invitation]


@transaction.atomic
def confirm_people(
    *,
    partnership: Partnership,
    school: School,
    gone: Collection[str],
    followed: Mapping[str, Follower],
    left_on: date | None = None,
    even_if_last: bool = False,
    key: str,
    by: Standing,
) -> Confirmed:
    """Confirm who holds a school's posts this academic year; the roles in `gone` and `followed` end with that last day, and
    whoever follows is invited to the same post.

    All or nothing. Raises Invalid when something would fall open unseen or somebody cannot be invited, Conflict when it is not
    open or done already.
    """
    require(may_keep_people(by, school.pk, partnership.pk))
    require(belongs(partnership, school, now=True))
    today = clock.today()
    if not (open_now := may_confirm_people_on(today)):
        raise Conflict(open_now.reason)
    year = academic_year_of(today).start
    said = {"confirmed_by_id": by.person, "confirmed_at": clock.now()}
    check = SeptemberCheck(id=key, partnership=partnership, school=school, year=year, **said)
    try:
        stored = once(check)
    except IntegrityError:
        raise Conflict("A colleague has just confirmed this. Look at the page again to see how it stands.") from None
    ending = Role.objects.filter(pk__in=[*gone, *followed], school=school).select_related("person", "school__current", "through")
    roles = list(ending.order_by("pk"))
    left = [one for one in roles if one.pk not in followed]
    if stored is not check:
        return Confirmed(stored, left, _said_before(roles, followed))
    invited = []
    for role in roles:
        follower, last_on = followed.get(role.pk), max(left_on or today, role.from_on)
        until_on, went_on = (None, last_on) if left_on and left_on < today else (left_on or today, None)
        name = follower.name if follower else ""
        end_role(role=role, until_on=until_on, left_on=went_on, follower=name, even_if_last=even_if_last, by=by)
        invited += [_invite(role, follower, last_on, partnership, by)] if follower else []
    facts = {"year": year, "gone": len(gone), "followed": len(followed)}
    audit.record("people.confirm_people", row=check.pk, partnership=partnership.pk, school=school.pk, facts=facts, by=by)
    return Confirmed(check, left, invited)


def _invite(role: Role, follower: Follower, last_on: date, partnership: Partnership, by: Standing) -> Invitation:
    """The post is theirs when they say yes, or from a coming day; what is wrong is told of this role."""
    try:
        if not (verdict := can_take_over_from(follower.from_on, last_on, clock.today())):
            raise Invalid(from_on=verdict.reason)
        first = follower.from_on if follower.from_on > clock.today() else None
        return invite_next(role, partnership, by, name=follower.name, email=follower.email, from_on=first)
    except Invalid as problem:
        raise Invalid(**{f"{name}_{role.pk}": remedy for name, remedy in problem.problems.items()}) from None


def _said_before(roles: list[Role], followed: Mapping[str, Follower]) -> list[Invitation]:
    """Whom the same press invited. Raises Conflict where it had others in their posts."""
    sent = Invitation.objects.filter(succeeds__in=followed, state=InvitationState.OPEN).select_related("school__current")
    invited = {one.succeeds_id or "": one for one in sent}
    addresses = {key: one.email.strip().lower() for key, one in followed.items()}
    if any(one.ended_at is None and one.until_on is None for one in roles) or addresses != {
        key: one.email for key, one in invited.items()
    }:
        raise Conflict("This was confirmed before, with others in their posts. Look at the people to see how it stands.")
    return list(invited.values())
