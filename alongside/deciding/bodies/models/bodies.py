"""Bodies, their quorum and their seats."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from alongside.deciding.bodies.rules.holding import Span
from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy, Duty, Filling, SeatFor, ShownTo, term_words
from alongside.deciding.bodies.rules.quorum import Share
from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import School


class Bodies(Seen):
    """Bodies."""

    def visible_to(self, who: Standing) -> Self:
        """Those of one's offices, of the partnerships to which a school of one's own belongs, and those on which one sits, with
        the others beside them."""
        if who.is_system:
            return self
        return self.filter(partnership__in=who.offices | who.seated | {home for home, _ in who.belonging})


class Body(Versioned):
    """A board or committee of a partnership, or the governing body of one of its schools."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="bodies")
    kind = models.CharField(max_length=20, choices=BodyKind.choices())
    name = models.CharField("Name", max_length=80)
    about = models.CharField("What it is for", max_length=300, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="bodies")
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    shown = models.CharField("To whom interests are shown", max_length=8, choices=ShownTo.choices(), default=ShownTo.BODY)
    is_public = models.BooleanField("On the public page", default=False)

    LATER = ("version", "ended_on", "shown", "is_public", "about")
    objects = Bodies.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partnership", models.functions.Lower("name"), condition=Q(ended_on=None), name="one_body_of_a_name"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="a_body_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def body_kind(self) -> BodyKind:
        """What it is."""
        return BodyKind(self.kind)


class QuorumRule(Row):
    """How many make a quorum of a body, from a day on."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="body")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, related_name="quorum_rules")
    from_on = models.DateField()
    share = models.CharField(max_length=6, choices=Share.choices(), default=Share.HALF)
    least = models.PositiveSmallIntegerField(default=0)
    needs_chair = models.BooleanField(default=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "from_on"], name="one_quorum_a_day")]


class Seat(Versioned):
    """A seat on a body, from a day until a day. `sits_by`: whoever is head of a school that belongs so sits there by that fact.

    `other_than` are the seats, by key between commas, whose holder may not hold this one too. What counts for votes (`votes`,
    `duty`) never changes: a seat that is to count otherwise ends, and another begins, so that no past day changes.
    """

    scope = Scope.PARTNERSHIP
    visible = Visible(through="body")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    title = models.CharField("Seat", max_length=80)
    seat_for = models.CharField("From among whom", max_length=12, choices=SeatFor.choices(), blank=True)
    filling = models.CharField("How it is filled", max_length=12, choices=Filling.choices())
    filled_by = models.CharField("By whom", max_length=80, blank=True)
    sits_by = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Belonging])
    duty = models.CharField(max_length=6, choices=Duty.choices(), default=Duty.MEMBER)
    votes = models.BooleanField(default=True)
    deputy = models.CharField("Deputy", max_length=8, choices=Deputy.choices(), default=Deputy.NONE)
    term_years = models.PositiveSmallIntegerField("Term in years", null=True)
    other_than = models.TextField(blank=True)
    other_why = models.CharField("Why", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    before: Any = models.JSONField(default=list, help_text="How it was described until which day, the latest last")

    LATER = ("version", "position", "until_on", "before")
    DESCRIBED = ("title", "seat_for", "filling", "filled_by", "deputy", "term_years", "other_than", "other_why")
    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_seat_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(duty=Duty.CLERK) | Q(votes=False), name="a_clerk_does_not_vote"),
        ]
        indexes = [models.Index(fields=["body", "position"], name="seats_in_order")]

    def __str__(self) -> str:
        return self.title

    def as_on(self, day: date) -> Self:
        """The seat as it was described on a day: itself, to be read and not to be saved."""
        for name, said in next((one["said"] for one in self.before if day <= date.fromisoformat(one["until"])), {}).items():
            setattr(self, name, said)
        return self

    @property
    def span(self) -> Span:
        """From when until when it is there."""
        return Span(self.from_on, self.until_on)

    @property
    def others(self) -> frozenset[str]:
        """The seats whose holder may not hold this one too."""
        return frozenset(one for one in self.other_than.split(",") if one)

    @property
    def is_beside(self) -> bool:
        """Whether its holder keeps another seat beside it: chosen from among the members."""
        return self.filling == Filling.CHOSEN

    @property
    def is_place(self) -> bool:
        """Whether it is one of the places of the body: a clerk's is none, nor is what somebody does beside their own seat."""
        return self.duty != Duty.CLERK and not self.is_beside

    @property
    def is_of_heads(self) -> bool:
        """Whether heads sit there, by their post or as what the seat asks for: beside a name stands the school then."""
        return bool(self.sits_by) or SeatFor(self.seat_for).needs_head

    @property
    def how(self) -> str:
        """How it is filled, and by whom, in words."""
        filling = Filling(self.filling)
        return f"{filling.label} by {self.filled_by}" if self.filled_by and filling != Filling.EX_OFFICIO else filling.label

    @property
    def term(self) -> str:
        """How long somebody holds it, in words."""
        return term_words(self.term_years)
