from typing import Self

from django.db import models

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Scope, Seen, Visible


class Event(models.Model):
    """One deed: at, by whom, what, on which row. `facts` holds figures and states, never words about a person.

    `reason` is the salted hash of words that lie in their own, erasable row.
    """

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school", person="person")
    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.CharField(max_length=12, blank=True)
    by_system = models.BooleanField(default=False)
    act = models.CharField(max_length=60)
    row = models.CharField(max_length=12, blank=True)
    partnership = models.CharField(max_length=12, blank=True)
    school = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict)
    reason = models.CharField(max_length=64, blank=True)

    objects = Seen.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "-at"]),
            models.Index(fields=["school", "-at"]),
            models.Index(fields=["row"]),
        ]


class OfTheLog(models.QuerySet[models.Model]):
    """What belongs to events."""

    def visible_to(self, who: Standing) -> Self:
        """Whoever sees the event."""
        return self if who.is_system else self.filter(event__in=Event.objects.visible_to(who).values("pk"))


class Reason(models.Model):
    """Why somebody did something, in their words: the one part of the log that can be erased."""

    scope = Scope.PARTNERSHIP
    event = models.BigIntegerField(primary_key=True)
    words = models.TextField()
    salt = models.CharField(max_length=32)

    objects = OfTheLog.as_manager()


class Seal(models.Model):
    """One link of the chain: an event by its number, its place, the hash before it and its own.

    Each hash is followed by one link at most, so that the chain has no fork however many seal at once.
    """

    scope = Scope.SYSTEM
    event = models.BigIntegerField(primary_key=True)
    position = models.PositiveBigIntegerField(unique=True)
    before = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = OfTheLog.as_manager()
