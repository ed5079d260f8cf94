"""How far long work is."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.ground.core import clock
from alongside.ground.web.asked import Asked, find
from alongside.ground.work import queries
from alongside.ground.work.models import Job
from alongside.ground.work.rules import JobState, is_still, share_done


def jobs(request: Asked) -> HttpResponse:
    """The long work that the person has asked for."""
    rows = [(one, JobState(one.state), share_done(one.done, one.total)) for one in queries.jobs_of(viewer=request.who)]
    return render(request, "work/jobs.html", {"rows": rows})


def job(request: Asked, key: str) -> HttpResponse:
    """One piece of long work; the page renews itself until it is done, and can be left."""
    row = find(Job, request, pk=key)
    running = row.state == JobState.RUNNING
    context = {
        "job": row,
        "state": JobState(row.state),
        "share": share_done(row.done, row.total),
        "running": running,
        "still": running and is_still(row.changed_at, clock.now()),
    }
    return render(request, "work/job.html", context)
