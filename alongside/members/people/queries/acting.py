"""Who acts for whom, and who could."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.ground.core import clock
from alongside.ground.core.standing import HEADS, Standing
from alongside.ground.core.words import in_a_sentence
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import ActsFor, Role
from alongside.members.posts.queries import of_post


def acted_for(held: QuerySet[Role], person: str) -> QuerySet[Role]:
    """Those of the roles held for which somebody acts by a post of their own, with the partnership (`counts_in`) in which both
    count: acting opens nothing where the colleague's own post counts for nothing (decision 8)."""
    one = Q(own__through=None) | Q(role__through=None) | Q(own__through=F("role__through"))
    acting = ActsFor.objects.filter(one, person=person, ended_at=None, own__in=Role.objects.held(clock.today()))
    found = held.filter(acted_for__in=acting, post__in=HEADS)
    return found.annotate(counts_in=Coalesce("acted_for__own__through", "through"))


class ActingRow(NamedTuple):
    """Somebody acts for a head in a school, since a moment, and until one of the posts ends on which it rests."""

    key: str
    person: str
    name: str
    head: str
    school: str
    began_at: datetime
    until_on: date | None


class CouldAct(NamedTuple):
    """A post of a colleague by which they could act for the head who holds a role, what a choice says of it, and whether they act
    already."""

    role: Role
    own: Role
    said: str
    acts: bool

    @property
    def value(self) -> str:
        """The value of the choice."""
        return f"{self.role.pk}.{self.own.pk}"


def my_headships(*, viewer: Standing) -> list[Role]:
    """The roles in which the viewer is a school's head today, by school."""
    mine = Role.objects.visible_to(viewer).held(clock.today()).filter(person=viewer.person or "-", post__in=HEADS)
    rows = mine.filter(school__isnull=False).select_related("school__current", "person")
    return list(rows.order_by("school__current__name", "pk"))


def _acting(viewer: Standing) -> QuerySet[ActsFor]:
    held = Role.objects.held(clock.today())
    rows = ActsFor.objects.visible_to(viewer).filter(ended_at=None, role__in=held, own__in=held)
    return rows.order_by("role__school__current__name", "person__name", "pk")


def _rows(found: QuerySet[ActsFor]) -> list[ActingRow]:
    fields = ("pk", "person_id", "person__name", "role__person__name", "role__school__current__name", "began_at")
    rows: Any = found.values_list(*fields, "role__until_on", "own__until_on")
    return [ActingRow._make([*row[:6], min(filter(None, row[6:]), default=None)]) for row in rows]


def my_acting(*, viewer: Standing) -> tuple[list[ActingRow], list[ActingRow]]:
    """(who acts for the viewer today, for whom the viewer acts): one query."""
    me = viewer.person or "-"
    rows = _rows(_acting(viewer).filter(Q(role__person=me) | Q(person=me)))
    return [row for row in rows if row.person != me], [row for row in rows if row.person == me]


def i_act_for(partnership: Partnership | None = None, *, viewer: Standing) -> list[ActingRow]:
    """For whom the viewer acts, anywhere or in the schools of one partnership: no query for who acts for nobody."""
    who = viewer.within(partnership.pk) if partnership else viewer
    schools = {role.school for role in who.roles if role.acts_for}
    return _rows(_acting(viewer).filter(person=viewer.person, role__school__in=schools)) if schools else []


def who_could_act(heads: list[Role], *, viewer: Standing) -> list[CouldAct]:
    """Those who hold a post in the viewer's schools, each once for a school, by school and name: two queries."""
    already = set(_acting(viewer).filter(role__in=heads).values_list("role", "person"))
    there = Role.objects.visible_to(viewer).held(clock.today()).filter(school__in=[one.school_id for one in heads])
    rows = there.filter(person__is_active=True).exclude(person=viewer.person or "-").select_related("person")
    titled = list(rows.annotate(title=of_post("name")).order_by("person__name", "-through", "from_on", "pk"))
    found: dict[tuple[str, str], CouldAct] = {}
    for head in heads:
        at = f" at {head.school}" if len(heads) > 1 else ""
        for own in (one for one in titled if one.school_id == head.school_id):
            said, acts = f"{own.person.name}, {in_a_sentence(own.title or '')}{at}", (head.pk, own.person_id) in already
            found.setdefault((head.pk, own.person_id), CouldAct(head, own, said, acts))
    return list(found.values())


def invited_at(heads: list[Role], *, viewer: Standing) -> list[tuple[str, str, int]]:
    """Where a colleague is invited to each of those schools: its name, a partnership's slug, its URN."""
    today = clock.today()
    theirs = Membership.objects.visible_to(viewer).current(today).filter(school__in=[head.school_id for head in heads])
    rows = theirs.order_by("from_on", "pk").values_list("school__current__name", "partnership__slug", "school__current__urn")
    return list({urn: (name, slug, urn) for name, slug, urn in rows}.values())
