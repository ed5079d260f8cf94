from django.db import models
from django.db.models import F, Q

from alongside.partnerships.models import OfPartnership, Partnership
from alongside.web.rows import Row, Scope


class Holiday(Row):
    """Days on which the partnership's schools are closed, both ends included."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="holidays")
    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()

    objects = OfPartnership.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="holiday_ends_after_it_begins"),
            models.UniqueConstraint(fields=["partnership", "first_on"], name="one_holiday_begins_a_day"),
        ]
