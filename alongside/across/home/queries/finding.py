"""One search over everything that the viewer may see: each app's matches, joined into one question, and the schools."""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import LABELS, Post, Standing
from alongside.ground.search.rules import nearness
from alongside.members.membership.models import Question
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Person, Role
from alongside.members.schools.queries import schools
from alongside.money.invoices.models.invoices import Invoice

SHOWN, MOST_WORDS = 8, 6
GROUPS = {
    "school": "Schools",
    "person": "People",
    "partnership": "Partnerships",
    "invoice": "Invoices",
    "question": "Questions and answers",
    "asked": "Questions and answers",
    "replied": "Questions and answers",
    "notice": "Messages sent",
}
Part = QuerySet[Any]


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

    @property
    def count(self) -> int:
        """How many are shown."""
        return sum(len(hits) for hits in self.groups.values())


def found_for(words: str, *, viewer: Standing) -> SearchFound:
    """Everything that the words find and the viewer may see, group by group; nothing for nobody or for no words."""
    wanted = [word for word in re.split(r"[^\w]+", words) if word][:MOST_WORDS]
    if not wanted or viewer.is_visitor or all(len(word) < 2 for word in wanted):
        return SearchFound()
    parts = [part for matches in MATCHES for part in matches(wanted, viewer=viewer)]
    nearest = partial(nearness, words=words)
    rows = list(parts[0].union(*parts[1:], all=True))
    groups: dict[str, list[Hit]] = {name: [] for name in GROUPS.values()}
    is_invented = any(kind == "invented" for kind, *_ in rows)
    groups["Schools"] = [
        Hit(one.name, ", ".join(filter(None, [one.phase_in_words, one.town])), reverse("home:school", args=[one.urn]))
        for one in schools.find_schools(words, viewer=viewer, limit=SHOWN + 1, invented=is_invented)
    ]
    for kind, title, detail, slug, key, extra in sorted(rows, key=lambda row: (nearest(row[1] or ""), (row[1] or "").lower())):
        if kind in GROUPS:
            groups[GROUPS[kind]].append(Hit(title, *_said(kind, detail, slug, key, extra)))
    more = frozenset(name for name, hits in groups.items() if len(hits) > SHOWN)
    return SearchFound({name: hits[:SHOWN] for name, hits in groups.items() if hits}, more)


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
    ties = (
        Membership.objects.visible_to(viewer)
        .current(today)
        .filter(school=OuterRef("school"), partnership__in=viewer.partnerships)
    )
    slug = Subquery(ties.order_by("from_on").values("partnership__slug")[:1])
    in_schools, in_offices = roles.filter(school__isnull=False), roles.filter(partnership__isnull=False)
    said = {"title": "person__name", "extra": "post"}
    return [
        _part(in_schools, "person", wanted, **said, detail="school__current__name", slug=slug, key="school__current__urn"),
        _part(in_offices, "person", wanted, **said, detail="partnership__name", slug="partnership__slug"),
    ]


def invoices_matching(wanted: list[str], *, viewer: Standing) -> list[Part]:
    """Invoices by number, or by school."""
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
    """What the office sent, by its subject."""
    rows = _with_all(Notice.objects.visible_to(viewer).filter(partnership__isnull=False), wanted, "subject")
    return [_part(rows, "notice", wanted, title="subject", detail="to", slug="partnership__slug", key="pk")]


MATCHES = [partnerships_matching, people_matching, invoices_matching, questions_matching, notices_matching]


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


def _said(kind: str, detail: str, slug: str, key: str, extra: str) -> tuple[str, str]:
    """The second line and the address of one hit."""
    match kind:
        case "person":
            page = ("people:school", {"slug": slug, "urn": key}) if key and slug else ("home:overview", {"slug": slug})
            return f"{LABELS[Post(extra)]}, {detail}", reverse(page[0], kwargs=page[1]) if slug else ""
        case "partnership":
            return detail, reverse("home:overview", args=[slug])
        case "invoice":
            return detail, reverse("invoices:invoice", args=[slug, key])
        case "asked":
            return detail, reverse("membership:question", args=[slug, key])
        case "question":
            return detail, reverse("membership:answer", args=[slug, key])
        case "replied":
            return "Published with its answer", reverse("membership:prospectus", args=[slug])
    return f"To {detail}", reverse("notices:show", args=[slug, key])
