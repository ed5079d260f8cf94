"""Groups as their people and the office see them."""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web.needs import figure
from alongside.members.bulletin.queries import Reader, readers_of
from alongside.members.groups.models import Enclosed, Enquiry, PostGroup, Reply
from alongside.members.groups.rules import is_in, schools_within, speaks_for_self
from alongside.members.partnerships.models import Partnership
from alongside.members.posts.queries import titles_of
from alongside.members.schools.models import School


class GroupRow(NamedTuple):
    """A group: who is in it in words, how many people, how many questions this year, whether the viewer is in it."""

    key: str
    name: str
    about: str
    whom: str
    people: int
    asked: int
    is_mine: bool


def groups_of(partnership: Partnership, *, viewer: Standing) -> list[GroupRow]:
    """The groups of a partnership by name, with how many people each has: four queries at most."""
    since = academic_year_of(clock.today()).first_on
    seen = Enquiry.objects.visible_to(viewer).filter(partnership=partnership, asked_at__gte=clock.start_of(since))
    asked = dict(seen.values_list("group").annotate(many=Count("pk")))
    held, readers = {role.post for role in viewer.own_posts_in(partnership.pk)}, readers_of(partnership, viewer=Standing.system())
    groups = list(_there(partnership, viewer))
    titles = titles_of(code for one in groups for code in one.codes)
    people = {one.pk: len(_people(one, readers)) for one in groups}
    return [
        GroupRow(one.pk, one.name, one.about, one.said_with(titles), people[one.pk], asked.get(one.pk, 0), is_in(one.posts, held))
        for one in groups
    ]


def _there(partnership: Partnership, viewer: Standing) -> QuerySet[PostGroup]:
    return PostGroup.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None).order_by("name")


def people_of(group: PostGroup, *, viewer: Standing) -> list[Reader]:
    """Everybody who is in a group today and has an address, each once: whoever sees a group sees who is in it."""
    return list(_people(group, readers_of(group.partnership, viewer=Standing.system())).values())


def others_in(group: PostGroup, *, viewer: Standing) -> list[Reader]:
    """Who would hear of a question of the viewer's."""
    return others_among(people_of(group, viewer=viewer), group, viewer=viewer)


def others_among(people: list[Reader], group: PostGroup, *, viewer: Standing) -> list[Reader]:
    """Those of a group's people but the viewer, and for whom they would ask."""
    asks_for = frozenset[str]() if speaks_for_self(viewer, group.partnership_id, group.posts) else viewer.acted_for
    return [one for one in people if one.person not in {viewer.person, *asks_for}]


class PersonRow(NamedTuple):
    """Somebody in a group: their name, post and school, and no address."""

    name: str
    title: str
    school: str


def names_of(group: PostGroup, *, viewer: Standing) -> list[PersonRow]:
    """Who is in a group today, by name: one query more than its people."""
    people = people_of(group, viewer=viewer)
    schools = dict(School.objects.filter(pk__in={one.school for one in people}).values_list("pk", "current__name"))
    titles = titles_of(one.post for one in people)
    rows = (PersonRow(one.name, titles[one.post], schools.get(one.school, "")) for one in people)
    return sorted(rows, key=lambda row: row.name.casefold())


def _people(group: PostGroup, readers: list[Reader]) -> dict[str, Reader]:
    return {one.person: one for one in readers if one.school and is_in(group.posts, [one.post])}


class EnquiryRow(NamedTuple):
    """A question to a group, with how many answers it has from how many schools."""

    enquiry: Enquiry
    replies: int
    schools: int


def enquiries_of(group: PostGroup, *, viewer: Standing) -> list[EnquiryRow]:
    """The questions to a group, newest first: the last hundred."""
    stands = Q(replies__taken_back_at=None)
    counted = {"many": Count("replies", stands, distinct=True), "places": Count("replies__school", stands, distinct=True)}
    rows = Enquiry.objects.visible_to(viewer).filter(group=group).select_related("school__current").annotate(**counted)
    return [EnquiryRow(one, one.many, one.places) for one in rows.order_by("-asked_at")[:100]]


def replies_to(enquiry: Enquiry, *, viewer: Standing) -> list[Reply]:
    """The answers to a question, the first that came first."""
    return list(Reply.objects.visible_to(viewer).filter(enquiry=enquiry).select_related("school__current").order_by("at", "pk"))


def enclosed_in(enquiry: Enquiry, *, viewer: Standing) -> dict[str, list[Enclosed]]:
    """What came by mail with a question ("") and with each of its answers, by the answer's id."""
    found: dict[str, list[Enclosed]] = {}
    for one in Enclosed.objects.visible_to(viewer).filter(enquiry=enquiry, is_out=False).order_by("title", "pk"):
        found.setdefault(one.reply_id or "", []).append(one)
    return found


def school_within(group: PostGroup, *, viewer: Standing) -> School | None:
    """The school for which the viewer answers in a group: of the post by which they are in it, the first by name; none for an
    office that is not in it."""
    return _first(schools_within(viewer, group.partnership_id, group.posts))


def school_asking(group: PostGroup, *, viewer: Standing) -> School | None:
    """The school from which the viewer asks a group: that for which they would answer, else the first of theirs by name."""
    everybody = ""
    return school_within(group, viewer=viewer) or _first(schools_within(viewer, group.partnership_id, everybody))


def _first(schools: frozenset[str]) -> School | None:
    return School.objects.filter(pk__in=schools).select_related("current").order_by("current__name", "pk").first()


def groups_stand(*, partnership: Partnership, viewer: Standing) -> Figures | None:
    """How many groups there are, and how many open questions, in words; no place for who is only asked."""
    if not (viewer.runs(partnership.pk) or viewer.belongs_to(partnership.pk)):
        return None

    def words(groups: int, waits: int) -> str:
        if not groups:
            return "No group yet"
        return plural(groups, "group") + (f", {plural(waits, 'open question')}" if waits else "")

    still = Enquiry.objects.visible_to(viewer).filter(partnership=partnership, state="open")
    return Figures({"groups": figure(_there(partnership, viewer)), "waits": figure(still)}, words)
