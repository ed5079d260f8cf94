"""The schools of a partnership by their people: who is there, who is invited, who has confirmed them this academic year."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.declaration import Beside
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.words import day_of, plural
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Invitation, Role, SeptemberCheck
from alongside.members.people.queries.roles import HeldRow, in_order_of_posts
from alongside.members.people.rules.roles import InvitationState, is_september_check_asked
from alongside.members.posts.queries import codes_with, of_post, posts_to_choose
from alongside.members.posts.rules import Level, PostHere
from alongside.members.schools.models import School


def _belonging(partnership: Partnership, viewer: Standing) -> Any:
    """The memberships of today, asked ones too, as far as the viewer may know."""
    return Membership.objects.visible_to(viewer).current(clock.today()).filter(partnership=partnership)


def posts_in(homes: Collection[str]) -> QuerySet[Role]:
    """The posts held today by who can sign in: in the schools that belong to those partnerships, as far as they count there, and
    in their offices. A school that is only asked to join is none of them. Whoever asks has asked who may see them."""
    here = Membership.objects.current(clock.today()).filter(partnership__in=homes).exclude(kind=Belonging.ASKED)
    gave = Exists(here.filter(school=OuterRef("school"), partnership=OuterRef("through")))
    in_school = Q(Q(through=None) | Q(gave), school__in=here.values("school"))
    return Role.objects.held(clock.today()).filter(in_school | Q(partnership__in=homes), person__is_active=True)


def holders_of_posts(*, rows: Collection[str], viewer: Standing) -> dict[str, Beside]:
    """Of posts by their codes, how many people hold each today in the viewer's partnerships' schools, or in their offices."""
    held = posts_in(viewer.offices).filter(post__in=rows).order_by()
    counted = held.values("post").annotate(people=Count("person", distinct=True), places=Count("school", distinct=True))
    found = {}
    for post, people, places in counted.values_list("post", "people", "places"):
        holds = "holds" if people == 1 else "hold"
        where = f"in {plural(places, 'school')}" if places else "in the office"
        found[post] = Beside(f"{plural(people, 'person', 'people')} {where} {holds} this post today", "")
    return found


def schools_with_people(
    partnership: Partnership, *, words: str = "", show: str = "all", viewer: Standing
) -> QuerySet[Membership]:
    """The partnership's schools (asked ones too), by words in the school's or a person's name, and by what is missing."""
    today, found = clock.today(), _belonging(partnership, viewer)
    roles = Role.objects.held(today).filter(school__isnull=False)
    if text := " ".join(words.split()):
        people = roles.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text))
        place = Q(school__current__name__icontains=text) | Q(school__current__town__icontains=text)
        is_urn = text.isascii() and text.isdigit() and len(text) < 8
        found = found.filter(place | (Q(school__current__urn=int(text)) if is_urn else Q(school__in=people.values("school"))))
    held, invited = roles.values("school"), Invitation.objects.filter(partnership=partnership, state=InvitationState.OPEN)
    signing = codes_with(Power.ANSWER, partnership, viewer=viewer) if show == "no_signer" else ()
    missing = {
        "nobody": ~Q(school__in=held),
        "no_signer": ~Q(school__in=roles.filter(post__in=signing).values("school")),
        "invited": Q(school__in=invited.filter(school__isnull=False).values("school")),
        "never": Q(school__in=held) & ~Q(school__in=roles.filter(person__last_login__isnull=False).values("school")),
    }
    return unconfirmed(found, today) if show == "september" else found.filter(missing.get(show, Q()))


@dataclass(frozen=True)
class There:
    """Who is in a school, when one of them last signed in, and how many are invited."""

    people: Sequence[HeldRow]
    seen_at: datetime | None
    waiting: int


def who_is_there(schools: list[str], partnership: Partnership, *, viewer: Standing) -> dict[str, There]:
    """For each school id who is there: two queries for a page of a list."""
    people: Mapping[str | None, list[HeldRow]] = defaultdict(list)
    for row in in_order_of_posts(Role.objects.visible_to(viewer).held(clock.today()).filter(school__in=schools)):
        people[row.school].append(row)
    invited = Invitation.objects.visible_to(viewer).filter(partnership=partnership, state=InvitationState.OPEN)
    waiting = Counter(invited.filter(school__in=schools).values_list("school_id", flat=True))
    return {
        school: There(people[school], max((one.seen_at for one in people[school] if one.seen_at), default=None), waiting[school])
        for school in schools
    }


def _contacts(partnership: Partnership, viewer: Standing) -> QuerySet[Role]:
    schools = _belonging(partnership, viewer).values("school")
    return Role.objects.visible_to(viewer).held(clock.today()).filter(school__in=schools, person__is_active=True)


def people_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many people hold a post in how many of the schools, in words; of their own schools for a school's people."""
    found = _contacts(partnership, viewer).aggregate(
        people=Count("person", distinct=True), schools=Count("school", distinct=True)
    )
    if not found["people"]:
        return "Nobody holds a post in a school yet"
    return f"{plural(found['people'], 'person', 'people')} in {plural(found['schools'], 'school')}"


def contact_rows(partnership: Partnership, *, viewer: Standing) -> Iterator[Any]:
    """Everybody who holds a post in one of the partnership's schools today, with how to reach them."""
    fields = ("school__current__name", "school__current__urn", "person__name", "title", "person__email", "person__phone")
    found = _contacts(partnership, viewer).annotate(title=of_post("name"), at=of_post("position"))
    rows = found.order_by("school__current__name", "at", "person__name").values_list(*fields, named=True)
    return rows.iterator(chunk_size=2_000)


def schools_to_fill_in(partnership: Partnership, *, viewer: Standing) -> Iterator[Any]:
    """Every school of the partnership with its URN, by name: the lines of the sheet to fill in."""
    rows = _belonging(partnership, viewer).order_by("school__current__name")
    return rows.values_list("school__current__urn", "school__current__name", named=True).iterator(chunk_size=2_000)


@dataclass(frozen=True)
class September:
    """How a school stands in the check of an academic year: who confirmed it when, or whether it is asked to."""

    by: str = ""
    at: datetime | None = None
    is_asked: bool = False


def september_of(school: School, *, partnership: Partnership, viewer: Standing) -> September:
    """Whether a school has confirmed its people this academic year, or is to: one query."""
    today = clock.today()
    checks, found = _checks(today), _belonging(partnership, viewer).filter(school=school)
    said = {"by": Subquery(checks.values("confirmed_by__name")), "at": Subquery(checks.values("confirmed_at"))}
    theirs = Role.objects.filter(
        person=OuterRef("confirmed_by"), school=OuterRef("school"), from_on__lte=OuterRef("confirmed_at__date")
    )
    said["at_school"] = Subquery(checks.annotate(theirs=Exists(theirs)).values("theirs"))
    row = found.annotate(**said).values_list("by", "at", "at_school", named=True).first()
    if row and row.at:
        return September((row.by if row.at_school else f"{row.by} (the office)") if row.by else "the office", row.at)
    return September(is_asked=is_september_check_asked(today) and _asked(found, today).exists())


class ConfirmedRow(NamedTuple):
    """Somebody who was confirmed in a post, and since when they have left it, or until when they hold it."""

    name: str
    title: str
    until_on: date | None


A_PRESS = timedelta(minutes=1)  # what a check itself ends at once, it ends within it


def confirmed_at(school: School, moment: datetime, *, viewer: Standing) -> list[ConfirmedRow]:
    """Who held which post in a school when that was confirmed, in the order of posts."""
    on = day_of(moment)
    roles = Role.objects.visible_to(viewer).filter(school=school, from_on__lte=on)
    roles = roles.filter(Q(ended_at=None) | Q(ended_at__gt=moment + A_PRESS), Q(until_on=None) | Q(until_on__gte=on))
    named = roles.annotate(title=of_post("name"), at=of_post("position")).order_by("at", "title", "person__name", "pk")
    return [ConfirmedRow(*row) for row in named.values_list("person__name", "title", "until_on")]


@dataclass(frozen=True)
class SeptemberCount:
    """Of an academic year: how many schools have confirmed their people, of how many that are asked to."""

    year: AcademicYear
    confirmed: int
    asked: int


def september_count(partnership: Partnership, *, viewer: Standing) -> SeptemberCount:
    """How far a partnership's September check is: one query."""
    today = clock.today()
    asked = _asked(_belonging(partnership, viewer), today).annotate(is_done=Exists(_checks(today)))
    return SeptemberCount(academic_year_of(today), **asked.aggregate(confirmed=Count("pk", Q(is_done=True)), asked=Count("pk")))


def unconfirmed(memberships: Any, on: date) -> Any:
    """Those memberships whose school is asked to confirm its people in the academic year of that day, and has not."""
    return _asked(memberships, on).filter(~Exists(_checks(on)))


def schools_unconfirmed(partnership: Partnership, *, viewer: Standing) -> list[School]:
    """The schools that are asked to confirm their people this year, and have not."""
    rows = unconfirmed(_belonging(partnership, viewer), clock.today())
    return list(School.objects.filter(pk__in=rows.values("school")).select_related("current").order_by("pk"))


def with_schools_unconfirmed(*, viewer: Standing) -> list[Partnership]:
    """The partnerships that have such schools, while the check is asked."""
    today = clock.today()
    if not is_september_check_asked(today):
        return []
    rows = unconfirmed(Membership.objects.visible_to(viewer).current(today), today)
    return list(Partnership.objects.filter(pk__in=rows.values("partnership"), ended_on=None))


def posts_missing(partnership: Partnership, held: Sequence[HeldRow], *, viewer: Standing) -> list[PostHere]:
    """The posts that the partnership asks its schools for, and that nobody holds among those who do."""
    codes = {row.post for row in held}
    return [one for one in posts_to_choose(partnership, Level.SCHOOL, viewer=viewer) if one.code not in codes]


def _asked(memberships: Any, on: date) -> Any:
    """Schools that belong since before this September and where somebody holds a post: one only asked to join, without anybody,
    or that has just said who is there has nothing to say."""
    began = date(academic_year_of(on).start, 9, 1)
    return memberships.exclude(kind=Belonging.ASKED).filter(_has_somebody(on), from_on__lt=began)


def _has_somebody(on: date) -> Exists:
    here = Q(through=None) | Q(through=OuterRef("partnership"))
    return Exists(Role.objects.held(on).filter(here, school=OuterRef("school")))


def _checks(on: date) -> QuerySet[SeptemberCheck]:
    """What the school of a membership has confirmed in the academic year of that day."""
    year = academic_year_of(on).start
    return SeptemberCheck.objects.filter(year=year, partnership=OuterRef("partnership"), school=OuterRef("school"))
