"""When bodies meet."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.quorum import Quorum, Share
from alongside.deciding.meetings.models.sitting import kept_by, sits
from alongside.deciding.meetings.rules.kinds import MEETING_MOVES, HowOften, ItemKind, MeetingKind, MeetingState
from alongside.deciding.meetings.rules.minutes import Presence
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import weekday_near
from alongside.ground.web.models import Scope, Seen, Versioned
from alongside.members.partnerships.models import Partnership


class OfBody(Seen):
    """What belongs to a body."""

    def visible_to(self, who: Standing) -> Self:
        """For the office, and for those who sit on the body."""
        return self if who.is_system else self.filter(Q(partnership__in=who.offices) | sits(who))


class MeetingsSeen(Seen):
    """Meetings."""

    def visible_to(self, who: Standing) -> Self:
        """For the office, and for those who sit on the body, today or on the day of the meeting."""
        return self if who.is_system else self.filter(Q(partnership__in=who.offices) | sits(who, on="on"))


class KeptOfBody(Seen):
    """What is prepared for a body."""

    def visible_to(self, who: Standing) -> Self:
        """For the office, the clerk and the chair."""
        return self if who.is_system else self.filter(kept_by(who))


class MeetingSeries(Versioned):
    """How often a body meets. `other_kind` and `other_weekday` are of the weeks between, where it meets in turn."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, related_name="series")
    rhythm = models.CharField("How often", max_length=12, choices=HowOften.choices())
    kind = models.CharField("What kind", max_length=14, choices=MeetingKind.choices())
    weekday = models.PositiveSmallIntegerField("On which day", default=0)
    nth = models.PositiveSmallIntegerField("Which of the month", default=1)
    other_kind = models.CharField(max_length=14, choices=MeetingKind.choices(), blank=True)
    other_weekday = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField()
    ended_on = models.DateField(null=True)

    LATER = ("version", "ended_on")
    objects = OfBody.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(rhythm=HowOften.ALTERNATING) | ~Q(other_kind=""), name="what_alternates_has_two_kinds"
            )
        ]


class Meeting(Versioned):
    """A meeting. `slot_on` is the day that its rhythm gave it, which it keeps when it moves; `clash` is what stands in the way
    there.

    What the register found (`in_post` to `chair_acts`) is kept with it: who held which seat later changes nothing of it.
    """

    scope = Scope.PARTNERSHIP
    MOVES = MEETING_MOVES
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="meetings")
    body = models.ForeignKey(Body, models.CASCADE, related_name="meetings")
    series = models.ForeignKey(MeetingSeries, models.PROTECT, null=True, related_name="meetings")
    kind = models.CharField(max_length=14, choices=MeetingKind.choices())
    state = models.CharField(max_length=10, choices=MeetingState.choices(), default=MeetingState.PLANNED)
    on = models.DateField("Day")
    slot_on = models.DateField()
    clash = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField("Begins")
    ends_at = models.DateTimeField("Ends")
    place = models.CharField("Place", max_length=120, blank=True)
    link = models.URLField("Link for video", max_length=300, blank=True)
    send_by = models.DateField()
    sent_at = models.DateTimeField(null=True)
    is_short = models.BooleanField(default=False)
    in_post = models.PositiveSmallIntegerField(null=True)
    needed = models.PositiveSmallIntegerField(null=True)
    needs_chair = models.BooleanField(default=True)
    places = models.PositiveSmallIntegerField(default=0)
    votes_here = models.PositiveSmallIntegerField(default=0)
    chair = models.CharField(max_length=12, blank=True)
    chair_name = models.CharField(max_length=120, blank=True)
    chair_acts = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="approves")
    approved_as = models.JSONField(default=list)
    facts_hash = models.CharField(max_length=64, blank=True)
    is_public = models.BooleanField(default=False)

    LATER = (
        *("version", "state", "on", "clash", "starts_at", "ends_at", "place", "link", "send_by", "is_short", "in_post", "needed"),
        *("needs_chair", "places", "votes_here", "chair", "chair_name", "chair_acts"),
        *("approved_by_id", "facts_hash", "approved_as", "is_public"),
    )
    objects = MeetingsSeen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "slot_on"], condition=~Q(series=None), name="one_meeting_a_slot"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="a_meeting_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["body", "on"]), models.Index(fields=["partnership", "on"])]

    def __str__(self) -> str:
        return f"{self.body}, {weekday_near(self.on, clock.today())}"

    @property
    def meeting_kind(self) -> MeetingKind:
        """What kind it is."""
        return MeetingKind(self.kind)

    @property
    def meeting_state(self) -> MeetingState:
        """Where it is."""
        return MeetingState(self.state)

    @property
    def body_then(self) -> str:
        """What the body was called: in approved minutes as they were approved, else as it is today."""
        return self.approved_as[0]["minutes"]["body"] if self.approved_as else self.body.name

    @property
    def was_moved(self) -> bool:
        """Whether it is on another day than its rhythm gave it."""
        return self.on != self.slot_on

    @property
    def lasts(self) -> int:
        """How many minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def presence(self) -> Presence | None:
        """Who is there for the quorum, once the register is taken."""
        if self.in_post is None or self.needed is None:
            return None
        quorum = Quorum(Share.NUMBER, self.needed, self.needs_chair, self.in_post)
        return Presence(quorum, [str(one) for one in range(self.votes_here)], bool(self.chair), self.places)


class Business(Versioned):
    """A line that agendas of a body are filled with: at each meeting of a kind (month 0), or once a year in its month."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, related_name="business")
    meeting_kind = models.CharField("At which meetings", max_length=14, choices=MeetingKind.choices(), blank=True)
    month = models.PositiveSmallIntegerField("In which month", default=0)
    title = models.CharField("Item", max_length=160)
    kind = models.CharField("What for", max_length=12, choices=ItemKind.choices())
    minutes = models.PositiveSmallIntegerField("Minutes", default=10)
    about = models.CharField("What the meeting is asked", max_length=500, blank=True)
    is_restricted = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=100)
    ended_on = models.DateField(null=True)

    LATER = ("version", "ended_on")
    objects = KeptOfBody.as_manager()
