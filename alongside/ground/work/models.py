from django.db import models
from django.db.models import F, Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.ground.work.rules import JobState


class Worker(Row):
    """A process that does tasks, and when it last said that it lives (in real time)."""

    scope = Scope.SYSTEM
    visible = Visible()
    place = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = Seen.as_manager()


class PeriodicRun(Row):
    """One period of work that comes again, put into the queue once by whichever worker was first."""

    scope = Scope.SYSTEM
    visible = Visible()
    task = models.CharField(max_length=80)
    period = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "period"], name="one_run_a_period")]


class Job(Row):
    """Long work that somebody asked for: how far it is, and where its result lies."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
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

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="no_more_done_than_there_is")]
