"""Elections, what stands on their ballots, and what was counted, as pages show it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.urls import reverse

from alongside.deciding.bodies.models import Body, Seat
from alongside.deciding.bodies.queries.composition import heads_on
from alongside.deciding.bodies.queries.lists import terms_of
from alongside.deciding.bodies.rules.kinds import Filling
from alongside.deciding.elections import recount
from alongside.deciding.elections.models import Candidate, Contest, Election, PublishedList, SchoolVote, Scrutineer
from alongside.deciding.elections.queries.internal import (
    Reasons,
    candidates_in,
    contested,
    electorate,
    is_there_still,
    numbered,
    papers_left,
    people_in,
    seats_to_fill,
    votes_cast,
)
from alongside.deciding.elections.rules import blt, counting
from alongside.deciding.elections.rules.picture import Transfers, transfers
from alongside.deciding.elections.rules.published import votes_words
from alongside.deciding.elections.rules.standing import CandidateState, ContestOutcome, ElectionState, is_few, shortfall_words
from alongside.deciding.elections.rules.timetable import vacancy_words
from alongside.ground.core import clock
from alongside.ground.core.declaration import Beside, Figures
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import listed, plural, short_date
from alongside.ground.web.needs import figure
from alongside.members.partnerships.models import Partnership
from alongside.members.whoswho.queries import colleagues_in


class ElectionRow(NamedTuple):
    """An election in the list, with its contests in words."""

    election: Election
    contests: str


def elections_of(partnership: Partnership, *, viewer: Standing) -> list[ElectionRow]:
    """The elections of a partnership, the newest first: two queries."""
    rows = Election.objects.visible_to(viewer).filter(partnership=partnership).select_related("body", "partnership")
    found = rows.prefetch_related("contests").order_by("-nominations_until", "-pk")
    return [
        ElectionRow(one, listed([_with_seats(each) for each in sorted(one.contests.all(), key=lambda it: it.position)]))
        for one in found
    ]


def seats_in_elections(*, rows: Collection[str], viewer: Standing) -> dict[str, Beside]:
    """The elections under way that fill those seats, as the page of their body names them: one query."""
    bodies = Seat.objects.filter(pk__in=rows).values("body")
    going_on = (
        Contest.objects.visible_to(viewer)
        .filter(election__body__in=bodies)
        .exclude(election__state__in=[ElectionState.DECLARED.value, ElectionState.OFF.value])
    )
    found = going_on.select_related("election__partnership")
    return {seat: _under_way(one.election) for one in found for seat in one.seat_keys if seat in rows}


def _under_way(election: Election) -> Beside:
    link = reverse("elections:election", args=[election.partnership.slug, election.pk])
    return Beside(f"Election: {election.stands.lower()}", link)


def _with_seats(contest: Contest) -> str:
    many = len(contest.seat_keys)
    return f"{contest.title} ({plural(many, 'seat')})"


class BodyToFill(NamedTuple):
    """A body with elected seats that nobody holds."""

    body: Body
    seats: list[Seat]


def bodies_to_fill(partnership: Partnership, *, viewer: Standing) -> list[BodyToFill]:
    """The bodies of a partnership for which an election can be called."""
    rows = Body.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None).values_list("pk", flat=True)
    by_body = groupby(seats_to_fill(rows), key=lambda one: one.body)
    return [BodyToFill(body, list(seats)) for body, seats in by_body]


def can_be_held(partnership: Partnership, *, viewer: Standing) -> bool:
    """Whether anybody could stand and vote: a member school has a head here."""
    return bool(candidates_in(Election(partnership=partnership)))


def has_elected_seats(partnership: Partnership, *, viewer: Standing) -> bool:
    """Whether any body of a partnership has a seat that schools elect."""
    bodies = Body.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    return Seat.objects.filter(body__in=bodies, filling=Filling.ELECTED, until_on=None).exists()


def seats_to_choose(body: Body, *, viewer: Standing) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The seats that an election can fill, with what is to say of a vacancy in term."""
    seats = seats_to_fill([body.pk])
    today = clock.today()
    hints = {}
    for key, (until, rest) in terms_of([one.pk for one in seats], today).items():
        if until:
            hints[key] = f"Held until {short_date(until)}: whoever is elected sits from the next day."
        elif words := vacancy_words(rest, today):
            hints[key] = words
    return [(one.pk, one.title) for one in seats], hints


def first_day_free(election: Election, *, viewer: Standing) -> date:
    """The first day on which all seats of an election are free: today, or the day after the last term that still runs."""
    seats = [key for one in Contest.objects.visible_to(viewer).filter(election=election) for key in one.seat_keys]
    ends = [until for until, _ in terms_of(seats, clock.today()).values() if until]
    return max([clock.today(), *(until + timedelta(days=1) for until in ends)])


@dataclass(frozen=True)
class ContestOn:
    """A contest with who stands in it, as far as the viewer sees."""

    contest: Contest
    candidates: list[Candidate]
    is_second: bool

    @property
    def seats(self) -> int:
        """How many are elected."""
        return len(self.contest.seat_keys)

    @property
    def elected(self) -> list[Candidate]:
        """Who is elected, in order."""
        return sorted((one for one in self.candidates if one.place is not None), key=lambda one: one.place or 0)

    @property
    def short(self) -> str:
        """What to say of seats for which nobody stood."""
        if self.contest.outcome != ContestOutcome.UNCONTESTED:
            return ""
        return shortfall_words(len(self.elected), self.seats, self.is_second)


def contests_of(election: Election, *, viewer: Standing) -> list[ContestOn]:
    """The contests of an election with who stands: two queries."""
    seen = Candidate.objects.visible_to(viewer).filter(contest__election=election).select_related("school__current")
    people = list(seen.order_by(F("number").asc(nulls_last=True), "name"))
    return [
        ContestOn(one, [each for each in people if each.contest_id == one.pk], election.is_second)
        for one in election.contests.order_by("position")
    ]


def lapsed_in(election: Election, *, viewer: Standing) -> list[Candidate]:
    """Who may not stand any more, as far as the viewer sees it."""
    seen = Candidate.objects.visible_to(viewer).filter(contest__election=election, state=CandidateState.LAPSED)
    return list(seen.order_by("name"))


def heads_to_nominate(contest: Contest, *, viewer: Standing) -> list[tuple[str, str]]:
    """Who may stand in a contest, oneself first, with their schools."""
    reasons = Reasons(contest)
    found: dict[str, tuple[str, list[str]]] = {}
    for one in reasons.heads:
        if not reasons.of(one.person):
            found.setdefault(one.person, (one.name, []))[1].append(one.school_name)
    mine = found.pop(viewer.person or "", None)
    own = [(viewer.person or "", f"Myself: {listed(mine[1])}")] if mine else []
    return own + [(person, f"{name}, {listed(schools)}") for person, (name, schools) in found.items()]


def why_not_i(contest: Contest, *, viewer: Standing) -> str:
    """Why the viewer may not stand; nothing where they may."""
    return Reasons(contest).of(viewer.person or "", is_me=True)


def open_to_me(contests: Collection[ContestOn], *, viewer: Standing) -> set[str]:
    """The contests of one election in which the viewer may stand and does not yet."""
    found, reasons = set[str](), None
    for one in contests:
        reasons = reasons or Reasons(one.contest)
        reasons.contest = one.contest
        if viewer.person not in reasons.stood and not reasons.of(viewer.person or ""):
            found.add(one.contest.pk)
    return found


def votes_of_mine(election: Election, *, viewer: Standing) -> list[SchoolVote]:
    """The votes that the viewer holds, and those of their schools."""
    rows = SchoolVote.objects.visible_to(viewer).filter(election=election)
    mine = Q(person=viewer.person or "-") | Q(school__in=viewer.counting_in(election.partnership_id).schools)
    return list(rows.filter(mine).order_by("school_name"))


def scrutineers_of(election: Election, *, viewer: Standing) -> list[Scrutineer]:
    """Who watches the box, and whether each `is_there` still: no secret to who sees the election."""
    rows: Any = Scrutineer.objects.filter(election=election).annotate(is_there=is_there_still(clock.today()))
    return list(rows.order_by("name"))


def watchers_there(election: Election, *, viewer: Standing) -> list[Scrutineer]:
    """Those of them who hold a post in the partnership still."""
    return [one for one in scrutineers_of(election, viewer=viewer) if getattr(one, "is_there", False)]


def few_voted(election: Election, *, viewer: Standing) -> bool:
    """Whether so few have voted that the ballots may tell how somebody did."""
    return is_few(votes_cast(election))


def papers_typed(election: Election, *, viewer: Standing) -> int:
    """How many of the ballots were on paper."""
    return election.votes.filter(is_paper=True).count()


def watchers_to_choose(election: Election, *, viewer: Standing) -> list[tuple[str, str]]:
    """Who might watch the box: heads of schools from which nobody stands, each of another school, before anybody else."""
    candidates, asked = people_in(election)
    touched = set(Candidate.objects.filter(contest__election=election, number__isnull=False).values_list("school", flat=True))
    heads = [one for one in heads_on(election.partnership_id, clock.today()) if one.person not in candidates]
    best = {one.person: f"{one.name}, {one.school_name}" for one in heads if one.school not in touched}
    others = colleagues_in([election.partnership_id]).exclude(school=None).select_related("person", "school__current")
    more = {
        one.person_id: f"{one.person.name}, {one.school.name}"
        for one in others.order_by("school__current__name", "person__name")
        if one.person_id not in candidates | set(best) and one.school
    }
    chosen = sorted(asked, key=lambda one: list(best).index(one) if one in best else len(best))
    found = {**best, **more}
    order = [*chosen, *(one for one in found if one not in asked)]
    return [(one, found[one]) for one in order if one in found and one not in {viewer.person, election.officer}]


def people_of_school(vote: SchoolVote, *, viewer: Standing) -> list[tuple[str, str]]:
    """Who may be named to cast a school's vote."""
    roles = colleagues_in([vote.partnership_id]).filter(school=vote.school_id).select_related("person")
    return list({one.person_id: one.person.name for one in roles.order_by("person__name")}.items())


def roll_of_votes(election: Election, *, viewer: Standing) -> list[SchoolVote]:
    """The roll by name, as far as the viewer sees it."""
    return list(SchoolVote.objects.visible_to(viewer).filter(election=election).order_by("school_name"))


@dataclass(frozen=True)
class OnBallot:
    """A contest on the ballot, with its candidates in order."""

    contest: Contest
    candidates: list[Candidate]

    @property
    def seats(self) -> int:
        """How many are elected."""
        return len(self.contest.seat_keys)


def ballot_of(election: Election, *, viewer: Standing) -> list[OnBallot]:
    """What stands on the ballot: the same for everybody who may vote."""
    return [OnBallot(one, numbered(one)) for one in contested(election)]


@dataclass(frozen=True)
class Sheet:
    """A count: rows by candidate, those elected first, the words of each stage, where lots decided, and the picture."""

    heads: list[str]
    rows: list[tuple[str, ...]]
    lots: list[str]
    picture: Transfers | None
    turnout: str


def sheet_of(contest: Contest, *, viewer: Standing) -> Sheet:
    """The count sheet of a contest that was counted: those elected first, in order, then whoever had the most votes."""
    names = [one.name for one in numbered(contest)]
    stages, kept = contest.count["stages"], contest.count
    said = [_stage_words(stage, names, kept["quota"]) for stage in stages]
    gone: dict[int, str] = {}
    for at, stage in enumerate(stages, 1):
        gone |= dict.fromkeys(stage["elected"], f"Elected at stage {at}" if kept["quota"] else "Elected")
        if stage["out"]:
            gone[stage["mover"]] = f"Out at stage {at}"
    best = sorted(range(len(names)), key=lambda at: [-votes for votes in reversed([one["votes"][at] for one in stages])])
    first = list(dict.fromkeys([*kept["elected"], *best]))
    rows = [(names[at], *(votes_words(stage["votes"][at]) for stage in stages), gone.get(at, "")) for at in first]
    if kept["quota"]:
        rows.append(("Not transferable", *(votes_words(stage["spent"]) for stage in stages), ""))
    lots = [
        f"Stage {stage}: {listed([names[one] for one in among])} were level at every stage; {names[taken]} by the order of lots"
        for stage, among, taken in kept["drawn"]
    ]
    voted, of = votes_cast(contest.election), contest.election.votes.count()
    turnout = f"{voted} of {plural(of, 'school has', 'schools have')} voted"
    return Sheet(said, rows, lots, transfers(stages, names, said) if len(stages) > 1 else None, turnout)


def _stage_words(stage: dict[str, Any], names: list[str], quota: int | None) -> str:
    if stage["mover"] is None:
        return "First preferences" if quota else "Marks"
    return f"{names[stage['mover']]} out" if stage["out"] else f"Surplus of {names[stage['mover']]}"


def published_of(contest: Contest, *, viewer: Standing) -> PublishedList | None:
    """The published list of a contest, for those who voted in it and who watch it."""
    return PublishedList.objects.visible_to(viewer).filter(contest=contest).first()


def blt_of(published: PublishedList, *, viewer: Standing) -> str:
    """The ballots of a published list as a ballot file."""
    told = recount.json.loads(published.text)
    papers = [counting.BallotPaper(tuple(choices)) for _, choices in told["ballots"] if choices]
    return blt.written(told["candidates"], told["seats"], papers, told["title"])


def recount_script(*, viewer: Standing) -> str:
    """The script that counts a published list again: one file that needs Python alone, the rule itself in it."""
    count, check = (Path(one.__file__ or "").read_text(encoding="utf-8") for one in (counting, recount))
    without = re.sub(r"^from alongside[^\n]*import ([^\n(]+|\([^)]*\))\n", "", check, flags=re.M)
    docstring, _, rest = without.partition('"""\n')
    return f'{docstring}"""\n{count.partition(chr(34) * 3 + chr(10))[2]}\n{rest}'


def elections_stand(*, partnership: Partnership, viewer: Standing) -> Figures | None:
    """What runs now, in words; no place for who is only asked to join."""
    if not (viewer.runs(partnership.pk) or viewer.belongs_to(partnership.pk)):
        return None

    def words(nominating: int, polling: int) -> str:
        if polling:
            return f"{plural(polling, 'ballot')} running"
        return "Nominations are open" if nominating else "None now"

    seen = Election.objects.visible_to(viewer).filter(partnership=partnership)
    return Figures(
        {
            "nominating": figure(seen.filter(state=ElectionState.NOMINATIONS)),
            "polling": figure(seen.filter(state=ElectionState.BALLOT)),
        },
        words,
    )


def papers_to_type(election: Election, *, viewer: Standing) -> int:
    """How many ballots on paper wait to be typed in."""
    return papers_left(election)


def facts_shown(election: Election, *, viewer: Standing) -> str:
    """What the ballot was opened with, as it was hashed then."""
    return election.facts


def entitled(election: Election, *, viewer: Standing) -> int:
    """How many schools may vote: those on the roll, or that would be on it if it were frozen now."""
    return election.votes.count() if election.public_key else len(electorate(election.partnership))
