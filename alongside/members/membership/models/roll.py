from django.db import models

from alongside.ground.web.rows import Row, Scope, Seen, Visible
from alongside.members.membership.models.answers import Signature
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class Roll(Row):
    """Who had signed at a stated moment: written once, never changed."""

    scope = Scope.PARTNERSHIP
    visible = Visible(members="partnership")
    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="roll")
    frozen_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    name = models.CharField(max_length=120, help_text="The partnership's name at that moment")

    objects = Seen.as_manager()


class RollEntry(Row):
    """One school of a roll, as it was named then."""

    scope = Scope.PARTNERSHIP
    visible = Visible(members="roll__partnership")
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="entries")
    school = models.ForeignKey(School, models.PROTECT, related_name="roll_entries")
    signature = models.ForeignKey(Signature, models.PROTECT, related_name="roll_entries")
    urn = models.IntegerField()
    name = models.CharField(max_length=200)
    constituency = models.CharField(max_length=40)
    signed_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    is_late = models.BooleanField(default=False)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "school"], name="one_line_a_school")]
