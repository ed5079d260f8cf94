from typing import Self

from django.db import models
from django.db.models import Q

from alongside.across.demo.rules import Stage
from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Row, Scope


class States(models.QuerySet[models.Model]):
    """What the demonstration keeps for itself."""

    def visible_to(self, who: Standing) -> Self:
        """Everybody: it holds the invented borough only."""
        return self


class DemoState(Row):
    """What day it is in Elthorne, and from which version it was built. One row at most."""

    scope = Scope.SYSTEM
    place = models.CharField(max_length=10, default="elthorne", unique=True, editable=False)
    stage = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stage], default=Stage.SIGNING)
    offset_seconds = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()
    built_from = models.CharField(max_length=64)

    objects = States.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place="elthorne"), name="one_state_of_the_demonstration")]


class Kept(Row):
    """One table's rows of Elthorne as it was built, as text."""

    scope = Scope.SYSTEM
    place = models.PositiveSmallIntegerField()
    table = models.CharField(max_length=80, unique=True)
    rows = models.TextField()

    objects = States.as_manager()
