from typing import Self

from django.db import models

from alongside.core.standing import Standing
from alongside.web.rows import Scope


class Events(models.QuerySet["Event"]):
    """What happened."""

    def visible_to(self, who: Standing) -> Self:
        """An office sees what happened in its partnerships, a school what concerned it, a person their own deeds."""
        if who.is_system:
            return self
        return self.filter(
            models.Q(partnership__in=who.offices) | models.Q(school__in=who.schools) | models.Q(person=who.person or "-")
        )


class Event(models.Model):
    """One deed: at, by whom, what, on which row. `facts` holds figures and states, never words about a person."""

    scope = Scope.PARTNERSHIP
    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.CharField(max_length=12, blank=True)
    by_system = models.BooleanField(default=False)
    act = models.CharField(max_length=60)
    row = models.CharField(max_length=12, blank=True)
    partnership = models.CharField(max_length=12, blank=True)
    school = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict)

    objects = Events.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "-at"]),
            models.Index(fields=["school", "-at"]),
            models.Index(fields=["row"]),
        ]
