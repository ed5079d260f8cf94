from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core import clock
from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models.people import Person, Role
from alongside.members.people.rules.roles import MOVES, InvitationState, Purpose
from alongside.members.posts.queries import title_of
from alongside.members.schools.models import School


class Invitations(Seen):
    """Invitations."""

    def open(self) -> Self:
        """Those that can still be taken up."""
        return self.filter(state=InvitationState.OPEN, expires_at__gt=clock.now())


class Invitation(Row):
    """A post offered to whoever has the link that went to one address, or the code in a letter. Neither is kept here."""

    scope = Scope.SCHOOL
    visible = Visible(office="partnership", school="school")
    MOVES = MOVES
    LATER = ("token_hash", "code_hash", "state", "accepted_by_id", "stood_until", "tries")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=20)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="invitations")
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="invitations")
    purpose = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Purpose])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in InvitationState], default=InvitationState.OPEN)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    from_on = models.DateField(null=True, blank=True)  # a successor's first day
    succeeds = models.ForeignKey(Role, models.SET_NULL, null=True, blank=True, related_name="successors")
    stood_until = models.DateField(null=True, blank=True)  # the last day of who made way, before they made way
    closed_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    accepted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    follows = models.OneToOneField("self", models.SET_NULL, null=True, related_name="followed_by")
    hands = models.PositiveSmallIntegerField(default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_from = models.DateTimeField(null=True)

    objects = Invitations.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False) | Q(partnership__isnull=False),
                name="an_invitation_is_to_a_school_or_an_office",
            ),
            models.UniqueConstraint(
                fields=["partnership", "school", "post", "email", "purpose"],
                condition=Q(state=InvitationState.OPEN, school__isnull=False),
                name="one_open_invitation_to_a_school",
            ),
            models.UniqueConstraint(
                fields=["partnership", "post", "email"],
                condition=Q(state=InvitationState.OPEN, school=None),
                name="one_open_invitation_to_an_office",
            ),
        ]
        indexes = [models.Index(fields=["school", "state"]), models.Index(fields=["partnership", "state"])]

    @property
    def post_name(self) -> str:
        """What the post is called."""
        return title_of(self.post)

    @property
    def place(self) -> str:
        """The school or the partnership to whose post it invites."""
        return str(self.school or self.partnership)
