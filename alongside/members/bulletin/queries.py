"""The bulletin: what is in it, for whom, and what schools have done."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import BooleanField, Case, Count, DateField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.declaration import Figures
from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import HEADS, Power, Standing
from alongside.ground.core.words import listed, plural, short_date
from alongside.ground.web.mail import written
from alongside.ground.web.models import of_own_schools
from alongside.ground.web.needs import TEXT, as_dates, as_needs, figure
from alongside.members.bulletin.models import AskedOfSchool, Bulletin, Item
from alongside.members.bulletin.permissions import may_read_bulletins
from alongside.members.bulletin.rules import (
    REMINDER,
    BulletinSettings,
    ItemState,
    asked_since,
    asked_words,
    has_missed,
    is_for,
    next_goes_on,
    waiting_words,
)
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.settings import CalendarSettings, Nation
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.office import written_today
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belonging, settings_of_two
from alongside.members.people.models import Role
from alongside.members.people.queries.schools import posts_in
from alongside.members.whoswho.models import Cluster

HOME = {"slug": "partnership__slug", "partnership": "partnership__name"}
OPEN = (ItemState.PROPOSED, ItemState.APPROVED)


class Reader(NamedTuple):
    """Somebody to whom the bulletin goes, with the post and phase by which they find their own."""

    person: str
    email: str
    name: str
    post: str
    school: str
    phase: str


def for_which_schools(partnership: Partnership, *, viewer: Standing) -> tuple[list[str], list[tuple[str, str, date | None]]]:
    """The phases that the partnership's schools have; its named clusters (id, name, until when), those that were taken away too:
    one query."""
    none, never = Value("", TEXT), Cast(Value(None), DateField())
    phases = belonging(partnership, viewer=viewer).order_by().values_list(none, Cast("school__current__phase", TEXT), never)
    clusters = Cluster.objects.visible_to(viewer).filter(partnership=partnership).order_by()
    named = clusters.values_list(Cast("pk", TEXT), Cast("name", TEXT), "ended_on")
    found = sorted(named.union(phases), key=lambda row: (row[1], row[0]))
    return [name for key, name, _ in found if not key], [row for row in found if row[0]]


def next_day(partnership: Partnership, *, viewer: Standing) -> date | None:
    """The day of the next bulletin; nothing where the partnership has none."""
    last = Bulletin.objects.visible_to(viewer).filter(partnership=partnership).order_by("-on").values_list("on", flat=True)
    return day_after(last.first(), partnership, viewer=viewer)[0]


def day_after(last: date | None, partnership: Partnership, *, viewer: Standing) -> tuple[date | None, bool]:
    """The day of the next bulletin when the last went on that day, and whether the partnership has one at all: two queries."""
    settings, counting = settings_of_two(partnership, BulletinSettings, CalendarSettings)
    if not settings.is_on:
        return None, False
    today, days = clock.today(), school_days_of(partnership, nation=Nation(counting.nation))
    return next_goes_on(today, settings.weekday, days.is_open, last == today), True


def with_items_to_go(*, viewer: Standing) -> list[Partnership]:
    """The partnerships that have something for a bulletin of today or a coming day."""
    there = _to_go(Item.objects.visible_to(viewer))
    return list(Partnership.objects.filter(pk__in=there.values("partnership"), ended_on=None))


def _to_go(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.filter(Q(by_on=None) | Q(by_on__gte=clock.today()), state=ItemState.APPROVED)


def items_open(partnership: Partnership, *, viewer: Standing) -> list[Item]:
    """What waits and what goes next: all of it for the office, their own for others."""
    found = Item.objects.visible_to(viewer).filter(partnership=partnership, state__in=OPEN)
    if not viewer.runs(partnership.pk):
        me = viewer.person or "-"
        found = found.filter(Q(author=me) | Q(author_for=me))
    return list(found.order_by("state", "sent_in_at"))


def bulletins_of(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """The bulletins that went, newest first, with how many items each had."""
    return Bulletin.objects.visible_to(viewer).filter(partnership=partnership).annotate(many=Count("items")).order_by("-on")


def items_for(bulletin: Bulletin, *, viewer: Standing) -> list[Item]:
    """What a bulletin holds for the viewer: all of it for the office."""
    return list(Item.objects.visible_to(viewer).filter(bulletin=bulletin).order_by("by_on", "sent_in_at"))


def readers_of(partnership: Partnership, *, viewer: Standing) -> list[Reader]:
    """Everybody with an address who holds a post in a member school today, or in the office: one query."""
    roles = posts_in([partnership.pk]) & Role.objects.visible_to(viewer)
    rows = roles.filter(person__email__isnull=False).order_by("person_id", "from_on")
    fields = ("person_id", "person__email", "person__name", "post", "school_id", "school__current__phase")
    return [Reader(*(cell or "" for cell in row)) for row in rows.values_list(*fields)]


@dataclass(frozen=True)
class Answers:
    """How a request stands: the schools that have done it, and those that have not."""

    done: list[AskedOfSchool]
    open: list[AskedOfSchool]


def answers_to(item: Item, *, viewer: Standing) -> Answers:
    """Which schools have done what an item asks, as far as the viewer sees."""
    found = list(asked_schools(item, viewer=viewer))
    return Answers([one for one in found if one.done_at], [one for one in found if not one.done_at])


def asked_schools(item: Item, *, viewer: Standing) -> QuerySet[AskedOfSchool]:
    """The schools of which an item asks something, by name."""
    rows = AskedOfSchool.objects.visible_to(viewer).filter(item=item).select_related("item", "school__current")
    return rows.order_by("school__current__name", "pk")


@dataclass(frozen=True)
class RequestReminder:
    """Whom a reminder of a request reaches: each head with those of their schools that have not answered, and the mail as the
    first of them reads it; the schools in which no head can be written to; whether they were reminded today."""

    people: list[tuple[Reader, list[str]]]
    unreached: list[str]
    mail: tuple[str, str] | None
    is_told: bool

    @property
    def shown(self) -> OnPage:
        """What the page before the button shows."""
        many = plural(len(self.people), "head")
        return OnPage(
            f"{many} who would get it", {"whose school has not answered": [(one.person, of) for one, of in self.people]}
        )


def to_remind(item: Item, *, viewer: Standing) -> RequestReminder:
    """The heads of the schools that have not answered a request, by name."""
    open_now = {one.school_id: one.school.name for one in answers_to(item, viewer=viewer).open}
    found: dict[str, tuple[Reader, list[str]]] = {}
    reached = set()
    for one in readers_of(item.partnership, viewer=viewer):
        if one.post in HEADS and one.school in open_now and one.school not in reached:
            found.setdefault(one.person, (one, []))[1].append(open_now[one.school])
            reached.add(one.school)
    people = sorted(found.values(), key=lambda row: row[0].name)
    first = reminder_words(item, people[0][1]) | {"addressee": people[0][0].name} if people else None
    mail = written(REMINDER, first | {"contact": item.partnership.contact_email}) if first else None
    unreached = [name for key, name in open_now.items() if key not in reached]
    return RequestReminder(people, unreached, mail, written_today(REMINDER, item.pk, viewer=viewer))


def reminder_words(item: Item, schools: list[str]) -> dict[str, Any]:
    """What the template of a reminder takes, for somebody whose schools those are."""
    told = _in_the_mail(item, item.partnership, clock.today(), None)
    return {"item": told, "schools": listed(schools), "partnership": item.partnership.name}


def wanted_of(partnership: Partnership, *, viewer: Standing) -> QuerySet[AskedOfSchool]:
    """What is still wanted of the viewer's schools in a partnership, soonest first."""
    rows = _mine(viewer).filter(partnership=partnership)
    return rows.select_related("item", "school__current").order_by("by_on", "pk")


def asked_of_mine(item: Item, *, viewer: Standing) -> list[AskedOfSchool]:
    """What an item asks of each of the viewer's own schools, while it is asked."""
    rows = AskedOfSchool.objects.visible_to(viewer).filter(item=item, item__state=ItemState.SENT, school__in=viewer.schools)
    return list(rows.select_related("school__current").order_by("school__current__name"))


def _mine(viewer: Standing) -> QuerySet[AskedOfSchool]:
    """What is still wanted of the viewer's own schools, and not long past."""
    return _asked(viewer).filter(done_at=None, by_on__gte=asked_since(clock.today()))


def _asked(viewer: Standing) -> QuerySet[AskedOfSchool]:
    """What is asked of the viewer's own schools: of their post, or of anybody where they keep the school's dates."""
    rows = AskedOfSchool.objects.visible_to(viewer).filter(item__state=ItemState.SENT, partnership__in=viewer.homes)
    mine = [
        Q(school=role.school) & (Q(item__posts="") | Q(item__posts__contains=f",{role.post},"))
        for role in sorted(viewer.roles, key=lambda role: (role.school or "", role.post, role.through or ""))
        if role.school
    ]
    return rows.filter(reduce(or_, mine, of_own_schools(viewer.by(Power.DATES)))) if mine else rows.none()


@dataclass(frozen=True)
class BurdenRow:
    """What was asked of one school in a year: how many requests, how many minutes, how many are done."""

    school: str
    requests: int
    minutes: int
    done: int


def burden(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[BurdenRow]:
    """What was asked of each school in an academic year, by the schools' names: what was taken back does not count."""
    rows = AskedOfSchool.objects.visible_to(viewer).filter(partnership=partnership, by_on__range=(year.first_on, year.last_on))
    counted = rows.exclude(item__state=ItemState.WITHDRAWN).values("school", "school__current__name")
    found = counted.annotate(requests=Count("pk"), took=Sum("minutes"), done=Count("pk", filter=Q(done_at__isnull=False)))
    fields = ("school__current__name", "requests", "took", "done")
    return [BurdenRow(*row) for row in found.order_by("school__current__name").values_list(*fields)]


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """What is wanted of one's schools; for the office, what waits to be let through, and what was taken and missed its day."""
    parts: list[QuerySet[Any]] = []
    if viewer.schools:
        said = {**HOME, "key": "item_id", "label": "item__title", "number": "minutes"}
        parts.append(as_needs(_mine(viewer), "bulletin.wanted", **said, due_on="by_on"))
    if viewer.offices:
        theirs = Item.objects.visible_to(viewer).filter(partnership__in=viewer.offices)
        waits, missed = Q(state=ItemState.PROPOSED), Q(state=ItemState.APPROVED, by_on__lt=on)
        office = {"slug": "slug", "partnership": "name", "number": Count("bulletin_items")}
        parts.append(as_needs(_offices_of(theirs.filter(waits)), "bulletin.proposed", **office))
        parts.append(as_needs(_offices_of(theirs.filter(missed)), "bulletin.missed", **office))
    return parts


def _offices_of(items: QuerySet[Item]) -> QuerySet[Any]:
    """The partnerships of those items, with these alone to count."""
    return Partnership.objects.filter(bulletin_items__in=items.values("pk")).values("pk")


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """The days by which something is wanted of one's schools; what all of them have done stays, as done."""
    rows = _asked(viewer).filter(by_on__range=(start, end)).order_by().values("item_id", "item__title", "by_on", *HOME.values())
    still = rows.annotate(still=Count("pk", filter=Q(done_at=None)))
    over = Case(When(still=0, then=Value(True)), default=Value(False), output_field=BooleanField())
    wanted = {**HOME, "key": "item_id", "label": "item__title", "first_on": "by_on", "is_cancelled": over}
    return [as_dates(still, "bulletin.wanted_by", **wanted)]


def bulletin_stands(*, partnership: Partnership, viewer: Standing) -> Figures | None:
    """How much goes next, and how much waits, in words; no place for who is only asked to join."""
    if not may_read_bulletins(viewer, partnership.pk):
        return None

    found = Item.objects.visible_to(viewer).filter(partnership=partnership)
    return Figures({"next": figure(_to_go(found)), "waits": figure(found.filter(state=ItemState.PROPOSED))}, waiting_words)


def readers_by_item(items: list[Item], readers: list[Reader]) -> dict[str, list[Item]]:
    """For each reader's id the items that are for one of their posts; the office finds all."""
    found: dict[str, dict[str, Item]] = defaultdict(dict)
    reached = [(item, item.reaches) for item in items]
    for reader in readers:
        where = {"post": reader.post, "phase": reader.phase, "school": reader.school}
        for item, schools in reached:
            if not reader.school or is_for(item.posts, item.phases, schools, **where):
                found[reader.person][item.pk] = item
    return {person: list(mine.values()) for person, mine in found.items()}


def who_gets(partnership: Partnership, items: list[Item], *, viewer: Standing) -> list[tuple[Reader, list[Item]]]:
    """Each reader of a bulletin of those items, once, with what is for them."""
    readers = readers_of(partnership, viewer=viewer)
    mine = readers_by_item(items, readers)
    return [(one, mine[one.person]) for one in {one.person: one for one in readers if one.person in mine}.values()]


def mail_words(partnership: Partnership, on: date, items: list[Item], page: str, reader: Reader) -> dict[str, Any]:
    """What the template of a reader's mail takes: requests in it are numbered where there are more, to be answered by that."""
    asked = [one.pk for one in items if one.is_request]
    numbers = {key: number for number, key in enumerate(asked, 1)} if len(asked) > 1 else {}
    return {
        "items": [_in_the_mail(one, partnership, on, numbers.get(one.pk)) for one in items], "partnership": partnership.name,
        "on": short_date(on), "count": plural(len(items), "item"), "link": settings.ADDRESS + page, "numbered": bool(numbers),
        "by_mail": bool(asked and reader.school and settings.ANSWERS_TO),
    }  # fmt: skip


def _in_the_mail(item: Item, partnership: Partnership, on: date, number: int | None) -> dict[str, Any]:
    asked = asked_words(item.by_on, item.minutes, on) if item.by_on and item.minutes else ""
    page = settings.ADDRESS + reverse("bulletin:item", args=[partnership.slug, item.pk]) if asked else ""
    return {"title": item.title, "words": item.words, "link": item.link, "asked": asked, "page": page, "number": number}


def asked_by(notice: Notice, *, viewer: Standing) -> dict[int, list[AskedOfSchool]]:
    """What a bulletin that was sent to the viewer asks of their schools, by the number that each request has in that mail: in the
    order in which it leads to them."""
    items = Item.objects.visible_to(viewer).filter(bulletin=notice.about, by_on__isnull=False).values_list("pk", flat=True)
    told = sorted((key for key in items if key in notice.body), key=notice.body.index)
    rows = list(_asked(viewer).filter(item__in=told).select_related("item__partnership", "school__current"))
    found = {number: [row for row in rows if row.item_id == key] for number, key in enumerate(told, 1)}
    return {number: mine for number, mine in found.items() if mine}


@dataclass(frozen=True)
class NextOne:
    """The next bulletin as it stands now: its items, each with how many in schools it is for; to how many it goes, of whom some
    are the office's; the member schools that nothing reaches; and the mail (subject and words) as one of them reads it."""

    items: list[tuple[Item, int]]
    readers: int
    office: int = 0
    silent: tuple[str, ...] = ()
    reader: Reader | None = None
    mail: tuple[str, str] | None = None


def next_one(partnership: Partnership, on: date, *, viewer: Standing) -> NextOne:
    """What would go on that day; the mail is that of a reader in a school for whom most of it is, the first by name."""
    found = Item.objects.visible_to(viewer).filter(partnership=partnership).select_related("cluster")
    items = [one for one in _to_go(found).order_by("by_on", "sent_in_at") if not has_missed(one.by_on, on)]
    readers = who_gets(partnership, items, viewer=viewer)
    counts = Counter(one.pk for reader, mine in readers for one in mine if reader.school)
    counted = [(one, counts[one.pk]) for one in items]
    if not readers:
        return NextOne(counted, 0)
    reader, mine = min(readers, key=lambda one: (not one[0].school, -len(one[1]), one[0].name))
    about = {"addressee": reader.name, "contact": partnership.contact_email}
    words = mail_words(partnership, on, mine, reverse("bulletin:bulletins", args=[partnership.slug]), reader)
    office, reached = sum(not one.school for one, _ in readers), {one.school for one, _ in readers}
    silent = belonging(partnership, viewer=viewer).exclude(school__in=reached).values_list("school__current__name", flat=True)
    here = sorted(str(one) for one in silent)
    return NextOne(counted, len(readers), office, tuple(here), reader, written("bulletin/bulletin.txt", words | about))
