from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Row, Scope
from alongside.ground.work.rules import JobState


class Machinery(models.QuerySet[models.Model]):
    """Rows of the machine itself."""

    def visible_to(self, who: Standing) -> Self:
        """The installation alone."""
        return self if who.is_system else self.none()


class Worker(Row):
    """A process that does tasks, and when it last said that it lives (in real time)."""

    scope = Scope.SYSTEM
    place = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = Machinery.as_manager()


class PeriodicRun(Row):
    """One period of work that comes again, put into the queue once by whichever worker was first."""

    scope = Scope.SYSTEM
    task = models.CharField(max_length=80)
    period = models.DateTimeField()

    objects = Machinery.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "period"], name="one_run_a_period")]


class Jobs(models.QuerySet["Job"]):
    """Long work."""

    def visible_to(self, who: Standing) -> Self:
        """Whoever asked for it."""
        return self if who.is_system else self.filter(person=who.person or "-")


class Job(Row):
    """Long work that somebody asked for: how far it is, and where its result lies."""

    scope = Scope.PERSONAL
    person = models.CharField(max_length=12, blank=True, db_index=True)
    partnership = models.CharField(max_length=12, blank=True)
    what = models.CharField(max_length=200)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in JobState], default=JobState.RUNNING)
    message = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=300, blank=True)
    link_text = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = Jobs.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="no_more_done_than_there_is")]
