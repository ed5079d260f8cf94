"""What is asked about persons and the roles they hold."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from alongside.ground.core import clock
from alongside.ground.core.standing import Held, Post, Standing
from alongside.members.partnerships import queries as partnerships
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.rules.roles import (
    Around,
    Holding,
    InvitationState,
    is_last_manager,
    warnings_before_ending,
    what_stays,
)
from alongside.members.schools.models import School


class HeldRow(NamedTuple):
    """A post that somebody holds, with how to reach them."""

    role: str
    person: str
    name: str
    post: Post
    email: str
    phone: str
    from_on: date
    until_on: date | None
    seen_at: datetime | None


FIELDS = (
    "id",
    "person_id",
    "person__name",
    "post",
    "person__email",
    "person__phone",
    "from_on",
    "until_on",
    "person__last_login",
)


def standing_of(person: Person) -> Standing:
    """Who a person is today: two queries. A post counts in the partnership whose invitation gave it, or else in all."""
    today = clock.today()
    rows = list(Role.objects.held(today).filter(person=person).values_list("post", "school_id", "partnership_id", "through_id"))
    roles = frozenset(Held(Post(post), school, partnership, given) for post, school, partnership, given in rows)
    through = {(school, given) for _, school, _, given in rows}
    ties = partnerships.standing_memberships({role.school for role in roles if role.school}, today)
    return Standing(
        person.pk,
        person.name,
        roles,
        frozenset((home, school) for home, school in ties if (school, None) in through or (school, home) in through),
    )


def offices_of(person: Person, *, viewer: Standing) -> frozenset[str]:
    """The partnerships in whose office a person works today or from a coming day, whether the viewer may see them or not."""
    roles = Role.objects.filter(Role.objects.lasting(clock.today()), person=person, partnership__isnull=False)
    return frozenset(roles.values_list("partnership_id", flat=True))


def places_of(person: Person, *, viewer: Standing) -> frozenset[tuple[str | None, str | None]]:
    """(school, partnership) of all roles of a person that are not over, whether the viewer may see them or not."""
    roles = Role.objects.filter(Role.objects.lasting(clock.today()), person=person)
    return frozenset(roles.values_list("school_id", "partnership_id"))


def holder_of(address: str, *, viewer: Standing) -> str:
    """The id of the person whose own address this is; nothing for a shared or an unknown one."""
    return Person.objects.filter(email__iexact=address).values_list("pk", flat=True).first() or "" if address else ""


def person_of(viewer: Standing) -> Person | None:
    """The person who asks."""
    return Person.objects.filter(pk=viewer.person).first() if viewer.person else None


def holding_of(role: Role) -> Holding:
    """A role as the rules see it."""
    return Holding(role.person_id, Post(role.post), role.until_on is None, role.from_on)


def others_beside(role: Role) -> list[Holding]:
    """The other roles of the same place that are not over; who made way for this one, which has not begun, goes on."""
    going_on = made_way_for(role)
    roles = Role.objects.filter(Role.objects.lasting(clock.today()), school=role.school_id, partnership=role.partnership_id)
    others = roles.filter(person__is_active=True).exclude(pk=role.pk)
    rows = others.values_list("pk", "person_id", "post", "until_on", "from_on")
    return [Holding(person, Post(post), going_on.get(key, until) is None, since) for key, person, post, until, since in rows]


def made_way_for(role: Role) -> dict[str, date | None]:
    """The roles that end because this coming one begins, with the last day that each had before."""
    if role.from_on <= clock.today():
        return {}
    taken = Invitation.objects.filter(
        accepted_by=role.person_id,
        state=InvitationState.ACCEPTED,
        from_on=role.from_on,
        succeeds__post=role.post,
        succeeds__school=role.school_id,
        succeeds__partnership=role.partnership_id,
        succeeds__ended_at=None,
        succeeds__until_on=role.from_on - timedelta(days=1),
    )
    return dict(taken.values_list("succeeds_id", "stood_until"))


def falls_open(role: Role, *, viewer: Standing) -> tuple[bool, list[str]]:
    """(whether the partnership would have no manager, what nobody could do any more) once this role ends: one query."""
    ending, others = holding_of(role), others_beside(role)
    return is_last_manager(ending, others), warnings_before_ending(ending, others, role.place, clock.today())


def what_stays_after(role: Role, *, viewer: Standing) -> list[str]:
    """What of the person does not end with the role: two queries."""
    today = clock.today()
    roles = Role.objects.visible_to(viewer).filter(Role.objects.lasting(today), person=role.person_id).exclude(pk=role.pk)
    rest = [
        (Post(post).label, school or office or "", since)
        for post, school, office, since in roles.values_list("post", "school__current__name", "partnership__name", "from_on")
    ]
    waiting = Invitation.objects.visible_to(viewer).filter(state=InvitationState.OPEN, expires_at__gt=clock.now())
    concerned = waiting.filter(Q(invited_by=role.person_id, school=role.school_id, **place_in_office(role)) | Q(succeeds=role.pk))
    found = list(concerned.values_list("succeeds_id", "invited_by_id", "name", "email", "from_on"))
    next_one = next(((name or email, first) for role_id, _, name, email, first in found if role_id == role.pk), None)
    sent = sum(inviter == role.person_id and role_id != role.pk for role_id, inviter, *_ in found)
    around = Around(
        role.person.name,
        sent,
        tuple(row for row in rest if row[2] > today),
        tuple(row[:2] for row in rest if row[2] <= today),
        next_one,
    )
    return what_stays(around)


def place_in_office(role: Role) -> dict[str, str]:
    """The condition that an invitation is to the same office, for a role in one."""
    return {"partnership": role.partnership_id} if role.partnership_id else {}


def in_order_of_posts(rows: Iterable[tuple[Any, ...]]) -> list[HeldRow]:
    """Head first, then the posts as they are listed, then by name."""
    order = list(Post)
    typed = [HeldRow(*row) for row in rows]
    typed = [row._replace(post=Post(row.post), email=row.email or "") for row in typed]
    return sorted(typed, key=lambda row: (order.index(row.post), row.name.casefold()))


def people_of_school(school: School, *, viewer: Standing) -> list[HeldRow]:
    """Who holds which post in a school, today or from a coming day."""
    roles = Role.objects.visible_to(viewer)
    return in_order_of_posts(roles.filter(roles.lasting(clock.today()), school=school).values_list(*FIELDS))


def past_people_of_school(school: School, *, viewer: Standing) -> list[tuple[str, str, date, date | None]]:
    """(name, post, from, until) of those who have left their post, latest first; no address of theirs."""
    roles = Role.objects.visible_to(viewer).filter(school=school)
    gone = roles.exclude(roles.lasting(clock.today())).order_by("-until_on", "person__name")
    return [
        (name, Post(post).label, since, until)
        for name, post, since, until in gone.values_list("person__name", "post", "from_on", "until_on")[:50]
    ]


def office_of(partnership: Partnership, *, viewer: Standing) -> list[HeldRow]:
    """Who works in a partnership's office."""
    roles = Role.objects.visible_to(viewer)
    return in_order_of_posts(roles.filter(roles.lasting(clock.today()), partnership=partnership).values_list(*FIELDS))


def contacts_of(schools: Iterable[School | str], *, viewer: Standing) -> dict[str, list[tuple[str, str, str, str]]]:
    """For each school id the (name, post in words, e-mail, phone) of those who hold a post there today: one query."""
    ids = [school if isinstance(school, str) else school.pk for school in schools]
    found = Role.objects.visible_to(viewer).held(clock.today()).filter(school__in=ids).values_list("school_id", *FIELDS)
    by_school: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for school, *row in found:
        by_school[school].append(tuple(row))
    return {
        school: [(name, post.label, email, phone) for _, _, name, post, email, phone, *_ in in_order_of_posts(rows)]
        for school, rows in by_school.items()
    }


def roles_of(person: Person, *, viewer: Standing) -> list[tuple[str, Post, str, int | None, str, date, date | None, bool]]:
    """(id, post, school, URN, partnership, from, until, held today) of every role of a person, the lasting ones first."""
    today = clock.today()
    roles = Role.objects.visible_to(viewer).filter(person=person).order_by("-from_on", "pk")
    held = set(roles.held(today).values_list("pk", flat=True))
    rows = roles.values_list(
        "id", "post", "school__current__name", "school__current__urn", "partnership__name", "from_on", "until_on"
    )
    found = [
        (key, Post(post), school or "", urn, office or "", since, until, key in held)
        for key, post, school, urn, office, since, until in rows
    ]
    return sorted(found, key=lambda row: not row[7])


def role_to_end(key: str, *, partnership: Partnership, viewer: Standing) -> Role | None:
    """A role not yet over, in the partnership's office or in one of its schools, that the viewer may see."""
    today = clock.today()
    schools = Membership.objects.current(today).filter(partnership=partnership).values("school")
    roles = Role.objects.visible_to(viewer).select_related("person", "school__current", "partnership")
    return roles.filter(roles.lasting(today), Q(partnership=partnership) | Q(school__in=schools), pk=key).first()


def school_of_partnership(urn: int, *, partnership: Partnership, viewer: Standing) -> School | None:
    """The school with that URN if it belongs to the partnership, or is asked to join it, as far as the viewer may know."""
    membership = (
        Membership.objects.visible_to(viewer)
        .current(clock.today())
        .filter(partnership=partnership, school__current__urn=urn)
        .select_related("school__current")
        .first()
    )
    return membership.school if membership else None


def my_schools(partnership: Partnership, *, viewer: Standing) -> list[tuple[int, str, str]]:
    """(URN, name, town) of the viewer's own schools in a partnership."""
    schools = School.objects.visible_to(viewer).filter(pk__in=viewer.schools_in(partnership.pk)).order_by("current__name")
    return list(schools.values_list("current__urn", "current__name", "current__town"))
