"""Agendas, their papers, what was brought to a meeting, and who has an interest in an item."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.models.planning import Meeting
from alongside.deciding.meetings.models.sitting import kept_by, sits
from alongside.deciding.meetings.rules.kinds import PROPOSAL_MOVES, ItemKind, PaperState, ProposalState
from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class AgendaProposals(Seen):
    """What was brought to meetings."""

    def visible_to(self, who: Standing) -> Self:
        """One's own; for the office, and for the clerk and the chair of the body."""
        return (
            self if who.is_system else self.filter(kept_by(who) | Q(person=who.person or "-", partnership__in=who.partnerships))
        )


class AgendaProposal(Row):
    """Something that somebody brings to a body's meeting, or another body hands on (`came_from`). `missed` counts the meetings
    that went by without an answer."""

    scope = Scope.PARTNERSHIP
    MOVES = PROPOSAL_MOVES
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, related_name="proposals")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=160)
    words = models.TextField(max_length=2_000)
    state = models.CharField(max_length=10, choices=ProposalState.choices(), default=ProposalState.WAITING)
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    missed = models.PositiveSmallIntegerField(default=0)
    came_from = models.ForeignKey("Decision", models.PROTECT, null=True, related_name="handed_on")

    LATER = ("state", "reason", "missed")
    objects = AgendaProposals.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def proposal_state(self) -> ProposalState:
        """What became of it."""
        return ProposalState(self.state)


class AgendaItems(Seen):
    """Items of agendas."""

    def visible_to(self, who: Standing) -> Self:
        """For who sees the meeting; what is restricted, for those who sit there fully and for the office, but for nobody who has
        an interest in it and leaves."""
        if who.is_system:
            return self
        fully = Q(partnership__in=who.offices) | sits(who, body="meeting__body", on="meeting__on", fully=True)
        leaves = Declared.objects.filter(item=OuterRef("pk"), person=who.person or "-", leaves=True, is_struck=False)
        seen = self.filter(meeting__in=Meeting.objects.visible_to(who).values("pk"))
        return seen.filter(Q(is_restricted=False) | fully & ~Exists(leaves))


class AgendaItem(Versioned):
    """An item of an agenda, and what its minutes say (`notes`); what a later meeting found wrong in approved ones stands beside
    them (`later`). What is restricted stands last, so that no number is missing for who does not see it."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    title = models.CharField("Item", max_length=160)
    kind = models.CharField("What for", max_length=12, choices=ItemKind.choices())
    minutes = models.PositiveSmallIntegerField("Minutes", default=10)
    presenter = models.CharField("Who presents it", max_length=120, blank=True)
    presented_by = models.CharField(max_length=12, blank=True, help_text="The person, by id, who has the practice slot")
    about = models.CharField("What the meeting is asked", max_length=500, blank=True)
    is_restricted = models.BooleanField("Restricted", default=False)
    position = models.PositiveIntegerField()
    proposal = models.ForeignKey(AgendaProposal, models.PROTECT, null=True, related_name="items")
    notes = models.TextField("Minutes", max_length=20_000, blank=True)
    later = models.TextField("Noted later", blank=True)

    LATER = ("version", "position", "is_restricted", "presented_by")
    objects = AgendaItems.as_manager()

    class Meta:
        ordering = ["is_restricted", "position", "pk"]
        indexes = [models.Index(fields=["meeting", "is_restricted", "position"])]

    def __str__(self) -> str:
        return self.title

    @property
    def item_kind(self) -> ItemKind:
        """What the meeting is asked to do."""
        return ItemKind(self.kind)


class ItemPaper(Row):
    """A paper of an item: a file that is kept (`file` is its id), under its own name."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="item")
    KEEPS_FILES = True
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    file = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    format = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=PaperState.choices(), default=PaperState.WITH_AGENDA)
    added_at = models.DateTimeField()
    is_out = models.BooleanField(default=False)

    LATER = ("is_out",)
    objects = Seen.as_manager()

    @property
    def paper_state(self) -> PaperState:
        """When it came."""
        return PaperState(self.state)


class Declared(Row):
    """That somebody has an interest in an item, and whether they leave for it. What was entered by mistake is struck out."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="item")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="declared")
    member = models.CharField(max_length=12)
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    words = models.CharField("What it is", max_length=300)
    leaves = models.BooleanField(default=True)
    is_struck = models.BooleanField(default=False)

    LATER = ("is_struck",)
    objects = Seen.as_manager()
