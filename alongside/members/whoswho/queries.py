"""Who holds which post in a partnership's schools and office, with what other schools may see of them."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Person, Role
from alongside.members.posts.queries import of_post
from alongside.members.whoswho.permissions import may_look_up
from alongside.members.whoswho.rules import is_for_work, nearness, number_to_dial, words_sought


class InPost(NamedTuple):
    """Somebody with their post and how to reach them: by the school's number, unless they show their own."""

    person: str
    name: str
    code: str
    post: str
    also: str
    school: str
    urn: int | None
    phase: str
    trust: str
    town: str
    office: str
    phone: str
    email: str
    key: str

    @property
    def place(self) -> str:
        """The school, or the office."""
        return self.school or self.office

    @property
    def dial(self) -> str:
        """Their number as a telephone takes it."""
        return number_to_dial(self.phone)


FIELDS = (
    "person_id", "person__name", "post", "title", "also", "school__current__name", "school__current__urn",
    "school__current__phase", "school__current__trust_name", "school__current__town", "partnership__name",
)  # fmt: skip


def colleagues_in(homes: Collection[str]) -> QuerySet[Role]:
    """The posts held today in the schools that belong to those partnerships, where they count there, and in their offices. Who
    may see them has been asked."""
    today = clock.today()
    here = Membership.objects.current(today).exclude(kind=Belonging.ASKED).filter(partnership__in=homes)
    gave = Exists(here.filter(school=OuterRef("school"), partnership=OuterRef("through")))
    in_school = Q(Q(through=None) | Q(gave), school__in=here.values("school"))
    return Role.objects.held(today).filter(in_school | Q(partnership__in=homes), person__is_active=True)


def homes_of(viewer: Standing) -> frozenset[str]:
    """The partnerships whose colleagues somebody may look up."""
    return frozenset(home for home in viewer.partnerships if may_look_up(viewer, home))


def colleagues(
    partnership: Partnership, *, words: str = "", posts: Collection[str] = (), phase: str = "", trust: str = "", viewer: Standing
) -> list[InPost]:
    """Who answers to the words, in those posts and schools, the nearest first; nobody for who may not look them up."""
    if not may_look_up(viewer, partnership.pk):
        return []
    rows: Any = colleagues_in([partnership.pk])
    if posts:
        rows = rows.filter(post__in=posts)
    if phase:
        rows = rows.filter(school__current__phase=phase)
    if trust:
        rows = rows.filter(school__current__trust_name=trust)
    known = {"title": of_post("name"), "also": of_post("also"), "at": of_post("position")}
    reach = ("person__phone", "person__shows_phone", "school__current__phone", "person__email")
    found, wanted = [], words_sought(words)
    order = ("school__current__name", "at", "title", "person__name", "pk")
    for line in rows.annotate(**known).order_by(*order).values_list(*FIELDS, *reach, "pk"):
        told, (own, shows, at_school, email, key) = line[: len(FIELDS)], line[len(FIELDS) :]
        phone, address = own if own and shows else at_school or "", email if email and is_for_work(email) else ""
        row = InPost._make([*("" if cell is None else cell for cell in told), phone, address, key])
        near = nearness(wanted, [row.post, *row.also.split("|")], row.name, row.school, row.trust, row.town, row.office)
        if near is not None:
            found.append((near, row))
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def trusts_of(partnership: Partnership, *, viewer: Standing) -> list[str]:
    """The trusts of the schools that belong."""
    here = Membership.objects.visible_to(viewer).current(clock.today()).filter(partnership=partnership)
    found = here.exclude(kind=Belonging.ASKED).exclude(school__current__trust_name="").order_by("school__current__trust_name")
    return list(found.values_list("school__current__trust_name", flat=True).distinct())


def people_known(*, partnership: Partnership, viewer: Standing) -> str:
    """How many people can be looked up, in words."""
    if not may_look_up(viewer, partnership.pk):
        return "For the schools that belong"
    return plural(Person.objects.filter(roles__in=colleagues_in([partnership.pk])).distinct().count(), "person", "people")
