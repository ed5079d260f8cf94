"""What is asked of people on bodies, what they stated, what bodies know together, and who has many hats."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from alongside.deciding.bodies.models import Body, Check, Delegated, Holder, HolderEntry, SkillAnswer, Tenure
from alongside.deciding.bodies.queries.composition import composition
from alongside.deciding.bodies.rules.holding import why_address_stays
from alongside.deciding.bodies.rules.kinds import BodySettings, Deputy, Duty
from alongside.deciding.bodies.rules.people import (
    ASKED_AHEAD,
    GIAS,
    CheckKind,
    EntryKind,
    Hat,
    Load,
    is_added_since,
    many_hats,
    published_since,
    skills_held,
)
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.words import plural, short_date
from alongside.ground.web.needs import as_dates, as_needs
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.models import Person, Role, SignIn
from alongside.members.posts.queries import of_post
from alongside.members.whoswho.queries import colleagues_in

REMINDED = timedelta(days=14)
HOME, BODY = ("partnership__slug", "partnership__name"), "tenure__seat__body"
STANDS = Q(tenure__is_struck=False, is_needed=True)


def waiting(on: date) -> Q:
    """What is still to be seen to: not done, or the yearly word on interests that falls due again, of who still sits there."""
    again = Q(kind=CheckKind.INTERESTS, due_on__lte=on + ASKED_AHEAD)
    lasts = Q(tenure__until_on=None) | Q(tenure__until_on__gte=on)
    return STANDS & (Q(done_on=None) | again) & (lasts | Q(kind=CheckKind.GIAS_END))


def bodies_of_holder(holder: Holder, *, viewer: Standing) -> frozenset[str]:
    """The bodies on which somebody sits, or is to sit, whoever asks: permissions weigh it."""
    return frozenset(Tenure.objects.lasting(clock.today()).filter(holder=holder).values_list("seat__body", flat=True))


def why_address_is_kept(holder: Holder, *, viewer: Standing) -> str:
    """Why the address of somebody on a body is not entered there: they have used it, or have it by a post. At most one query."""
    if not holder.person:
        return ""
    used = Q(last_login__isnull=False) | Exists(SignIn.objects.filter(person=OuterRef("pk")))
    posts = Exists(Role.objects.filter(person=OuterRef("pk")))
    rows = Person.objects.filter(pk=holder.person).annotate(posts=posts, used=Case(When(used, then=True), default=False))
    return why_address_stays(True, *rows.values_list("used", "posts").get())


def tenures_of_holder(holder: Holder, *, viewer: Standing) -> list[Tenure]:
    """The seats that somebody holds or held, the latest first."""
    rows = Tenure.objects.visible_to(viewer).filter(holder=holder, is_struck=False).select_related("seat__body")
    return list(rows.order_by("-from_on", "pk"))


def own_holder(partnership: Partnership, *, viewer: Standing) -> Holder | None:
    """The viewer, as who they are on the bodies of a partnership; nothing where they sit on none by a seat."""
    return Holder.objects.filter(partnership=partnership, person=viewer.person or "-").first()


def checks_for(rows: QuerySet[Check], *, viewer: Standing) -> list[Check]:
    """What is asked of somebody, or on a body, in the order in which it falls due; the done last."""
    seen = rows.filter(pk__in=Check.objects.visible_to(viewer), tenure__is_struck=False)
    order = (F("done_on").asc(nulls_first=True), "-is_needed", "due_on", "pk")
    return list(seen.select_related("tenure__seat__body", "tenure__holder").order_by(*order))


def open_checks(body: Body, *, viewer: Standing) -> tuple[list[Check], list[Check]]:
    """What is still to be seen to on a body, and what is so only later (the end of a term that runs on): the first to fall due
    before the others; nothing any more of who has left, but their end."""
    rows = Check.objects.visible_to(viewer).filter(waiting(clock.today()), tenure__seat__body=body)
    found = list(rows.select_related("tenure__seat__body", "tenure__holder").order_by("due_on", "tenure__holder__name", "pk"))
    later = [one for one in found if one.kind == CheckKind.GIAS_END and one.due_on > clock.today() + REMINDED]
    return [one for one in found if one not in later], later


def entries_of(holder: Holder, *, viewer: Standing) -> list[HolderEntry]:
    """The interests and the training of somebody, the latest first."""
    return list(
        HolderEntry.objects.visible_to(viewer).filter(holder=holder).order_by(F("until_on").desc(nulls_first=True), "-from_on")
    )


class Stated(NamedTuple):
    """What somebody on a body stated: their seats, interests, when they last gave their word that it is all, and how many they
    have added since."""

    holder: Holder
    seats: list[str]
    interests: list[str]
    confirmed_on: date | None
    added: int = 0

    @property
    def since(self) -> str:
        """'1 added since, not confirmed yet', where there is something."""
        return f"{self.added} added since, not confirmed yet" if self.added else ""


class WhoLeft(NamedTuple):
    """Who left a body: the seat, from when until when, and their interests of the last twelve months."""

    name: str
    seat: str
    from_on: date
    until_on: date
    interests: list[str]


def register_of(body: Body, on: date, *, viewer: Standing) -> list[Stated]:
    """The register of interests of a body on a day, by name; whether the viewer may read it has been asked: two queries."""
    return _register(body, on, on)[0]


def register_and_left(
    body: Body, on: date, *, tenures: Sequence[Tenure] | None = None, viewer: Standing
) -> tuple[list[Stated], list[WhoLeft]]:
    """The register of interests of a body as it is published on a day: by name, and who left in the twelve months before, the
    latest first, with what was an interest in these months; whether the viewer may read it has been asked: two queries, one where
    its `tenures` are known already."""
    return _register(body, on, published_since(on), tenures)


def served_lately(body: Body, on: date, since: date | None = None, *, viewer: Standing) -> list[Tenure]:
    """Everybody who served on a body since a day (twelve months before), or is to, each with the last word that was `given` on
    their interests, and its moment; whoever asks: one query."""
    said = HolderEntry.objects.filter(holder=OuterRef("holder"), kind=EntryKind.WORD, from_on__lte=on).order_by("-from_on")
    lately = Q(until_on=None) | Q(until_on__gte=since or published_since(on))
    rows: Any = Tenure.objects.filter(lately, seat__body=body, is_struck=False).select_related("holder", "seat")
    words = {"given": Subquery(said.values("from_on")[:1]), "given_at": Subquery(said.values("entered_at")[:1])}
    return list(rows.annotate(**words).order_by("seat__position"))


def _register(body: Body, on: date, since: date, known: Sequence[Tenure] | None = None) -> tuple[list[Stated], list[WhoLeft]]:
    """The register on a day, with the interests that had not ended before the other day, and who left since then."""
    lately = Q(until_on=None) | Q(until_on__gte=since)
    served: Any = served_lately(body, on, since, viewer=Standing.system()) if known is None else known
    tenures = [one for one in served if one.from_on <= on and one.seat.duty != Duty.CLERK]
    by_holder: dict[str, tuple[Holder, date | None, list[str]]] = {}
    held = [one for one in tenures if one.until_on is None or one.until_on >= on]
    for one in held:
        acting = " (acting)" if one.is_acting else ""
        by_holder.setdefault(one.holder_id, (one.holder, one.given, []))[2].append(one.seat.title + acting)
    words: dict[str, list[str]] = defaultdict(list)
    given, added = {one.holder_id: (one.given, one.given_at) for one in tenures if one.given}, Counter[str]()
    everybody = {one.holder_id for one in tenures}
    entries = HolderEntry.objects.filter(lately, holder__in=everybody, kind=EntryKind.INTEREST, from_on__lte=on)
    for entry in entries.order_by("from_on"):
        ended = entry.until_on if entry.until_on and entry.until_on <= on else None
        words[entry.holder_id].append(f"{entry.words} (until {short_date(ended)})" if ended else entry.words)
        if entry.holder_id in given:
            added[entry.holder_id] += is_added_since(entry.from_on, entry.entered_at, *given[entry.holder_id])
    stated = [Stated(holder, seats, words[key], on_day, added[key]) for key, (holder, on_day, seats) in by_holder.items()]
    still = {one.holder_id for one in held}  # also by another seat: who acted on one, and holds their own, has not left
    gone = [one for one in tenures if one.holder_id not in still]
    left = [WhoLeft(one.holder.name, one.seat.title, one.from_on, one.until_on, words[one.holder_id]) for one in gone]
    by_name = sorted(stated, key=lambda row: row.holder.name.casefold())
    return by_name, sorted(left, key=lambda row: (-row.until_on.toordinal(), row.name))


def training_of(body: Body, *, viewer: Standing) -> list[HolderEntry]:
    """The training of everybody who sits on a body today, by name, the latest first: one query."""
    here = Tenure.objects.on(clock.today()).filter(seat__body=body).values("holder")
    rows = HolderEntry.objects.visible_to(viewer).filter(holder__in=here, kind=EntryKind.TRAINING)
    return list(rows.select_related("holder").order_by("holder__name", "-from_on", "pk"))


def skills_of(body: Body, *, viewer: Standing) -> tuple[list[tuple[str, int]], int, int]:
    """(skills with how many bring them, the fewest first; how many have answered; how many sit there): nobody's own answer."""
    people = {one.person for one in composition(body, viewer=viewer).sitting if one.person}
    said = SkillAnswer.objects.filter(partnership=body.partnership_id, person__in=people)
    given, skills = list(said.values_list("levels", flat=True)), settings_of(body.partnership, BodySettings).skills
    return skills_held(skills, given), len(given), len(people)


def own_skills(partnership: Partnership, *, viewer: Standing) -> dict[str, str]:
    """What the viewer said of their own skills."""
    said = SkillAnswer.objects.visible_to(viewer).filter(partnership=partnership, person=viewer.person or "-").first()
    return said.levels if said else {}


def load_of(partnership: Partnership, *, viewer: Standing) -> list[Load]:
    """Who has many hats in a partnership, those for which nobody stands in first: three queries, and those of each body with
    seats by post."""
    rows: Any = colleagues_in([partnership.pk]).annotate(title=of_post("name"))
    fields = ("person_id", "person__name", "title", "school_id", "school__current__name")
    held = [(*row[:3], row[3] or "", row[4] or partnership.name) for row in rows.values_list(*fields)]
    there: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person, _, title, school, _ in held:
        for of in {(school, title), *([(school, "")] if not school or title == "Deputy headteacher" else [])}:
            there[of].add(person)
    people: dict[str, tuple[str, list[Hat]]] = {}
    posts: dict[tuple[str, str, str], list[tuple[str, bool]]] = defaultdict(list)
    for person, name, title, school, place in held:  # one post in seven schools is one hat
        posts[person, name, title].append((place, bool((there[school, title] | there[school, ""]) - {person})))
    for (person, name, title), places in posts.items():
        where = places[0][0] if len(places) == 1 else plural(len(places), "school")
        people.setdefault(person, (name, []))[1].append(Hat(f"{title}, {where}", all(covered for _, covered in places)))
    seats = Tenure.objects.on(clock.today()).filter(partnership=partnership).select_related("seat__body", "holder")
    for one in seats:
        words = f"{one.seat.title}, {one.seat.body.name}"
        person = one.holder.person or one.holder_id
        people.setdefault(person, (one.holder.name, []))[1].append(Hat(words, one.seat.deputy != Deputy.NONE))
    for body in Body.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None, seats__sits_by__gt="").distinct():
        for each in composition(body, viewer=viewer).sitting:
            if each.seat.sits_by:
                hat = Hat(f"{each.seat.title}, {body.name}", each.seat.deputy != Deputy.NONE)
                people.setdefault(each.person, (each.name, []))[1].append(hat)
    return many_hats(people, settings_of(partnership, BodySettings).many_hats)


def scheme_of(partnership: Partnership, on: date, *, viewer: Standing) -> list[Delegated]:
    """The scheme of delegation of a partnership on a day, by decision."""
    rows = Delegated.objects.visible_to(viewer).filter(partnership=partnership, from_on__lte=on)
    return list(rows.filter(Q(until_on=None) | Q(until_on__gte=on)).order_by("decision", "pk"))


def to_remind(on: date, *, viewer: Standing) -> list[tuple[Holder, date]]:
    """Who is to give their word on their interests within two weeks and was not reminded, with the day."""
    rows = Check.objects.visible_to(viewer).filter(waiting(on), kind=CheckKind.INTERESTS, reminded_on=None)
    due = rows.filter(due_on__lte=on + REMINDED).exclude(tenure__holder__person="")
    found = dict(due.order_by("-due_on").values_list("tenure__holder", "due_on"))
    holders = Holder.objects.select_related("partnership").in_bulk(list(found))
    return [(holders[key], day) for key, day in found.items()]


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """Oneself: one's interests, each year. Offices and clerks: what is to be entered in GIAS, and what is asked at the start."""
    rows = Check.objects.filter(waiting(on)).order_by()
    mine = rows.filter(kind=CheckKind.INTERESTS, tenure__holder__person=viewer.person or "-", due_on__lte=on + ASKED_AHEAD)
    own = mine.values("tenure__holder", *HOME).annotate(first=Min("due_on"))
    parts = [as_needs(own, "bodies.interests", key="tenure__holder", due_on="first")]
    if viewer.offices or viewer.bodies(Power.CLERK):
        kept = rows.filter(_kept(viewer), due_on__lte=on + REMINDED)
        each, people = kept.filter(kind__in=GIAS), kept.exclude(kind__in=GIAS)
        many = Count("tenure__holder", distinct=True)
        for what, of, number in (("bodies.gias", each, Count("pk")), ("bodies.checks", people, many)):
            grouped = of.values(BODY, f"{BODY}__name", *HOME).annotate(many=number, first=Min("due_on"))
            parts.append(as_needs(grouped, what, key=BODY, label=f"{BODY}__name", number="many", due_on="first"))
    return parts


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """When terms end, for who holds the seat, the clerk and the office; and by when GIAS is to know of a change."""
    own = Q(holder__person=viewer.person or "-")
    ends = Tenure.objects.filter(own | _kept(viewer, ""), is_struck=False, until_on__range=(start, end))
    said = Concat("holder__name", Value(", "), "seat__title", Value(", "), "seat__body__name")
    parts = [as_dates(ends, "bodies.term_ends", label=said, first_on="until_on")]
    if viewer.offices or viewer.bodies(Power.CLERK):
        due = Check.objects.filter(STANDS, _kept(viewer), kind__in=GIAS, due_on__range=(start, end))
        by_body = due.order_by().values(BODY, f"{BODY}__name", "due_on", *HOME)
        grouped = by_body.annotate(first=Min("pk"), many=Count("pk"), left=Count("pk", Q(done_on=None)))
        changes = Case(
            When(many=1, then=F(f"{BODY}__name")),
            default=Concat(f"{BODY}__name", Value(", "), "many", Value(" changes"), output_field=CharField()),
        )
        is_done = ExpressionWrapper(Q(left=0), BooleanField())
        parts.append(as_dates(grouped, "bodies.gias_by", key="first", label=changes, first_on="due_on", is_cancelled=is_done))
    return parts


def _kept(viewer: Standing, way: str = "tenure__") -> Q:
    """What is of one's offices, or of a body of which one is the clerk."""
    return Q(partnership__in=viewer.offices) | Q(**{f"{way}seat__body__in": viewer.bodies(Power.CLERK)})
