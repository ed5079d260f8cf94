from django.db import models
from django.db.models import Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.people.models.people import Person, Role


class ActsFor(Row):
    """That a colleague acts for a head: as long as the head holds `role`, and the colleague (`person`) `own`, the post by which
    they were named."""

    scope = Scope.PERSONAL
    visible = Visible(through="role", person="person")
    LATER = ("ended_at",)
    role = models.ForeignKey(Role, models.CASCADE, related_name="acted_for")
    own = models.ForeignKey(Role, models.CASCADE, related_name="acting")
    person = models.ForeignKey(Person, models.CASCADE, related_name="acts_for")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "person"], condition=Q(ended_at=None), name="one_acts_once_for_a_role")
        ]
        indexes = [models.Index(fields=["person", "ended_at"])]
