"""What the deeds ask: who may stand, who votes, what was frozen. Not for pages."""

import hashlib
import json
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from alongside.deciding.bodies.models import Body, Seat, Tenure
from alongside.deciding.bodies.queries.composition import HeadRow, heads_on, there_on
from alongside.deciding.bodies.rules.holding import ENDS_SOON, why_not_qualified
from alongside.deciding.bodies.rules.kinds import BodySettings, Duty, Filling, SeatFor
from alongside.deciding.elections.models import Candidate, Contest, Election, SchoolVote, SealedBallot
from alongside.deciding.elections.rules.standing import (
    OUT,
    CandidateState,
    ContestOutcome,
    ElectionState,
    what_they_are,
    why_not_stand,
)
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import listed, weekday_date
from alongside.members.membership.queries.texts import standing_signatures
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import kind_of
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Role

SYSTEM = Standing.system()
RUNNING = (ElectionState.NOMINATIONS, ElectionState.STANDING, ElectionState.BALLOT, ElectionState.BOXED)
ELECTED_ELSEWHERE = (SeatFor.PARENTS, SeatFor.STAFF)  # in the school, and not by the schools


def is_filled() -> Exists:
    """Of a seat: that an election fills it which goes on, or of which somebody elected is not seated yet."""
    unseated = Candidate.objects.filter(contest=OuterRef("pk"), place__isnull=False, seat="", state=CandidateState.STANDS)
    going_on = Q(election__state__in=RUNNING) | Q(Exists(unseated), election__state=ElectionState.DECLARED)
    return Exists(Contest.objects.filter(going_on, election__body=OuterRef("body"), seats__contains=OuterRef("pk")))


def seats_to_fill(bodies: Collection[str]) -> list[Seat]:
    """The elected seats of bodies that nobody holds for good in four months' time, that schools elect, and that no running
    election fills: by body and place, in one query. Whoever is elected before a term ends sits from the day after."""
    today = clock.today()
    held = Tenure.objects.lasting(today + ENDS_SOON).filter(seat=OuterRef("pk"), is_acting=False)
    rows = Seat.objects.filter(there_on(today), ~Exists(held), body__in=bodies, filling=Filling.ELECTED, sits_by="")
    rows = rows.exclude(duty=Duty.CLERK).exclude(seat_for__in=ELECTED_ELSEWHERE).exclude(is_filled())
    return list(rows.select_related("body").order_by("body__name", "body", "position", "pk"))


def was_short(body: Body, seats: Collection[str]) -> bool:
    """Whether the last election to one of those seats had too few candidates, and was the first."""
    contests = Contest.objects.filter(election__body=body, election__state=ElectionState.DECLARED).select_related("election")
    for contest in contests.order_by("-election__declared_at"):
        if set(contest.seat_keys) & set(seats):
            stood = contest.candidates.filter(state__in=[CandidateState.STANDS, CandidateState.UNSEATED]).count()
            return stood < len(contest.seat_keys) and not contest.election.is_second
    return False


def candidates_in(election: Election) -> list[HeadRow]:
    """The heads of member schools, by school."""
    return [one for one in heads_on(election.partnership_id, clock.today()) if one.belongs == Belonging.MEMBER]


def people_in(election: Election) -> tuple[set[str], set[str]]:
    """Who stands, or is nominated, and who watches the box."""
    candidates = Candidate.objects.filter(contest__election=election).exclude(state__in=OUT)
    return set(candidates.values_list("person", flat=True)), set(election.scrutineers.values_list("person", flat=True))


def is_there_still(on: date) -> Exists:
    """Of a scrutineer: that they hold a post, counting in the partnership, in a school that belongs to it."""
    here = Membership.objects.current(on).exclude(kind=Belonging.ASKED)
    here = here.filter(partnership=OuterRef(OuterRef("partnership")), school=OuterRef("school"))
    counts = Q(through=None) | Q(through=OuterRef("partnership"))
    return Exists(Role.objects.held(on).filter(counts, Exists(here), person=OuterRef("person"), person__is_active=True))


def still_watching(election: Election) -> set[str]:
    """The scrutineers who can still open the box."""
    return set(election.scrutineers.filter(is_there_still(clock.today())).values_list("person", flat=True))


class Reasons:
    """Why somebody may not stand in a contest, or nothing: asked of many at once with few queries."""

    def __init__(self, contest: Contest) -> None:
        election = contest.election
        self.contest, self.heads = contest, candidates_in(election)
        self.settings = settings_of(election.partnership, BodySettings)
        self.filled = {key for one in election.contests.all() for key in one.seat_keys}
        rows = Tenure.objects.lasting(clock.today()).filter(seat__body=election.body_id, is_acting=False)
        self.held = [(one.holder.person, one.seat) for one in rows.select_related("holder", "seat")]
        stands = Candidate.objects.filter(contest__election=election).exclude(state__in=OUT)
        self.stood = {one.person: one.contest for one in stands.select_related("contest")}

    def of(self, person: str, known: str = "Whoever is named", *, is_me: bool = False) -> str:
        """Why not; nothing where they may. Who is head of no school here is called as they were `known`; said to themselves where
        that `is_me`."""
        theirs = [one for one in self.heads if one.person == person]
        name = theirs[0].name if theirs else known
        seat_for, kinds = SeatFor(self.contest.seat_for), {one.counted for one in theirs}
        lacks = not theirs or why_not_qualified(seat_for, kinds, self.settings)
        seats = [(seat.pk, seat.title) for holder, seat in self.held if holder == person and seat.is_place]
        stood = self.stood.get(person)
        return why_not_stand(
            "" if is_me else name, what_they_are(kinds, seat_for.label) if lacks else "", seats, self.filled,
            stood.title if stood and stood.pk != self.contest.pk else "",
        )  # fmt: skip


class Voter(NamedTuple):
    """A school that may vote, and who casts its vote unless the school says otherwise."""

    school: str
    urn: int
    name: str
    person: str
    person_name: str


def electorate(partnership: Partnership) -> list[Voter]:
    """Every school that has signed, by URN, or that belongs where nobody signs; each with its head."""
    schools = [(one.school_id, one.urn, one.name) for one in standing_signatures(partnership)]
    if not schools:
        members = Membership.objects.current(clock.today()).filter(partnership=partnership, kind=Belonging.MEMBER)
        rows = members.select_related("school__current").order_by("school__current__urn")
        schools = [(one.school_id, one.school.urn, one.school.name) for one in rows]
    heads: dict[str, HeadRow] = {}
    for one in heads_on(partnership.pk, clock.today()):
        if one.school not in heads or (one.post == Post.HEAD and heads[one.school].post != Post.HEAD):
            heads[one.school] = one
    return [Voter(*one, *((head.person, head.name) if (head := heads.get(one[0])) else ("", ""))) for one in schools]


def contested(election: Election) -> list[Contest]:
    """What stands on the ballot, with who stands: two queries."""
    rows = election.contests.exclude(outcome__in=[ContestOutcome.OPEN, ContestOutcome.UNCONTESTED]).order_by("position")
    return list(rows.prefetch_related(Prefetch("candidates", Candidate.objects.select_related("school__current"))))


def numbered(contest: Contest) -> list[Candidate]:
    """Who stands, in the order of the ballot."""
    numbers = {one.number: one for one in contest.candidates.all() if one.number is not None}
    return [numbers[at] for at in sorted(numbers)]


def facts_of(election: Election) -> str:
    """What a ballot is opened with, and does not change: seats, who stands, the rule, the roll, the times, the key."""
    contests = [
        {
            "title": one.title,
            "seats": len(one.seat_keys),
            "candidates": [{"name": each.name, "school": each.school.name} for each in numbered(one)],
        }
        for one in contested(election)
    ]
    told = {
        "election": str(election),
        "method": election.method,
        "ties": "earlier stages, then the order of lots",
        "contests": contests,
        "roll": list(election.votes.order_by("urn").values_list("urn", "school_name")),
        "opens": election.opens_at.isoformat() if election.opens_at else "",
        "closes": election.closes_at.isoformat() if election.closes_at else "",
        "key": election.public_key,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def hash_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def votes_cast(election: Election) -> int:
    """How many marks there are on the roll."""
    return SchoolVote.objects.filter(election=election, voted=True).count()


def papers_left(election: Election) -> int:
    """How many ballots on paper wait to be typed in."""
    return votes_cast(election) - SealedBallot.objects.filter(election=election).count()


def who_heard(template: str, partnership: Partnership, page: str, key: str) -> set[str]:
    """Who was written to from a template, of what stands on that page."""
    link = reverse(f"elections:{page}", args=[partnership.slug, key])
    return set(Notice.objects.filter(kind=kind_of(template), link=link).values_list("person", flat=True))


def heard(template: str, election: Election) -> Exists:
    """Of a vote of an election: that whoever holds it was written to from a template."""
    link = reverse("elections:election", args=[election.partnership.slug, election.pk])
    return Exists(Notice.objects.filter(kind=kind_of(template), link=link, person=OuterRef("person")))


def nomination_words(election: Election, titles: Collection[str]) -> dict[str, Any]:
    """What the mail that nominations are open says."""
    return {"body": election.body.name, "titles": list(titles), "until": weekday_date(election.nominations_until)}


def voter_words(election: Election, schools: Collection[str]) -> dict[str, Any]:
    """What the mails to whoever holds the votes of those schools say."""
    return {"body": election.body.name, "schools": list(schools), "until": weekday_date(election.closes_on)}


class Decided(NamedTuple):
    """A contest that is decided: its title, who is elected, in order, and whether nobody had to vote."""

    title: str
    elected: str
    is_uncontested: bool


def who_hears_result(election: Election) -> dict[str, str]:
    """Whom the result of a declared election is written to, with the template: heads of member schools, who holds a vote, who
    stood; in words of its own to who stood and was not elected."""
    heads = {one.person for one in candidates_in(election)}
    holders = set(election.votes.exclude(person="").values_list("person", flat=True))
    stood = Candidate.objects.filter(contest__election=election, number__isnull=False).values_list("person", "place")
    told = dict.fromkeys(heads | holders, "elections/result.txt")
    return told | {person: "elections/result.txt" if place is not None else "elections/unelected.txt" for person, place in stood}


def result_words(election: Election) -> dict[str, Any]:
    """What the mails with the result say."""
    contests = []
    for one in election.contests.order_by("position"):
        elected = one.candidates.filter(place__isnull=False).order_by("place").values_list("name", flat=True)
        contests.append(Decided(one.title, listed(list(elected)), one.outcome == ContestOutcome.UNCONTESTED))
    return {"body": election.body.name, "contests": contests}
