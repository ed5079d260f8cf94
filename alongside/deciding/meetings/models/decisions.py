"""Who came, what was decided, and what is to be done."""

from textwrap import shorten
from typing import Self

from django.db import models
from django.db.models import Q

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import Deputy, Duty
from alongside.deciding.meetings.models.agendas import AgendaItem
from alongside.deciding.meetings.models.planning import Meeting
from alongside.deciding.meetings.models.sitting import sits
from alongside.deciding.meetings.rules.deciding import Votes
from alongside.deciding.meetings.rules.kinds import ACTION_MOVES, ActionState, Attendance, DecidedBy, DecisionState
from alongside.ground.core import clock
from alongside.ground.core.cells import Tag
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import short_date
from alongside.ground.web.models import Row, Scope, Seen, Visible, of_own_schools
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

PLAIN = Q(item=None, is_restricted=False) | Q(item__is_restricted=False)  # what a school does about it is read in the school


def _for_the_body(who: Standing) -> Q:
    """What belongs to a body, and to no item that is not for this person; what is of no item says itself whether it is
    restricted."""
    office = Q(partnership__in=who.offices)
    of_item = Q(item__in=AgendaItem.objects.visible_to(who).values("pk"))
    of_none = Q(item=None) & (office | sits(who, fully=True) | Q(is_restricted=False) & sits(who))
    return of_none | of_item


class Attendee(Row):
    """How somebody who sits on the body was at a meeting, with the seat and vote that they held that day. `member` is the id of
    the person, or of whoever holds the seat without an account. `noted_at`: when it was entered, of what is entered before the
    day, which the register takes over."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="meeting")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    member = models.CharField(max_length=12)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    seat = models.CharField(max_length=120)
    vote = models.TextField(blank=True)
    duty = models.CharField(max_length=6, choices=Duty.choices())
    deputy_may = models.CharField(max_length=8, choices=Deputy.choices())
    is_acting = models.BooleanField(default=False)
    came = models.CharField(max_length=10, choices=Attendance.choices())
    deputy = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    noted_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_attendance_a_member")]

    @property
    def said(self) -> str:
        """Their name, acting or not, and who came in their place."""
        return self.name + (", acting" if self.is_acting else "") + (f" (represented by {self.deputy})" if self.deputy else "")

    @property
    def how(self) -> Attendance:
        """How they were there."""
        return Attendance(self.came)


class Decisions(Seen):
    """Decisions."""

    def visible_to(self, who: Standing) -> Self:
        """For the body and the office; what is followed into schools and not restricted, for the people of those schools."""
        if who.is_system:
            return self
        followed = ActionPoint.objects.filter(of_own_schools(who)).values("decision")
        return self.filter(_for_the_body(who) | PLAIN & Q(pk__in=followed))


class Decision(Row):
    """What a body decided: at a meeting on an item, by its chair between meetings, or in writing. It never changes; a later one
    may take its place. `authority` is what money rests on, where it is about money."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="decisions")
    how = models.CharField(max_length=8, choices=DecidedBy.choices(), default=DecidedBy.MEETING)
    state = models.CharField(max_length=6, choices=DecisionState.choices(), default=DecisionState.MADE)
    reference = models.CharField(max_length=30)
    decided_on = models.DateField()
    words = models.TextField(max_length=2_000)
    proposer = models.CharField(max_length=120, blank=True)
    for_it = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    casting = models.BooleanField(default=False)
    money = models.CharField(max_length=12, choices=DecisionKind.choices(), blank=True)
    amount = models.PositiveIntegerField(null=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    authority = models.OneToOneField(Authority, models.PROTECT, null=True, related_name="decided_as")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    is_restricted = models.BooleanField(default=False, help_text="Where it is of no item")
    made_at = models.DateTimeField()

    LATER = ("state", "authority_id", "decided_on", "reference")
    objects = Decisions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "reference"], name="one_decision_a_reference")]
        indexes = [models.Index(fields=["body", "-decided_on"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def headline(self) -> str:
        """Its words, or as many of them as fit a heading."""
        return shorten(self.words, 120, placeholder="…")

    @property
    def votes(self) -> Votes:
        """How the vote went."""
        return Votes(self.for_it, self.against, self.abstained, self.casting)

    @property
    def stays_within(self) -> bool:
        """Whether it is restricted, by its item or by itself: its words go no further than it does."""
        return self.item.is_restricted if self.item else self.is_restricted

    @property
    def decision_state(self) -> DecisionState:
        """Whether it is decided."""
        return DecisionState(self.state)

    @property
    def decided_by(self) -> DecidedBy:
        """How it was decided."""
        return DecidedBy(self.how)


class Assent(Row):
    """What somebody who votes on a body answered to a written resolution."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="decision")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="assents")
    member = models.CharField(max_length=12)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    vote = models.TextField()
    agrees = models.BooleanField(null=True)
    at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "member"], name="one_answer_a_member")]


class ActionPoints(Seen):
    """Actions."""

    def visible_to(self, who: Standing) -> Self:
        """For whoever does it; for the people of the school that does, unless it is restricted; for the body and the office."""
        if who.is_system:
            return self
        mine = Q(person=who.person or "-", partnership__in=who.partnerships)
        return self.filter(mine | of_own_schools(who) & PLAIN | _for_the_body(who))


class ActionPoint(Row):
    """What is to be done, by whom (a person or a school), by when; it goes out the day after the meeting."""

    scope = Scope.PARTNERSHIP
    MOVES = ACTION_MOVES
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="action_points")
    body = models.ForeignKey(Body, models.PROTECT, related_name="action_points")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="action_points")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="action_points")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="action_points")
    words = models.CharField(max_length=500)
    person = models.CharField(max_length=12, blank=True)
    owner = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="action_points")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState.choices(), default=ActionState.OPEN)
    said = models.CharField(max_length=500, blank=True)
    said_by = models.CharField(max_length=250, blank=True, help_text="Also for whom: 'Sam Okafor for Amy Alder'")
    changed_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    is_restricted = models.BooleanField(default=False, help_text="Where it is of no item")

    LATER = ("state", "said", "said_by", "changed_on")
    objects = ActionPoints.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state"]), models.Index(fields=["person", "state"]), models.Index(fields=["school",
            "state"])
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.words

    @property
    def action_state(self) -> ActionState:
        """How it stands."""
        return ActionState(self.state)

    @property
    def tag(self) -> Tag:
        """How it stands today, in a colour: late where its day is over."""
        is_late = self.state == ActionState.OPEN and self.due_on < clock.today()
        return Tag("Late", "red") if is_late else Tag.of(self.action_state)

    @property
    def told(self) -> str:
        """Who said how it stands, and when: 'Sam Okafor for Amy Alder, 4 April 2022'; nothing while nobody has."""
        return ", ".join(filter(None, [self.said_by, short_date(self.changed_on)])) if self.changed_on else ""
