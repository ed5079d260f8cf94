from typing import Self

from django.db import models

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Row, Scope
from alongside.members.membership.models.answers import Signature
from alongside.members.partnerships.models import OfPartnership, Partnership
from alongside.members.schools.models import School


class Roll(Row):
    """Who had signed at a stated moment: written once, never changed."""

    scope = Scope.PARTNERSHIP
    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="roll")
    frozen_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    name = models.CharField(max_length=120, help_text="The partnership's name at that moment")

    objects = OfPartnership.as_manager()


class EntriesOfRoll(models.QuerySet["RollEntry"]):
    """Lines of rolls."""

    def visible_to(self, who: Standing) -> Self:
        """Who is a member is known to all who have to do with the partnership."""
        return self if who.is_system else self.filter(roll__partnership__in=who.partnerships)


class RollEntry(Row):
    """One school of a roll, as it was named then."""

    scope = Scope.PARTNERSHIP
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="entries")
    school = models.ForeignKey(School, models.PROTECT, related_name="roll_entries")
    signature = models.ForeignKey(Signature, models.PROTECT, related_name="roll_entries")
    urn = models.IntegerField()
    name = models.CharField(max_length=200)
    constituency = models.CharField(max_length=40)
    signed_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    is_late = models.BooleanField(default=False)

    objects = EntriesOfRoll.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "school"], name="one_line_a_school")]
