from django.db import models
from django.db.models import Q

from alongside.across.demo.rules import Stage
from alongside.ground.web.models import Row, Scope, Seen, Visible


class DemoState(Row):
    """What day it is in Elthorne, and from which version it was built. One row at most."""

    scope = Scope.SYSTEM
    visible = Visible(everyone=True)
    place = models.CharField(max_length=10, default="elthorne", unique=True, editable=False)
    stage = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stage], default=Stage.SIGNING)
    offset_seconds = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()
    built_from = models.CharField(max_length=64)
    notebook = models.TextField(blank=True, help_text="The codes of the story’s scrutineers, who would keep them themselves")

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place="elthorne"), name="one_state_of_the_demonstration")]


class Kept(Row):
    """One table's rows of Elthorne as it was built, as text."""

    scope = Scope.SYSTEM
    visible = Visible(everyone=True)
    place = models.PositiveSmallIntegerField()
    table = models.CharField(max_length=80, unique=True)
    rows = models.TextField()

    objects = Seen.as_manager()
