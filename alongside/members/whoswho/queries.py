"""Who holds which post in a partnership's schools and office, with what other schools may see of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Person, Role
from alongside.members.posts.queries import of_post
from alongside.members.whoswho.models import Cluster, SavedList
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
    school_id: str
    phone: str
    email: str

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
    "school__current__phase", "school__current__trust_name", "school__current__town", "partnership__name", "school_id",
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


@dataclass(frozen=True)
class Chosen:
    """What is looked for: words, and a post, a phase, a trust, a cluster of schools where one is chosen."""

    q: str = ""
    post: str = ""
    phase: str = ""
    trust: str = ""
    cluster: str = ""


def everybody_in(partnership: Partnership, *, viewer: Standing) -> list[InPost]:
    """Everybody who can be looked up, school by school; nobody for who may not look them up."""
    if not may_look_up(viewer, partnership.pk):
        return []
    known = {"title": of_post("name"), "also": of_post("also"), "at": of_post("position")}
    reach = ("person__phone", "person__shows_phone", "school__current__phone", "person__email")
    order = ("school__current__name", "at", "title", "person__name", "pk")
    rows: Any = colleagues_in([partnership.pk]).annotate(**known).order_by(*order)
    found = []
    for line in rows.values_list(*FIELDS, *reach):
        told, (own, shows, at_school, email) = line[: len(FIELDS)], line[len(FIELDS) :]
        phone, address = own if own and shows else at_school or "", email if email and is_for_work(email) else ""
        found.append(InPost._make([*("" if cell is None else cell for cell in told), phone, address]))
    return found


def chosen_of(rows: Iterable[InPost], chosen: Chosen, clusters: Iterable[Cluster]) -> list[InPost]:
    """Those of them who are looked for, the nearest first; a cluster that there is no more holds nobody."""
    wanted, found = words_sought(chosen.q), []
    schools = {school for one in clusters if one.pk == chosen.cluster for school in one.schools}
    for row in rows:
        fits = all(not want or want == is_so for want, is_so in ((chosen.post, row.code), (chosen.phase, row.phase)))
        if not fits or (chosen.trust and chosen.trust != row.trust) or (chosen.cluster and row.school_id not in schools):
            continue
        near = nearness(wanted, [row.post, *row.also.split("|")], row.name, row.school, row.trust, row.town, row.office)
        if near is not None:
            found.append((near, row))
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def clusters_of(partnership: Partnership, *, viewer: Standing) -> list[Cluster]:
    """The named clusters of a partnership, by name."""
    return list(Cluster.objects.visible_to(viewer).filter(partnership=partnership).order_by("name"))


def lists_of(partnership: Partnership, *, viewer: Standing) -> list[SavedList]:
    """The lists that the viewer, or their office, has saved."""
    return list(SavedList.objects.visible_to(viewer).filter(partnership=partnership).order_by("name"))


def addresses_of(rows: Iterable[InPost]) -> tuple[list[str], list[InPost]]:
    """The addresses of a list, each once, and who has none that other schools see."""
    found = list(rows)
    without = {row.person: row for row in found if not row.email}
    return list(dict.fromkeys(row.email for row in found if row.email)), list(without.values())


def people_known(*, partnership: Partnership, viewer: Standing) -> str:
    """How many people can be looked up, in words."""
    if not may_look_up(viewer, partnership.pk):
        return "For the schools that belong"
    return plural(Person.objects.filter(roles__in=colleagues_in([partnership.pk])).distinct().count(), "person", "people")
