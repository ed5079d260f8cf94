"""Lists of bodies, of seats, of everybody who sat there, and of whom a seat may be offered to."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from alongside.deciding.bodies.models import Body, Holder, Seat, Tenure
from alongside.deciding.bodies.queries.composition import Composition, SeatOn, composition, heads_on, there_on
from alongside.deciding.bodies.rules.holding import who_comes_by_post, why_not_qualified
from alongside.deciding.bodies.rules.kinds import BodySettings, Duty, Filling, SeatFor
from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web.needs import figure
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.people.queries.roles import as_held
from alongside.members.posts.queries import of_post
from alongside.members.whoswho.queries import colleagues_in

SHOWN = Q(is_public=True, ended_on=None)


class BodyRow(NamedTuple):
    """A body in the list: how many seats it has, how many are filled, and whether the viewer sits there."""

    body: Body
    seats: int
    held: int
    is_mine: bool


def bodies_of(partnership: Partnership, *, viewer: Standing) -> list[BodyRow]:
    """The bodies of a partnership by name, those that have ended last: one query."""
    today = clock.today()
    places = {"seats__sits_by": "", "seats__filling__in": [one.value for one in Filling if one is not Filling.CHOSEN]}
    there = Q(there_on(today, "seats__"), **places, seats__duty__in=[one.value for one in Duty if one is not Duty.CLERK])
    stands = Q(seats__tenures__is_struck=False, seats__tenures__is_acting=False)
    held = there & stands & there_on(today, "seats__tenures__")
    rows: QuerySet[Any] = Body.objects.visible_to(viewer).filter(partnership=partnership).select_related("school__current")
    counted = {"many": Count("seats", there, distinct=True), "taken": Count("seats", held, distinct=True)}
    found = rows.annotate(**counted).order_by(F("ended_on").asc(nulls_first=True), "name")
    return [BodyRow(one, one.many, one.taken, one.pk in viewer.bodies()) for one in found]


def rests_of_terms(seats: Collection[Seat], from_on: date) -> dict[str, date | None]:
    """By seat the last day of the term that somebody left early; nothing where a new term begins: one query."""
    rows = Tenure.objects.filter(seat__in=seats, is_struck=False, is_acting=False, from_on__lt=from_on).order_by("from_on")
    ends = dict(rows.values_list("seat", "term_until"))
    return {one.pk: until if (until := ends.get(one.pk)) and until >= from_on else None for one in seats}


def terms_of(seats: Collection[str], on: date) -> dict[str, tuple[date | None, date | None]]:
    """By seat the last day of who holds it for good on a day, where that is said; and, of a seat that nobody holds, that of the
    term which somebody left early: one query."""
    rows = Tenure.objects.filter(seat__in=seats, is_struck=False, is_acting=False).order_by("from_on")
    found: dict[str, tuple[date | None, date | None]] = {}
    for seat, until, term in rows.values_list("seat", "until_on", "term_until"):
        holds = until is None or until >= on
        found[seat] = (until, None) if holds else (None, term if term and term >= on else None)
    return found


def tenures_of(body: Body, *, viewer: Standing) -> list[Tenure]:
    """Everybody who ever held a seat of the body, the latest first, with what was struck out."""
    rows = Tenure.objects.visible_to(viewer).filter(seat__body=body).select_related("seat", "holder")
    return list(rows.order_by("-from_on", "seat__position", "pk"))


def bodies_stand(*, partnership: Partnership, viewer: Standing) -> Figures | None:
    """How many bodies there are, in words; no place for who is only asked to join."""
    if not (viewer.runs(partnership.pk) or viewer.belongs_to(partnership.pk) or partnership.pk in viewer.seated):
        return None
    stands = Q(ended_on=None) | Q(ended_on__gte=clock.today())  # as the list says "Ends on" until then
    there = Body.objects.visible_to(viewer).filter(stands, partnership=partnership)
    return Figures({"bodies": figure(there)}, lambda bodies: plural(bodies, "body", "bodies") if bodies else "No body yet")


def shows_some() -> Exists:
    """Whether the office shows a body of a row's partnership to everybody."""
    return Exists(Body.objects.filter(SHOWN, partnership=OuterRef("partnership")))


def all_shown(partnership: Partnership, *, viewer: Standing) -> list[Body]:
    """The bodies that the office shows to everybody, by name, whoever asks."""
    return list(Body.objects.filter(SHOWN, partnership=partnership).order_by("name"))


def body_shown(partnership: Partnership, key: str, *, viewer: Standing) -> Body | None:
    """A body that the office shows to everybody, whoever asks."""
    return Body.objects.filter(SHOWN, partnership=partnership, pk=key).select_related("partnership").first()


def shown_to_all(partnership: Partnership, key: str, *, viewer: Standing) -> Composition | None:
    """A body as it is today, where the office shows it to everybody, whoever asks."""
    body = body_shown(partnership, key, viewer=viewer)
    return composition(body, max(clock.today(), body.started_on), viewer=Standing.system()) if body else None


class ByPost(NamedTuple):
    """Who comes to a seat by their post, in words, and what brings them, as far as the viewer may: words and an address."""

    words: str
    leads: tuple[tuple[str, str], ...]


def come_by_post(shown: Composition, *, viewer: Standing) -> dict[str, ByPost]:
    """By seat who comes there by their post; one query where nobody has come to one of them."""
    seats = [one for one in shown.seats if one.seat.sits_by]
    if not seats:
        return {}
    home, many = shown.body.partnership, Counter[str]()
    if not all(one.sitting for one in seats):
        many.update(Membership.objects.current(shown.on).filter(partnership=home).values_list("kind", flat=True))
    return {one.seat.pk: _by_post(one, home, many[one.seat.sits_by], viewer) for one in seats}


def _by_post(row: SeatOn, home: Partnership, schools: int, viewer: Standing) -> ByPost:
    belongs = Belonging(row.seat.sits_by)
    words, runs = who_comes_by_post(belongs, Template(home.template), schools, len(row.sitting)), viewer.runs(home.pk)
    lead: tuple[str, str] | None = None
    if schools and runs:
        lead = ("Invite their heads", "people:invite_many")
    elif may_run_partnership(viewer, home.pk):
        is_member = belongs is Belonging.MEMBER
        lead = ("Ask schools to join", "inviting:schools") if is_member else ("Admit an associate", "inviting:associates")
    elif runs:
        lead = ("How the sign-up stands", "membership:overview")
    return ByPost(words, ((lead[0], reverse(lead[1], args=[home.slug])),) if lead and not row.sitting else ())


def seats_of(body: Body, *, viewer: Standing) -> list[Seat]:
    """The seats that a body has, or will have, in their order."""
    rows = Seat.objects.visible_to(viewer).filter(Q(until_on=None) | Q(until_on__gte=clock.today()), body=body)
    return list(rows.order_by("position", "pk"))


def people_for(seat: Seat, *, viewer: Standing) -> list[tuple[str, str]]:
    """Who is offered for a seat, by name: its own people where it is chosen from among them, heads whom it is for, or colleagues
    and who sits on other bodies. Whoever keeps the body may choose them."""
    if seat.is_beside:
        return sorted(
            {one.holder or one.person: one.name for one in composition(seat.body, viewer=viewer).sitting}.items(), key=by_name
        )
    if SeatFor(seat.seat_for).needs_head:
        settings = settings_of(seat.body.partnership, BodySettings)
        rows = [one for one in heads_on(seat.partnership_id, clock.today()) if one.belongs == Belonging.MEMBER]
        fit = [one for one in rows if not why_not_qualified(SeatFor(seat.seat_for), {one.counted}, settings)]
        return sorted({one.person: f"{one.name}, {one.school_name}" for one in fit}.items(), key=by_name)
    roles: Any = colleagues_in([seat.partnership_id]).annotate(title=of_post("name"))
    known = roles.values_list("person_id", "person__name", "title", "school__current__name")
    found = {person: ", ".join(filter(None, (name, title, school))) for person, name, title, school in known}
    others = Holder.objects.filter(partnership=seat.partnership_id, person="").values_list("pk", "name")
    return sorted({**found, **dict(others)}.items(), key=by_name)


def by_name(one: tuple[str, str]) -> str:
    """In the order of their names."""
    return one[1].casefold()


def held_by(*, person: str, on: date) -> list[QuerySet[Any]]:
    """The seats that somebody holds today, as `people` reads them with their roles."""
    rows = Tenure.objects.on(on).filter(holder__person=person)
    return [as_held(rows, duty="seat__duty", body="seat__body_id", partnership="partnership_id", title="seat__title")]
