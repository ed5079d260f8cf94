"""A body as it is, or was, on a day: its seats, who holds them, who votes, what is vacant, how many make a quorum."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Subquery

from alongside.deciding.bodies.models import Body, QuorumRule, Seat, Tenure
from alongside.deciding.bodies.rules.holding import SeatState, ends_soon, why_not_qualified
from alongside.deciding.bodies.rules.kinds import BodySettings, Duty, SeatFor
from alongside.deciding.bodies.rules.quorum import Quorum, Share, each_vote, is_quorate
from alongside.ground.core import clock
from alongside.ground.core.standing import HEADS, Post, Standing
from alongside.ground.core.words import listed, plural
from alongside.members.partnerships.models import Membership, Setting
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Role
from alongside.members.schools.rules import constituency


class HeadRow(NamedTuple):
    """Somebody who is head of a school of the partnership on a day, and how the school belongs and is counted."""

    person: str
    name: str
    post: str
    school: str
    school_name: str
    belongs: str
    has_settled: bool
    counted: str


@dataclass(frozen=True)
class Sitting:
    """Somebody who sits on a body on a day. `vote` names the votes that they cast (`each_vote`; none: no vote);
    `tenure` is nothing where they sit by their post."""

    seat: Seat
    holder: str
    person: str
    name: str
    place: str
    vote: str
    tenure: Tenure | None = None
    lost: str = ""

    @property
    def is_acting(self) -> bool:
        """Whether they hold the seat for the time being."""
        return self.tenure is not None and self.tenure.is_acting


@dataclass(frozen=True)
class SeatOn:
    """A seat on a day: who sits there, and who comes next."""

    seat: Seat
    on: date
    sitting: tuple[Sitting, ...]
    coming: Tenure | None

    @property
    def state(self) -> SeatState:
        """How it stands."""
        if not self.sitting:
            return SeatState.VACANT
        return SeatState.ACTING if any(one.is_acting for one in self.sitting) else SeatState.FILLED

    @property
    def tenure(self) -> Tenure | None:
        """The tenure by which it is held; nothing where it is vacant, or held by post."""
        return next((one.tenure for one in self.sitting), None)

    @property
    def ends_soon(self) -> bool:
        """Whether its term ends soon, and nobody comes after."""
        return self.tenure is not None and self.coming is None and ends_soon(self.tenure.until_on, self.on)

    @property
    def is_open(self) -> bool:
        """Whether it is to be filled: nobody holds it, or somebody only for the time being; no seat by post is."""
        return not self.seat.sits_by and all(one.is_acting for one in self.sitting)


@dataclass(frozen=True)
class Composition:
    """A body on a day."""

    body: Body
    on: date
    seats: Sequence[SeatOn]
    quorum: Quorum

    @property
    def sitting(self) -> list[Sitting]:
        """Everybody who sits there, seat by seat; who also acts or chairs stands there twice."""
        return [one for seat in self.seats for one in seat.sitting]

    @property
    def votes(self) -> dict[str, list[Sitting]]:
        """Each vote with those who may cast it."""
        found: dict[str, list[Sitting]] = defaultdict(list)
        for one in self.sitting:
            for vote in each_vote([one.vote]):
                found[vote].append(one)
        return dict(found)

    @property
    def chair(self) -> Sitting | None:
        """Who chairs, or acts as chair."""
        return next((one for one in self.sitting if one.seat.duty == Duty.CHAIR), None)

    @property
    def places(self) -> list[SeatOn]:
        """The places of the body: ten on the board of the prospectus, its clerk not among them."""
        return [one for one in self.seats if one.seat.is_place]

    @property
    def vacant(self) -> list[SeatOn]:
        """The places that are to be filled."""
        return [one for one in self.places if one.is_open]

    @property
    def to_fill(self) -> str:
        """'3 seats and 2 offices': the places that are to be filled, and what is done beside one's own seat, or for the body as
        its clerk; empty where there is nothing."""
        offices = sum(one.is_open and not one.seat.is_place for one in self.seats)
        seats = len(self.vacant)
        return listed([plural(many, what) for many, what in ((seats, "seat"), (offices, "office")) if many])

    @property
    def lost(self) -> list[Sitting]:
        """Who has lost what their seat asks for."""
        return [one for one in self.sitting if one.lost]

    @property
    def can_decide(self) -> bool:
        """Whether it could decide with everybody there who sits on it."""
        return self.is_quorate([key for one in self.sitting for key in (one.person, one.holder) if key])

    def votes_of(self, people: Collection[str]) -> set[str]:
        """The votes of those people, each of them named by the id of a person or a holder."""
        return each_vote(one.vote for one in self.sitting if {one.person, one.holder} & set(people))

    def is_quorate(self, people: Collection[str]) -> bool:
        """Whether it may decide with those people there."""
        chairs = {
            key for one in self.sitting if one.seat.duty in {Duty.CHAIR, Duty.VICE} for key in (one.person, one.holder) if key
        }
        return is_quorate(self.quorum, self.votes_of(people), bool(chairs & set(people)))


def composition(body: Body, on: date | None = None, *, tenures: Sequence[Tenure] | None = None, viewer: Standing) -> Composition:
    """The body as it is, or was, on a day (today): three queries, two where its `tenures` are known already, and one
    more where the partnership has settled whose heads count. Whoever sees the body sees who sits on it."""
    day = on or clock.today()
    rule = QuorumRule.objects.filter(body=OuterRef("body"), from_on__lte=day).order_by("-from_on")
    quorum = {name: Subquery(rule.values(name)[:1]) for name in ("share", "least", "needs_chair")}
    there: Any = Seat.objects.visible_to(viewer).filter(there_on(day), body=body).annotate(**quorum)
    seats = [one.as_on(day) for one in there.order_by("position", "pk")]
    if tenures is None:
        held = Tenure.objects.visible_to(viewer).lasting(day).filter(seat__in=[one.pk for one in seats])
        tenures = list(held.select_related("holder").order_by("from_on"))
    by_seat: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in sorted(tenures, key=lambda one: one.from_on):
        if tenure.until_on is None or tenure.until_on >= day:
            by_seat[tenure.seat_id].append(tenure)
    asks = any(one.sits_by or SeatFor(one.seat_for).needs_head for one in seats)
    heads = heads_on(body.partnership_id, day) if asks else []
    has_settled = any(one.has_settled for one in heads[:1])
    settings = settings_of(body.partnership, BodySettings, day) if has_settled else BodySettings()
    found = [_seat_on(seat, day, by_seat[seat.pk], heads, settings) for seat in seats]
    in_post = len(each_vote(one.vote for seat in found for one in seat.sitting))
    by = seats[0] if seats and seats[0].share else QuorumRule()
    return Composition(body, day, found, Quorum(Share(by.share), by.least, by.needs_chair, in_post))


def there_on(on: date, way: str = "") -> Q:
    """What is there on a day, from its first day to its last; `way` leads to it."""
    return Q(Q(**{f"{way}until_on": None}) | Q(**{f"{way}until_on__gte": on}), **{f"{way}from_on__lte": on})


def _seat_on(seat: Seat, day: date, tenures: Iterable[Tenure], heads: list[HeadRow], settings: BodySettings) -> SeatOn:
    if seat.sits_by:
        return SeatOn(seat, day, tuple(_by_post(seat, heads, settings)), None)
    now = [one for one in tenures if one.from_on <= day]
    coming = next((one for one in tenures if one.from_on > day), None)
    return SeatOn(seat, day, tuple(_in_seat(seat, one, heads, settings, day) for one in now), coming)


def _in_seat(seat: Seat, tenure: Tenure, heads: list[HeadRow], settings: BodySettings, day: date) -> Sitting:
    holder = tenure.holder
    theirs = [one for one in heads if holder.person and one.person == holder.person and one.belongs == Belonging.MEMBER]
    known = sorted({one.counted for one in theirs}) if holder.person else None
    of_then = known and day < clock.today()  # of which phase their school was then, today's register does not say
    lost = "" if of_then else why_not_qualified(SeatFor(seat.seat_for), known, settings)
    place = ", ".join(one.school_name for one in theirs)
    return Sitting(seat, holder.pk, holder.person, holder.name, place, holder.pk if seat.votes else "", tenure, lost)


def _by_post(seat: Seat, heads: list[HeadRow], settings: BodySettings) -> list[Sitting]:
    """Each head once, with the votes of their schools: of one school with two heads one vote, where that is the setting."""
    found: dict[str, Sitting] = {}
    posts = HEADS if settings.executive_heads_sit else {Post.HEAD}
    for one in heads:
        if one.belongs != seat.sits_by or one.post not in posts:
            continue
        vote = (one.school if settings.one_vote_a_school else one.person) if seat.votes else ""
        before = found.get(one.person)
        place = f"{before.place}, {one.school_name}" if before else one.school_name
        votes = ",".join(sorted(each_vote([before.vote, vote]))) if before else vote
        found[one.person] = Sitting(seat, "", one.person, one.name, place, votes)
    return list(found.values())


def heads_on(partnership: str, on: date, people: Collection[str] | None = None) -> list[HeadRow]:
    """Who was head of which of a partnership's schools on a day (of those people), where the post counts there: one query.

    Today a post that was taken away at once is held no more; of a past day it is known until its last day.
    """
    belongs = Membership.objects.current(on).filter(partnership=partnership).exclude(kind=Belonging.ASKED)
    roles: Any = Role.objects.filter(there_on(on), post__in=HEADS, school__in=belongs.values("school"))
    roles = roles.filter(Q(through=None) | Q(through=partnership))
    if on >= clock.today():
        roles = roles.filter(ended_at=None)
    if people is not None:
        roles = roles.filter(person__in=list(people))
    facts = ("phase", "type", "low_age", "high_age")
    kinds = {"school__memberships__partnership": partnership, "school__memberships__in": belongs}
    settled = Exists(Setting.objects.filter(partnership=partnership, app=BodySettings.app))
    rows = roles.filter(**kinds).annotate(belongs=F("school__memberships__kind"), settled=settled)
    found = rows.order_by("school__current__name", "person__name", "pk")
    named = ("person_id", "person__name", "post", "school_id", "school__current__name", "belongs", "settled")
    return [
        HeadRow._make([*row[:7], constituency(*row[7:]).value])
        for row in found.values_list(*named, *(f"school__current__{one}" for one in facts))
    ]
