"""Who acts for whom, and who could."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.standing import HEADS, Standing
from alongside.ground.core.words import in_a_sentence
from alongside.members.partnerships.models import Membership
from alongside.members.people.models import ActsFor, Role
from alongside.members.posts.queries import of_post
from alongside.members.schools.models import School


def acted_for(roles: QuerySet[Role], person: str) -> QuerySet[Role]:
    """Those of the roles for which somebody acts; whether they hold a post of their own there is not asked."""
    return roles.filter(acted_for__person=person, acted_for__ended_at=None, post__in=HEADS)


class ActingRow(NamedTuple):
    """Somebody acts for a head in a school, since a moment."""

    key: str
    person: str
    name: str
    head: str
    school: str
    urn: int
    began_at: object


class CouldAct(NamedTuple):
    """Somebody of the viewer's school who could act for them: the value of a choice, and what it says."""

    value: str
    said: str


def my_headships(*, viewer: Standing) -> list[Role]:
    """The roles in which the viewer is a school's head today, by school."""
    mine = Role.objects.visible_to(viewer).held(clock.today()).filter(person=viewer.person or "-", post__in=HEADS)
    return list(
        mine.filter(school__isnull=False).select_related("school__current", "person").order_by("school__current__name", "pk")
    )


def _acting(*, viewer: Standing) -> QuerySet[ActsFor]:
    today = clock.today()
    there = Role.objects.held(today).filter(person=OuterRef("person"), school=OuterRef("role__school"))
    rows = ActsFor.objects.visible_to(viewer).filter(Exists(there), ended_at=None, role__in=Role.objects.held(today))
    return rows.order_by("role__school__current__name", "person__name", "pk")


def _rows(found: QuerySet[ActsFor]) -> list[ActingRow]:
    fields = (
        "pk",
        "person_id",
        "person__name",
        "role__person__name",
        "role__school__current__name",
        "role__school__current__urn",
        "began_at",
    )
    return [ActingRow(*row) for row in found.values_list(*fields)]


def who_acts_for_me(*, viewer: Standing) -> list[ActingRow]:
    """Who acts for the viewer today."""
    return _rows(_acting(viewer=viewer).filter(role__person=viewer.person or "-"))


def whom_i_act_for(*, viewer: Standing) -> list[ActingRow]:
    """For whom the viewer acts today."""
    return _rows(_acting(viewer=viewer).filter(person=viewer.person or "-"))


def acting_at(school: School, *, viewer: Standing) -> dict[str, ActingRow]:
    """By the id of the person who acts: for whom, of a school's people, as far as the viewer sees."""
    return {row.person: row for row in _rows(_acting(viewer=viewer).filter(role__school=school))}


def who_could_act(heads: list[Role], *, viewer: Standing) -> list[CouldAct]:
    """Those who hold a post in the viewer's schools and do not act for them yet, by name."""
    found: dict[str, CouldAct] = {}
    for head in heads:
        already = ActsFor.objects.filter(role=head, ended_at=None).values("person")
        there = Role.objects.visible_to(viewer).held(clock.today()).filter(school=head.school_id, person__is_active=True)
        rows = there.exclude(person__in=already).exclude(person=viewer.person or "-").annotate(title=of_post("name"))
        for person, name, title in rows.order_by("person__name", "pk").values_list("person_id", "person__name", "title"):
            at = f" at {head.school}" if len(heads) > 1 else ""
            value = f"{head.pk}.{person}"
            found.setdefault(value, CouldAct(value, f"{name}, {in_a_sentence(title or '')}{at}"))
    return list(found.values())


def invited_at(heads: list[Role], *, viewer: Standing) -> list[tuple[str, str, int]]:
    """Where a colleague is invited to each of those schools: its name, a partnership's slug, its URN."""
    today = clock.today()
    theirs = Membership.objects.visible_to(viewer).current(today).filter(school__in=[head.school_id for head in heads])
    rows = theirs.order_by("from_on", "pk").values_list("school__current__name", "partnership__slug", "school__current__urn")
    return list({urn: (name, slug, urn) for name, slug, urn in rows}.values())
