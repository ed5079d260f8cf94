"""What is asked about persons and the roles they hold."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    ExpressionWrapper,
    F,
    Field,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from alongside.ground.core import clock
from alongside.ground.core.standing import SEATS_OPEN, Held, Power, Standing
from alongside.ground.core.words import day_of, in_a_sentence
from alongside.ground.web import compiled, declared
from alongside.members.partnerships import queries as partnerships
from alongside.members.partnerships.models import Membership, Partnership, Setting
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import ActsFor, Invitation, Person, Role
from alongside.members.people.queries.acting import acted_for
from alongside.members.people.rules.acting import acting_for
from alongside.members.people.rules.roles import (
    Around,
    Holding,
    InvitationState,
    is_last_manager,
    may_be_given_back,
    warnings_before_ending,
    what_stays,
)
from alongside.members.posts.queries import of_post, settled_in
from alongside.members.posts.rules import PostSettings, counting
from alongside.members.schools.models import School

TEXT = CharField()
HELD_COLUMNS: dict[str, Field] = {
    "post": TEXT, "school": TEXT, "partnership": TEXT, "through": TEXT, "person": TEXT, "name": TEXT, "opens": JSONField(),
    "title": TEXT, "settled": BooleanField(), "body": TEXT,
}  # fmt: skip


class HeldRow(NamedTuple):
    """A post that somebody holds, with how to reach them; `school` is the id of the school that it is in. `acting` is the key of
    their acting for a head today, and `acts_for` that head's name."""

    role: str
    person: str
    name: str
    post: str
    title: str
    email: str
    phone: str
    from_on: date
    until_on: date | None
    seen_at: datetime | None
    school: str | None
    acting: str | None
    acts_for: str | None

    @property
    def said(self) -> str:
        """What the post is called, within a sentence."""
        return in_a_sentence(self.title)


class PastRow(NamedTuple):
    """A post that somebody has left; no address of theirs."""

    role: str
    name: str
    post: str
    title: str
    from_on: date
    until_on: date | None
    ended_at: datetime | None

    @property
    def is_lately(self) -> bool:
        """Whether it can be given back."""
        ended_on = day_of(self.ended_at) if self.ended_at else self.until_on
        return bool(ended_on and may_be_given_back(ended_on, clock.today()))


class SchoolContact(NamedTuple):
    """Somebody to speak to in a school, their post in words."""

    name: str
    post: str
    email: str
    phone: str


class OwnRole(NamedTuple):
    """A role of somebody's own: in a school, or in a partnership's office; `is_held` today."""

    key: str
    title: str
    school: str
    urn: int | None
    office: str
    from_on: date
    until_on: date | None
    is_held: bool


def _held(*, person: str) -> QuerySet[Any]:
    """The posts that somebody holds today, those of heads for whom they act, and what they hold in the rooms above."""
    fields = ("post", "school_id", "partnership_id", "through_id", "person_id", "person__name")
    known = {"opens": of_post("opens"), "title": of_post("name"), "settled": partnerships.has_settled(PostSettings.app)}
    held = Role.objects.held(today := clock.today())
    posts = held.filter(person=person).annotate(**known, body=Value("")).values_list(*fields, *known, "body")
    acting = (
        acted_for(held, person)
        .annotate(**known, body=Value(""))
        .values_list(*fields[:3], "counts_in", *fields[4:], *known, "body")
    )
    return posts.union(acting, *declared.gathered("holds", person=person, on=today), all=True)


def standing_of(person: Person) -> Standing:
    """Who a person is today: two queries, and one where a partnership has settled what posts open. A post counts in the
    partnership whose invitation gave it, or else in all; it opens what the partnership has settled. Beside one's own stand the
    posts of heads for whom one acts, as far as they open what may be done for them; and what somebody holds in the things of a
    room above (a seat on a body: `as_held`)."""
    found = compiled.rows_about(_held, HELD_COLUMNS, person=person.pk)
    rows = [row[:-1] for row in found if not row[-1]]
    seats = frozenset(
        Held(duty, through=home, opens=SEATS_OPEN[duty], title=title, body=body)
        for duty, _, _, home, _, _, _, title, _, body in found
        if body
    )
    through = {(school, given) for _, school, _, given, *_ in rows}
    ties = partnerships.standing_memberships({school for _, school, *_ in rows if school}, PostSettings.app)
    here = [one for one in ties if (one[1], None) in through or (one[1], one[0]) in through]
    settled = settled_in({home for home, *_, is_so in here if is_so} | {row[2] for row in rows if row[-1]})
    of_school = defaultdict(set)
    for home, school, *_ in here:
        of_school[school].add(home)
    roles = frozenset(
        one if owner == person.pk else acting_for(one, owner, name)
        for post, school, office, given, owner, name, opens, title, _ in rows
        for one in counting(
            Held(post, school, office, given, title=title or ""),
            frozenset(map(Power, opens or ())),
            {home: settled.get(home, {}) for home in of_school[school] | {office} if home},
        )
    )
    return Standing(
        person.pk,
        person.name,
        roles | seats,
        memberships=frozenset((home, school) for home, school, *_ in here),
        belonging=frozenset((home, school) for home, school, kind, _ in here if kind != Belonging.ASKED),
    )


def as_held(rows: QuerySet[Any], *, duty: str, body: str, partnership: str, title: str) -> QuerySet[Any]:
    """Seats that somebody holds in a room above, by the names of their columns, in the order in which roles are read."""
    nowhere, nothing, settled = (Value(None, CharField()), Value(None, JSONField()), Value(False, BooleanField()))
    who = (nowhere, nowhere, F(partnership), nowhere, nowhere)
    return rows.order_by().values_list(F(duty), *who, nothing, F(title), settled, F(body))


def standing_by_id(person: str) -> Standing | None:
    """Who that person is today; nothing for nobody, and for who cannot sign in any more."""
    found = Person.objects.filter(pk=person, is_active=True).first()
    return standing_of(found) if found else None


def address_is_of(address: str, person: str) -> bool:
    """Whether somebody signs in with that address."""
    return Person.objects.filter(pk=person, email=address.strip().lower()).exists()


def places_of(person: Person, *, viewer: Standing) -> frozenset[tuple[str | None, str | None]]:
    """(school, partnership) of all roles of a person that are not over, whether the viewer may see them or not."""
    roles = Role.objects.filter(Role.objects.lasting(clock.today()), person=person)
    return frozenset(roles.values_list("school_id", "partnership_id"))


def offices_of(person: Person, *, viewer: Standing) -> frozenset[str]:
    """The partnerships in whose office a person works today or from a coming day, whether the viewer may see them or not."""
    return frozenset(office for _, office in places_of(person, viewer=viewer) if office)


def holder_of(address: str, *, viewer: Standing) -> str:
    """The id of the person whose own address this is; nothing for a shared or an unknown one."""
    return Person.objects.filter(email__iexact=address).values_list("pk", flat=True).first() or "" if address else ""


def address_of(person: str, *, viewer: Standing) -> str:
    """The address to which somebody's mail goes; nothing where they have none."""
    return Person.objects.visible_to(viewer).filter(pk=person).values_list("email", flat=True).first() or ""


def person_of(viewer: Standing) -> Person | None:
    """The person who asks."""
    return Person.objects.filter(pk=viewer.person).first() if viewer.person else None


def holdings_of(role: Role) -> tuple[Holding, list[Holding]]:
    """A role as the rules see it, and the other roles of the same place that are not over, with what each opens where the role
    counts (of a school in several partnerships, in the first that has settled it); who made way for this one, which has not
    begun, goes on. One query, and another where something was settled."""
    going_on, today, counts_in = made_way_for(role), clock.today(), role.partnership_id or role.through_id
    ties: Any = Membership.objects.current(today).filter(school=role.school_id).values("partnership")
    homes = Setting.objects.filter(app=PostSettings.app, partnership__in=[counts_in] if counts_in else ties)
    first = Subquery(homes.order_by("partnership__started_on", "partnership").values("partnership")[:1])
    here = Role.objects.filter(school=role.school_id, partnership=role.partnership_id)
    found = here.filter(Role.objects.lasting(today) & Q(person__is_active=True) | Q(pk=role.pk))
    known = found.annotate(opens=of_post("opens"), home=first)
    rows = list(known.values_list("pk", "person_id", "post", "opens", "until_on", "from_on", "home"))
    home = next((row[-1] for row in rows if row[-1]), None)
    settled = settled_in([home])[home] if home else {}
    held = {
        key: Holding(
            person, post, settled.get(post, frozenset(map(Power, opens or ()))), going_on.get(key, until) is None, since
        )
        for key, person, post, opens, until, since, _ in rows
    }  # fmt: skip
    return replace(held.pop(role.pk), lasts=role.until_on is None), list(held.values())


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
    """(whether the partnership would have no manager, what nobody could do any more) once this role ends."""
    ending, others = holdings_of(role)
    return is_last_manager(ending, others), warnings_before_ending(ending, others, role.place, clock.today())


def what_stays_after(role: Role, *, viewer: Standing) -> list[str]:
    """What of the person does not end with the role: two queries."""
    today = clock.today()
    roles = Role.objects.visible_to(viewer).filter(Role.objects.lasting(today), person=role.person_id).exclude(pk=role.pk)
    named = roles.order_by("-from_on", "pk").annotate(title=of_post("name"))
    rest = named.values_list("title", "school__current__name", "partnership__name", "from_on")
    waiting = Invitation.objects.visible_to(viewer).filter(state=InvitationState.OPEN, expires_at__gt=clock.now())
    here = {"school": role.school_id} if role.school_id else {"school": None, "partnership": role.partnership_id}
    concerned = waiting.filter(Q(invited_by=role.person_id, **here) | Q(succeeds=role.pk))
    found = list(concerned.values_list("succeeds_id", "invited_by_id", "name", "email", "from_on"))
    next_one = next(((name or email, first) for role_id, _, name, email, first in found if role_id == role.pk), None)
    theirs = [row for row in found if row[1] == role.person_id and row[0] != role.pk]
    sent = [f"{name} ({email})" if name else email for _, _, name, email, _ in theirs]
    others = tuple((post, school or office or "", day if day > today else None) for post, school, office, day in rest)
    to_school, to_office = (len(sent), ()) if role.school_id else (0, tuple(sent))
    return what_stays(Around(role.person.name, to_school, others, next_one, to_office))


def in_order_of_posts(roles: QuerySet[Role]) -> list[HeldRow]:
    """Head first, then the posts as they are listed, then by name."""
    who = ("person_id", "person__name", "post", "title", "person__email", "person__phone")
    fields = ("id", *who, "from_on", "until_on", "person__last_login", "school_id", "acting_now", "acts_for")
    acts = ActsFor.objects.filter(own=OuterRef("pk"), ended_at=None, role__in=Role.objects.held(clock.today())).order_by(
        "began_at"
    )
    of_acting = {"acting_now": Subquery(acts.values("pk")[:1]), "acts_for": Subquery(acts.values("role__person__name")[:1])}
    listed = roles.annotate(title=of_post("name"), at=of_post("position"), **of_acting).values_list("at", *fields)
    rows = [(at, HeldRow(*row)) for at, *row in listed]
    return [
        row._replace(email=row.email or "")
        for _, row in sorted(rows, key=lambda one: (one[0], one[1].title, one[1].name.casefold()))
    ]


def people_of_school(school: School, *, viewer: Standing) -> list[HeldRow]:
    """Who holds which post in a school, today or from a coming day."""
    roles = Role.objects.visible_to(viewer)
    return in_order_of_posts(roles.filter(roles.lasting(clock.today()), school=school))


def past_people_of_school(school: School, *, viewer: Standing) -> list[PastRow]:
    """Those who have left their post, latest first."""
    roles = Role.objects.visible_to(viewer).filter(school=school)
    gone = roles.exclude(roles.lasting(clock.today())).order_by("-until_on", "person__name")
    fields = ("pk", "person__name", "post", "title", "from_on", "until_on", "ended_at")
    return [PastRow(*row) for row in gone.annotate(title=of_post("name")).values_list(*fields)[:50]]


def office_of(partnership: Partnership, *, viewer: Standing) -> list[HeldRow]:
    """Who works in a partnership's office."""
    roles = Role.objects.visible_to(viewer)
    return in_order_of_posts(roles.filter(roles.lasting(clock.today()), partnership=partnership))


def contacts_of(schools: Iterable[School | str], *, viewer: Standing) -> dict[str, list[Any]]:
    """For each school id those who hold a post there today: one query."""
    found: dict[str, list[SchoolContact]] = defaultdict(list)
    for row in in_order_of_posts(Role.objects.visible_to(viewer).held(clock.today()).filter(school__in=list(schools))):
        found[row.school or ""].append(SchoolContact(row.name, row.title, row.email, row.phone))
    return dict(found)


def roles_of(person: Person, *, viewer: Standing) -> list[OwnRole]:
    """Every role of a person, the lasting ones first."""
    roles, today = Role.objects.visible_to(viewer).filter(person=person), clock.today()
    fields = ("id", "title", "school__current__name", "school__current__urn", "partnership__name", "from_on", "until_on")
    held = ExpressionWrapper(roles.lasting(today) & Q(from_on__lte=today), BooleanField())
    rows = (
        roles.annotate(is_held=held, title=of_post("name")).order_by("-is_held", "-from_on", "pk").values_list(*fields, "is_held")
    )
    found = [OwnRole(*row) for row in rows]
    return [row._replace(school=row.school or "", office=row.office or "") for row in found]


def role_to_end(key: str, in_office: bool | None, *, partnership: Partnership, viewer: Standing) -> Role | None:
    """A role, over or not, in the partnership's office, in one of its schools or in either, that the viewer may see."""
    today = clock.today()
    schools = Membership.objects.current(today).filter(partnership=partnership).values("school")
    roles = Role.objects.visible_to(viewer).select_related("person", "school__current", "partnership")
    roles = roles if in_office is None else roles.filter(school__isnull=in_office)
    return roles.filter(Q(partnership=partnership) | Q(school__in=schools), pk=key).first()


def is_at_home_elsewhere(role: Role, partnership: Partnership, *, viewer: Standing) -> bool:
    """Whether the role is in a school that belongs to others, and that this partnership has only asked."""
    return partnerships.at_home_elsewhere(partnership).filter(school=role.school_id or "-").exists()


def school_of_partnership(urn: int, *, partnership: Partnership, viewer: Standing) -> School | None:
    """The school with that URN if it belongs to the partnership, or is asked to join it, as far as the viewer may know."""
    found = Membership.objects.visible_to(viewer).current(clock.today()).filter(partnership=partnership)
    membership = found.filter(school__current__urn=urn).select_related("school__current").first()
    return membership.school if membership else None


def my_schools(partnership: Partnership, *, viewer: Standing) -> list[School]:
    """The viewer's own schools in a partnership, by name."""
    schools = School.objects.visible_to(viewer).filter(pk__in=viewer.schools_in(partnership.pk))
    return list(schools.select_related("current").order_by("current__name"))
