from django.db import models
from django.db.models import Q

from alongside.across.keeping.rules.erasure import Because
from alongside.ground.web.models import Row, Scope, Seen, Visible


class HeldThing(models.TextChoices):
    """What can be held."""

    PERSON = "person"
    SCHOOL = "school"
    PARTNERSHIP = "partnership"


class Hold(Row):
    """A person, school or partnership of which nothing is erased until the hold is lifted: a dispute, a request, a court."""

    scope = Scope.SYSTEM
    visible = Visible()
    what = models.CharField(max_length=12, choices=HeldThing.choices)
    row = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)
    since_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=12, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "row"], condition=Q(lifted_at=None), name="one_hold_of_a_thing"),
        ]


class Erasure(Row):
    """That somebody was erased: their id, and a keyed hash of the address, by which a restored backup finds them again."""

    scope = Scope.SYSTEM
    visible = Visible()
    person = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=64, blank=True)
    because = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Because])
    at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person="") | ~Q(address=""), name="an_erasure_is_of_somebody"),
        ]
