"""One search over everything that the viewer may see: each app's matches, joined into one question, and the schools."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from alongside.across.home.queries.ways import is_for, places_for
from alongside.across.home.rules.search import nearness_of_page
from alongside.ground.core import clock
from alongside.ground.core.declaration import Door
from alongside.ground.core.standing import Standing
from alongside.ground.search.rules.nearness import nearness
from alongside.ground.search.rules.writing import fold, fold_all
from alongside.ground.web import declared
from alongside.members.membership.models import Question
from alongside.members.notices.models import Notice
from alongside.members.partnerships.middleware import Frame
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Person, Role
from alongside.members.posts.queries import of_post
from alongside.members.schools.queries import schools
from alongside.members.schools.rules import trusts_called
from alongside.members.whoswho.queries import colleagues_in, homes_of
from alongside.members.whoswho.rules import BESIDE
from alongside.money.invoices.models.invoices import Invoice

SHOWN, MOST_WORDS = 8, 6
PARTS_OF_A_NUMBER = re.compile(r"\d+|[^\W\d]+")
Part = QuerySet[Any]


class HitKind(NamedTuple):
    """A kind of thing that is found: its group, the second line of a hit, its page, and the keyword that takes its key."""

    group: str
    detail: str = "{detail}"
    page: str = "home:overview"
    key: str = ""


KINDS = {
    "at school": HitKind("People", "{post}, {detail}", "people:school", "urn"),
    "in office": HitKind("People", "{post}, {detail}"),
    "colleague": HitKind("People", "{post}, {detail}", "whoswho:whos_who", "q"),
    "partnership": HitKind("Partnerships"),
    "invoice": HitKind("Invoices", page="invoices:invoice", key="number"),
    "question": HitKind("Questions and answers", page="membership:answer", key="urn"),
    "asked": HitKind("Questions and answers", page="membership:question", key="key"),
    "replied": HitKind("Questions and answers", "Published with its answer", "membership:prospectus"),
    "notice": HitKind("Messages sent", "To {detail}", "notices:show", "key"),
}
GROUPS = ("Pages", "Schools", "Trusts", *dict.fromkeys(kind.group for kind in KINDS.values()))


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, what it is, and its address."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True)
class SearchFound:
    """What was found, in groups; `more` names the groups of which only the first are shown."""

    groups: dict[str, list[Hit]] = field(default_factory=dict)
    more: frozenset[str] = frozenset()


def found_for(words: str, frame: Frame | None = None, *, viewer: Standing) -> SearchFound:
    """Everything that the words find and the viewer may see, group by group: pages first, one's own and those of the
    partnership in whose frame one is. Nothing for nobody or for no words; for one letter nothing but pages."""
    wanted = [word for word in re.split(r"[^\w]+", words) if word][:MOST_WORDS]
    if not wanted or viewer.is_visitor:
        return SearchFound()
    groups: dict[str, list[Hit]] = {name: [] for name in GROUPS}
    groups["Pages"] = pages_matching(words, frame, viewer=viewer)
    if any(len(word) > 1 for word in wanted):
        _fill(groups, words, wanted, viewer)
    more = frozenset(name for name, hits in groups.items() if len(hits) > SHOWN)
    return SearchFound({name: hits[:SHOWN] for name, hits in groups.items() if hits}, more)


def _fill(groups: dict[str, list[Hit]], words: str, wanted: list[str], viewer: Standing) -> None:
    """What is kept, of all rooms in one question to the database, and the schools in another."""
    parts = [part for matches in MATCHES for part in matches(wanted, viewer=viewer)]
    rows = list(parts[0].union(*parts[1:], all=True))
    is_invented = any(name == "invented" for name, *_ in rows)
    found = schools.find_schools(words, viewer=viewer, limit=SHOWN + 1, invented=is_invented)
    groups["Schools"] = [
        Hit(
            one.name,
            ", ".join(filter(None, [one.not_open_since, one.phase_in_words, one.town])),
            reverse("home:school", args=[one.urn]),
        )
        for one in found
    ]
    trusts = trusts_called(words, found)
    groups["Trusts"] = [Hit(name, "Its schools and a map", reverse("schools:trust", args=[uid])) for uid, name in trusts]
    for name, title, detail, slug, key, post in sorted(rows, key=lambda row: (nearness(row[1], words), row[1].lower())):
        if kind := KINDS.get(name):
            said = kind.detail.format(detail=detail, post=post or "")
            address = {"slug": slug, kind.key: key} if kind.key and kind.key != "q" else {"slug": slug}
            asked = f"?{urlencode({'q': key})}" if kind.key == "q" else ""
            hit = Hit(title, said, reverse(kind.page, kwargs=address) + asked if slug else "")
            if (title, said) not in {(one.title, one.detail) for one in groups[kind.group]}:  # seen in two ways, told once
                groups[kind.group].append(hit)


def pages_matching(words: str, frame: Frame | None, *, viewer: Standing) -> list[Hit]:
    """The places and tasks of a partnership and the viewer's own pages that the words name, once each, the nearest first."""
    own = ((Hit(one.label, one.about, reverse(one.page)), one.about) for one in declared.own_pages())
    wanted, found = fold(words).split(), dict[str, tuple[int, Hit]]()
    for hit, about in [*(_pages_of(frame, viewer) if frame else ()), *own]:
        near = nearness_of_page(wanted, *fold_all([hit.title, hit.detail, about])) if wanted else None
        if near is not None and (hit.href not in found or near < found[hit.href][0]):
            found[hit.href] = near, hit
    return [hit for _, hit in sorted(found.values(), key=lambda one: one[0])]


def _pages_of(frame: Frame, viewer: Standing) -> Iterator[tuple[Hit, str]]:
    """Each page with what is said of itself: of a task stands nothing but its place."""
    for place in chain.from_iterable(places_for(door, partnership=frame.partnership, viewer=viewer) for door in Door):
        yield Hit(place.label, place.about, reverse(place.page, args=[frame.slug])), place.about
        for task in place.tasks:
            if is_for(task.page, frame.partnership, viewer):
                yield Hit(task.words, place.label, reverse(task.page, args=[frame.slug])), ""


def partnerships_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """The viewer's partnerships by name or area; and whether they live among invented schools."""
    mine = Partnership.objects.visible_to(viewer).filter(ended_on=None)
    return [
        _part(_with_all(mine, wanted, "name", "area"), "partnership", wanted, title="name", detail="area", slug="slug"),
        _part(mine.filter(is_invented=True), "invented", wanted, title="slug"),
    ]


def people_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """People by name who hold a post today that the viewer may see."""
    today = clock.today()
    # the name is looked up for each role in reach: joined, it would be looked for among everybody in the country
    name = Subquery(Person.objects.filter(pk=OuterRef("person")).values("name")[:1])
    roles = _with_all(Role.objects.near(viewer).visible_to(viewer).held(today).annotate(called=name), wanted, "called")
    ties = Membership.objects.visible_to(viewer).current(today).filter(school=OuterRef("school"))
    ties = ties.filter(partnership__in=viewer.partnerships)
    slug = Subquery(ties.order_by("from_on").values("partnership__slug")[:1])
    in_schools, in_offices = roles.filter(school__isnull=False), roles.filter(partnership__isnull=False)
    said = {"title": "person__name", "extra": of_post("name")}
    return [
        _part(in_schools, "at school", wanted, **said, detail="school__current__name", slug=slug, key="school__current__urn"),
        _part(in_offices, "in office", wanted, **said, detail="partnership__name", slug="partnership__slug"),
    ]


def colleagues_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """Who holds a post in the other schools of the viewer's partnerships, by post, school, trust and name: one word at least
    tells the post or the person."""
    telling = [word for word in wanted if word.lower() not in BESIDE]
    homes = homes_of(viewer)
    if not telling or not homes:
        return []
    known = {"called": F("person__name"), "post_named": of_post("name"), "also": of_post("also")}
    where = ("school__current__name", "school__current__trust_name")
    rows = _with_all(colleagues_in(homes).filter(school__isnull=False).annotate(**known), telling, *known, *where)
    of_them = [Q((f"{name}__icontains", word)) for word in telling for name in known]
    rows = rows.filter(reduce(or_, of_them))
    here = Membership.objects.current(clock.today()).exclude(kind=Belonging.ASKED).filter(school=OuterRef("school"))
    slug = Subquery(here.filter(partnership__in=homes).order_by("from_on").values("partnership__slug")[:1])
    said = {"title": "person__name", "detail": "school__current__name", "key": "person__name", "extra": of_post("name")}
    return [_part(rows, "colleague", telling, **said, slug=slug)]


def invoices_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """Invoices by number, with its noughts or without ("elp21"), or by school."""
    wanted = [part for word in wanted for part in PARTS_OF_A_NUMBER.findall(word)]
    rows = _with_all(Invoice.objects.visible_to(viewer), wanted, "reference", "school_name", "host_number")
    return [_part(rows, "invoice", wanted, title="reference", detail="school_name", slug="partnership__slug", key="reference")]


def questions_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """Questions: the office's, those of one's own schools, and those that were published with their answers."""
    rows = Question.objects.visible_to(viewer).filter(partnership__in=viewer.partnerships)
    seen = _with_all(rows, wanted, "words", "reply", "school__current__name")
    public = Question.objects.filter(partnership__in=viewer.partnerships - viewer.offices, is_public=True)
    own = seen.filter(school__in=viewer.schools).exclude(partnership__in=viewer.offices)
    told = _with_all(public.exclude(school__in=viewer.schools), wanted, "public_words", "reply")
    asked = {"title": "words", "detail": "school__current__name", "slug": "partnership__slug"}
    return [
        _part(seen.filter(partnership__in=viewer.offices), "asked", wanted, **asked, key="pk"),
        _part(own, "question", wanted, **asked, key="school__current__urn"),
        _part(told, "replied", wanted, title="public_words", slug="partnership__slug"),
    ]


def notices_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """What the office sent, by its subject; about money where it may be shown."""
    seen = Notice.objects.visible_to(viewer).filter(partnership__isnull=False)
    if not viewer.sees_money_of():
        seen = seen.exclude(kind__in=declared.about_money(), partnership__in=viewer.offices)
    rows = _with_all(seen, wanted, "subject")
    return [_part(rows, "notice", wanted, title="subject", detail="to", slug="partnership__slug", key="pk")]


MATCHES = [partnerships_matching, people_matching, colleagues_matching, invoices_matching, questions_matching, notices_matching]


def _with_all(rows: Part, wanted: list[str], *columns: str) -> Part:
    for word in wanted:
        rows = rows.filter(Q(*[(f"{column}__icontains", word) for column in columns], _connector=Q.OR))
    return rows


def _part(rows: Part, kind: str, wanted: list[str], **columns: Any) -> Part:
    """The nearest of the rows in the shape that all parts share; a compound query takes no limit but in a part's own filter."""
    title, words = columns["title"], " ".join(wanted)
    begins, holds = When(**{f"{title}__istartswith": words}, then=0), When(**{f"{title}__icontains": f" {words}"}, then=1)
    nearest = rows.order_by(Case(begins, holds, default=2), title, "pk")
    few = rows.model._default_manager.filter(pk__in=nearest.values("pk")[: SHOWN + 1])
    text = CharField()
    cells = [Cast(columns.get(name, Value("")), text) for name in ("title", "detail", "slug", "key", "extra")]
    return few.order_by().values_list(Value(kind, text), *cells)
