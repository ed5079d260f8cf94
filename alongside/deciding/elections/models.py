"""Elections, who stands, who votes; the box, which holds nothing that anybody can read."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from alongside.deciding.bodies.models import Body
from alongside.deciding.elections.rules.standing import MOVES, CandidateState, ContestOutcome, ElectionState, Method
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class Elections(Seen):
    """Elections."""

    def visible_to(self, who: Standing) -> Self:
        """Those of one's offices, and of the partnerships to which a school of one's own belongs."""
        return self if who.is_system else self.filter(partnership__in=who.offices | who.homes)


class Election(Versioned):
    """An election of seats of one body. `facts` is what the ballot was opened with, `facts_hash` fixes it, and `box_hash` the
    closed box."""

    scope = Scope.PARTNERSHIP
    MOVES = MOVES
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="elections")
    body = models.ForeignKey(Body, models.PROTECT, related_name="elections")
    method = models.CharField(max_length=12, choices=Method.choices(), default=Method.MARKS)
    has_proof = models.BooleanField(default=False)
    is_second = models.BooleanField(default=False)
    nominations_until = models.DateField()
    opens_on = models.DateField("The ballot opens on")
    closes_on = models.DateField("Last day of the ballot")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=ElectionState.choices(), default=ElectionState.NOMINATIONS)
    officer = models.CharField(max_length=12)
    officer_name = models.CharField(max_length=120)
    why_off = models.CharField("Why it is called off", max_length=300, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    facts = models.TextField(blank=True)
    facts_hash = models.CharField(max_length=64, blank=True)
    box_hash = models.CharField(max_length=64, blank=True)
    lots_seen_by = models.CharField(max_length=120, blank=True)
    papers_seen_by = models.CharField(max_length=400, blank=True)
    declared_at = models.DateTimeField(null=True)

    FROZEN = ("partnership_id", "body_id", "method", "has_proof", "nominations_until")
    objects = Elections.as_manager()

    def __str__(self) -> str:
        return f"Election to the {self.body.name}"

    @property
    def election_state(self) -> ElectionState:
        """Where it is."""
        return ElectionState(self.state)

    @property
    def stands(self) -> str:
        """Where it is, in the words of a list: a ballot that is over says so."""
        return "The ballot is over" if self.is_over(clock.now()) else self.election_state.label

    def is_polling(self, now: datetime) -> bool:
        """Whether votes are taken now."""
        return self.state == ElectionState.BALLOT and (self.opens_at or now) <= now < (self.closes_at or now)

    def is_over(self, now: datetime) -> bool:
        """Whether no vote is taken any more, and the box waits to be closed."""
        return self.state == ElectionState.BALLOT and now >= (self.closes_at or now)


class Contest(Row):
    """The seats of one kind: `seats` and `lots` are keys and candidates' numbers between commas, `count` the stages."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="election")
    election = models.ForeignKey(Election, models.CASCADE, related_name="contests")
    title = models.CharField(max_length=80)
    seat_for = models.CharField(max_length=12, blank=True)
    seats = models.TextField()
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=ContestOutcome.choices(), default=ContestOutcome.OPEN)
    lots = models.CharField(max_length=400, blank=True)
    count: Any = models.JSONField(default=dict)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "position"], name="one_contest_at_a_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def outcome_label(self) -> ContestOutcome:
        """What became of it."""
        return ContestOutcome(self.outcome)

    @property
    def seat_keys(self) -> list[str]:
        """The seats that it fills."""
        return self.seats.split(",")

    @property
    def lot_order(self) -> list[int]:
        """The candidates' numbers in the order of lots; nothing before they are drawn."""
        return [int(one) for one in self.lots.split(",") if one]


class Candidates(Seen):
    """Nominations."""

    def visible_to(self, who: Standing) -> Self:
        """Who stands, once that is published; before, oneself, whom one has nominated, and those of one's offices."""
        if who.is_system:
            return self
        published = Q(
            state__in=[CandidateState.STANDS, CandidateState.UNSEATED], contest__election__in=Election.objects.visible_to(who)
        )
        published &= ~Q(contest__outcome=ContestOutcome.OPEN)
        own = Q(person=who.person or "-") | Q(nominator=who.person or "-")
        return self.filter(published | own | Q(partnership__in=who.offices))


class Candidate(Versioned):
    """Somebody nominated for a contest, by themselves or another. `number` is their place on the ballot, `place` in the order in
    which they were elected, `seat` what they were given, `why_not` why they do not stand, or were not given one."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="candidates")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    nominator = models.CharField(max_length=12)
    nominator_name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=CandidateState.choices())
    statement = models.TextField("Your statement", blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    place = models.PositiveSmallIntegerField(null=True)
    seat = models.CharField(max_length=12, blank=True)
    why_not = models.CharField("Why?", max_length=300, blank=True)

    FROZEN = ("partnership_id", "contest_id", "person")
    objects = Candidates.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "person"], name="one_nomination_a_person")]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return self.name

    @property
    def waits_for_seat(self) -> bool:
        """Whether they are elected, and to be given a seat."""
        return self.place is not None and not self.seat and self.state == CandidateState.STANDS

    @property
    def candidate_state(self) -> CandidateState:
        """Where the nomination is."""
        return CandidateState(self.state)


class SchoolVotes(Seen):
    """Votes of schools."""

    def visible_to(self, who: Standing) -> Self:
        """One's own and one's school's; all to the office, and once the result is declared to who watched the election. Who has
        left every school of the partnership sees none."""
        seen = super().visible_to(who)
        if who.is_system:
            return seen
        watched = Scrutineer.objects.filter(person=who.person or "-", election__state=ElectionState.DECLARED).values("election")
        own = Q(Q(person=who.person or "-") | Q(election__in=watched), partnership__in=who.homes)
        return self.filter(Q(pk__in=seen.values("pk")) | own)


class SchoolVote(Row):
    """A line of an election's roll: the one vote of a school, who casts it, and that it is cast. Nothing says when."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    election = models.ForeignKey(Election, models.CASCADE, related_name="votes")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    urn = models.IntegerField()
    school_name = models.CharField(max_length=200)
    person = models.CharField(max_length=12, blank=True)
    person_name = models.CharField(max_length=120, blank=True)
    is_paper = models.BooleanField(default=False)
    voted = models.BooleanField(default=False)

    objects = SchoolVotes.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "school"], name="one_vote_a_school")]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return self.school_name


class Scrutineer(Row):
    """Somebody asked to watch the box. `public` is what is kept of their code, `envelope` what it is rehearsed with."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", person="person")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    election = models.ForeignKey(Election, models.CASCADE, related_name="scrutineers")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    public = models.CharField(max_length=64, blank=True)
    envelope = models.TextField(blank=True)
    rehearsed_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="one_scrutineer_a_person")]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return self.name


class KeyEnvelope(Row):
    """The private half of an election's key, sealed to two scrutineers in turn, each named by what is kept of their code."""

    scope = Scope.PARTNERSHIP
    visible = Visible()
    election = models.ForeignKey(Election, models.CASCADE, related_name="envelopes")
    outer = models.CharField(max_length=64)
    inner = models.CharField(max_length=64)
    sealed = models.TextField()

    objects = Seen.as_manager()


class SealedBallot(Row):
    """A ballot in the box: nothing of who cast it, or when. It goes when the box is opened."""

    scope = Scope.PARTNERSHIP
    visible = Visible()
    election = models.ForeignKey(Election, models.CASCADE, related_name="sealed")
    sealed = models.TextField()

    objects = Seen.as_manager()


class PublishedLists(Seen):
    """Published lists."""

    def visible_to(self, who: Standing) -> Self:
        """Those of the elections in which one holds the vote of a school, or which one watches, while one is of a school of the
        partnership."""
        if who.is_system:
            return self
        mine = [model.objects.filter(person=who.person or "-").values("election") for model in (SchoolVote, Scrutineer)]
        either = Q(contest__election__in=mine[0]) | Q(contest__election__in=mine[1])
        return self.filter(either, contest__election__partnership__in=who.homes)


class PublishedList(Row):
    """The opened ballots of a contest in the order of their trackers, with all that a second count needs. `text` goes after 28
    days, the hash stays."""

    scope = Scope.PARTNERSHIP
    contest = models.OneToOneField(Contest, models.CASCADE, related_name="published")
    text = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    objects = PublishedLists.as_manager()
