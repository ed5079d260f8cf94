from django.db import models
from django.db.models import Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.people.models.people import Person, Role


class ActsFor(Row):
    """That somebody of a school acts for its head, as long as the head holds that role and they a post there of their own."""

    scope = Scope.PERSONAL
    visible = Visible(through="role", person="person")
    role = models.ForeignKey(Role, models.CASCADE, related_name="acted_for")
    person = models.ForeignKey(Person, models.CASCADE, related_name="acts_for")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "person"], condition=Q(ended_at=None), name="one_acts_once_for_a_role")
        ]
        indexes = [models.Index(fields=["person", "ended_at"])]
