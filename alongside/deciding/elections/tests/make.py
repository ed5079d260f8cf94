"""An election of the three other primary heads to the board of ten, as far as a test wants it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.tests.make import Board
from alongside.deciding.elections.actions import calling, nominating, opening, voting, watching
from alongside.deciding.elections.models import Contest, Election, PublishedList, SchoolVote, Scrutineer
from alongside.deciding.elections.queries.internal import contested, numbered, still_watching
from alongside.deciding.elections.rules.standing import Method
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.membership.tests.make import person, school
from alongside.members.partnerships.models import Partnership

CALLED, CLOSES = date(2022, 3, 21), date(2022, 3, 25)  # a Monday; nominations until that Friday
OPENS, ENDS = date(2022, 3, 30), date(2022, 4, 5)


def at(day: date, hour: int = 12) -> AbstractContextManager[None]:
    """Live at noon of that day."""
    return clock.at(clock.start_of(day, hour))


class Poll:
    """The board, its office, more primary schools with their heads, and an election called for its primary seats."""

    def __init__(self, primaries: int = 6, *, titles: Sequence[str] = ("Other primary head",), **said: object) -> None:
        self.board = Board()
        self.partnership, self.manager = self.board.partnership, self.board.manager
        self.heads: dict[str, Standing] = dict(self.board.heads)
        for number in range(primaries - 2):
            name = f"Primary {number}"
            self.board.schools[name] = school(991_000 + number, name, phase="Primary")
            self.board.admit(name)
            self.heads[name] = person(f"{name}’s head", Post.HEAD, school=self.board.schools[name])
        seats = [one.pk for one in self.board.body.seats.all() if one.title.startswith(tuple(titles))]
        facts = {
            "body": self.board.body, "seats": seats, "nominations_until": CLOSES, "opens_on": OPENS, "closes_on": ENDS,
            "method": Method.MARKS, "has_proof": False, "key": keys.new_key(),
        }  # fmt: skip
        with at(CALLED):
            self.election: Election = calling.call_election(partnership=self.partnership, **(facts | said), by=self.manager)

    @property
    def contest(self) -> Contest:
        """The contest of primary heads."""
        return self.election.contests.order_by("position")[0]

    def stand(self, *names: str, contest: Contest | None = None) -> None:
        """Those heads nominate themselves."""
        for name in names:
            said = {"person": self.heads[name].person, "statement": f"I am {name}.", "key": keys.new_key()}
            with at(CALLED):
                nominating.nominate(contest=contest or self.contest, **said, by=self.heads[name])

    def closed(self) -> Election:
        """Nominations are closed."""
        with at(CLOSES + timedelta(days=1)):
            calling.close_nominations(election=self.election, by=self.manager)
        self.election.refresh_from_db()
        return self.election

    def watched(self, *names: str) -> list[str]:
        """Three heads watch, and have rehearsed: their codes."""
        with at(CLOSES + timedelta(days=2)):
            people = [self.heads[name].person or "" for name in names]
            watching.ask_scrutineers(election=self.election, people=people, by=self.manager)
            codes = []
            for name in names:
                one = Scrutineer.objects.get(election=self.election, person=self.heads[name].person)
                codes.append(watching.make_code(scrutineer=one, by=self.heads[name]))
                watching.rehearse(scrutineer=one, code=codes[-1], by=self.heads[name])
        self.watchers = names
        return codes

    def opened(self) -> Election:
        """The ballot is open."""
        with at(OPENS, 8):
            watching.open_ballot(election=self.election, opens_on=OPENS, closes_on=ENDS, by=self.manager)
        return self.election

    def running(self, *standing: str, watchers: Sequence[str] = ("Ash", "Yew", "Fir")) -> list[str]:
        """Those stand, and the ballot is open: the codes."""
        self.stand(*standing)
        self.closed()
        codes = self.watched(*watchers)
        self.opened()
        return codes

    def vote_of(self, name: str) -> SchoolVote:
        """The vote of a school."""
        return SchoolVote.objects.select_related("election").get(election=self.election, school=self.board.schools[name])

    def number_of(self, name: str) -> int:
        """The number of a candidate on the ballot."""
        return next(one.number or 0 for one in numbered(contested(self.election)[0]) if one.person == self.heads[name].person)

    def votes(self, name: str, *choices: str, tracker: str = "") -> None:
        """The school's head votes for those."""
        chosen = [[self.number_of(one) for one in choices]]
        with at(OPENS):
            said = {"tracker": tracker or keys.new_key(), "choices": chosen}
            voting.cast_ballot(vote=self.vote_of(name), **said, by=self.heads[name])

    def filled(self, many: int = 10) -> None:
        """So many schools have voted: those that had not leave their ballots blank."""
        voted = set(SchoolVote.objects.filter(election=self.election, voted=True).values_list("school", flat=True))
        left = [name for name in self.heads if self.board.schools[name].pk not in voted]
        for name in left[: many - len(voted)]:
            self.votes(name)

    def boxed(self, lots: Sequence[str] = ()) -> Election:
        """The box is closed, with that order of lots."""
        self.election.refresh_from_db()
        orders = {}
        for contest in contested(self.election):
            people = numbered(contest)
            order = [self.number_of(name) for name in lots] if lots else range(len(people))
            orders[contest.pk] = list(order)
        with at(ENDS + timedelta(days=1)):
            there = still_watching(self.election)
            watcher = Scrutineer.objects.filter(election=self.election, person__in=there).order_by("name")[0]
            opening.close_box(election=self.election, lots=orders, seen_by=watcher, by=self.manager)
        return self.election

    def unboxed(self, codes: Sequence[str]) -> Election:
        """Two scrutineers open the box."""
        with at(ENDS + timedelta(days=1), 15):
            by = self.heads[self.watchers[0]]
            opening.open_box(election=self.election, code=codes[0], second_code=codes[1], by=by)
        self.election.refresh_from_db()
        return self.election

    def elected(self) -> list[str]:
        """The names of those elected, in order."""
        return [one.name for one in self.contest.candidates.filter(place__isnull=False).order_by("place")]


def listed_ballots(partnership: Partnership, *, text: str, at: datetime) -> PublishedList:
    """The list of an election that was counted."""
    body = Body.objects.create(partnership=partnership, kind="committee", name="A counted board", started_on=at.date())
    days = {"nominations_until": at.date(), "opens_on": at.date(), "closes_on": at.date()}
    election = Election.objects.create(partnership=partnership, body=body, **days, state="declared", declared_at=at)
    contest = Contest.objects.create(election=election, title="Head", seats="x", position=0, outcome="counted")
    return PublishedList.objects.create(contest=contest, text=text, text_hash="0" * 64, published_at=at)
