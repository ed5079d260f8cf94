"""What waits for somebody about people, and which days concern them: rows for the pages that gather from every app."""

from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.standing import HEADS, Power, Standing
from alongside.ground.web.models import of_own_schools
from alongside.ground.web.needs import TEXT, as_dates, as_needs
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Invitation, Person, Role, in_reach
from alongside.members.people.queries.invitations import unanswered
from alongside.members.people.queries.schools import unconfirmed
from alongside.members.people.rules.roles import (
    ENDS_SOON,
    InvitationState,
    is_september_check_asked,
)
from alongside.members.people.rules.second_factor import is_to_have_one
from alongside.members.posts.queries import of_post

OFFICE = {"slug": "slug", "partnership": "name"}  # where a row is the partnership's own
HOME = {"slug": "home_slug", "partnership": "home_name"}  # of a role: the partnership on whose pages it stands
SCHOOL = {"key": "school__current__urn", "label": "school__current__name"}
PERSONAL = {"slug": Value(""), "partnership": Value("")}


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """One's own second factor; the September check; roles that end without a successor; invitations without an answer."""
    parts: list[QuerySet[Any]] = []
    if is_to_have_one(viewer):
        has_one = Authenticator.objects.filter(user=OuterRef("pk"))
        without = Person.objects.filter(~Exists(has_one), pk=viewer.person or "-")
        parts.append(as_needs(without, "people.second_factor", **PERSONAL))
    keeping = viewer.by(Power.PEOPLE)
    kept = of_own_schools(keeping)
    memberships = Membership.objects.visible_to(viewer).current(on)
    if keeping.schools and is_september_check_asked(on):
        mine = unconfirmed(memberships.filter(kept, partnership__in=viewer.partnerships), on)
        parts.append(as_needs(mine, "people.september", **SCHOOL, due_on=Value(date(academic_year_of(on).start, 9, 30))))
    if viewer.offices and is_september_check_asked(on):
        open_now = unconfirmed(memberships.filter(partnership__in=viewer.offices), on).values("pk")
        offices = Partnership.objects.filter(memberships__in=open_now).values("pk")
        parts.append(as_needs(offices, "people.unconfirmed", **OFFICE, number=Count("memberships")))
    if viewer.offices:
        silent = unanswered(on, viewer=viewer).values("pk")
        offices = Partnership.objects.filter(pk__in=viewer.offices, invitations__in=silent).values("pk")
        parts.append(
            as_needs(offices, "people.unanswered", **OFFICE, number=Count("invitations"), label=Min("invitations__name"))
        )
    if keeping.schools or viewer.offices:
        parts += _leaving(viewer, keeping, on)
        parts.append(_without_head(memberships.filter(kept | Q(partnership__in=viewer.offices)), on))
    return parts


def _leaving(viewer: Standing, keeping: Standing, on: date) -> list[QuerySet[Any]]:
    """Who leaves within two months: with nobody else in that post and nobody invited to follow, or while the only one
    invited to follow has not said yes."""
    going = _at_home(viewer).filter(ended_at=None, until_on__range=(on, on + ENDS_SOON))
    going = going.filter(Q(school__in=keeping.schools) | Q(partnership__in=viewer.offices) | in_reach(viewer))
    stays = Q(until_on=None) | Q(until_on__gt=OuterRef("until_on"))
    others = Role.objects.filter(stays, ended_at=None, post=OuterRef("post")).exclude(pk=OuterRef("pk"))
    invited = Invitation.objects.filter(state=InvitationState.OPEN, expires_at__gt=clock.end_of(on), post=OuterRef("post"))
    in_school, in_office = Q(school=OuterRef("school")), Q(partnership=OuterRef("partnership"), school=None)
    waits = going.filter(Exists(invited.filter(in_school)), school__isnull=False).exclude(Exists(others.filter(in_school)))
    for place, same in (("school", in_school), ("partnership", in_office)):
        followed = Q(Exists(others.filter(same))) | Q(Exists(invited.filter(same)))
        going = going.exclude(Q(**{f"{place}__isnull": False}) & followed)
    gone = {**HOME, "key": "pk", "label": "person__name", "due_on": "until_on"}
    managed = {role.partnership for role in viewer.roles if Power.RUN in role.opens}
    return [
        as_needs(going.filter(school__isnull=False), "people.ending", **gone),
        as_needs(going.filter(school=None, partnership__in=managed), "people.office_ending", **gone),
        as_needs(waits, "people.follower", **HOME, key="school__current__urn", label="person__name", due_on="until_on"),
    ]


def _without_head(memberships: Any, on: date) -> QuerySet[Any]:
    """Schools whose head has gone, with nobody in the post today."""
    heads = Role.objects.filter(
        Q(through=None) | Q(through=OuterRef("partnership")), school=OuterRef("school"), post__in=HEADS, from_on__lte=on
    )
    had = memberships.filter(Exists(heads)).exclude(Exists(heads.filter(heads.lasting(on))))
    return as_needs(had, "people.without_head", **SCHOOL)


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """The first and last days of posts in the viewer's schools and offices, their own among them."""
    me = Q(person=viewer.person or "-")
    mine = Q(school__in=viewer.schools) | Q(partnership__in=viewer.offices) | me
    roles = _at_home(viewer).filter(mine, ended_at=None)
    coming = roles.filter(from_on__range=(start, end), from_on__gt=clock.today() - timedelta(days=31))
    ending = roles.filter(until_on__range=(start, end))
    own = {**HOME, "label": _post_and_place()}
    name = {**HOME, "label": Concat("person__name", Value(" as "), _post_and_place(), output_field=TEXT)}
    return [
        as_dates(coming.exclude(me), "people.begins", **name, first_on="from_on"),
        as_dates(coming.filter(me), "people.you_begin", **own, first_on="from_on"),
        as_dates(ending.exclude(me), "people.ends", **name, first_on="until_on"),
        as_dates(ending.filter(me), "people.you_end", **own, first_on="until_on"),
    ]


def _post_and_place() -> Concat:
    """'headteacher of Oak School', for a sentence about oneself."""
    posts = Coalesce(of_post("said"), Value(""))
    place = Coalesce("school__current__name", "partnership__name", Value(""))
    return Concat(posts, Value(" of "), place, output_field=TEXT)


def _at_home(viewer: Standing) -> Any:
    """The roles in sight, with the partnership on whose pages each stands: the office's own, or one of the school's."""
    here = Membership.objects.current(clock.today()).filter(school=OuterRef("school"), partnership__in=viewer.partnerships)
    return (
        Role.objects.near(viewer)
        .visible_to(viewer)
        .annotate(
            home_slug=Coalesce(F("partnership__slug"), Subquery(here.values("partnership__slug")[:1])),
            home_name=Coalesce(F("partnership__name"), Subquery(here.values("partnership__name")[:1])),
        )
        .filter(home_slug__isnull=False)
    )
