"""How far long work is."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.ground.core import clock
from alongside.ground.web.asked import Asked
from alongside.ground.work import queries
from alongside.ground.work.rules import JobState, is_still, share_done


def jobs(request: Asked) -> HttpResponse:
    """The long work that the person has asked for."""
    rows = [
        (key, what, JobState(state), share_done(done, total), begun)
        for key, what, state, done, total, begun in queries.jobs_of(viewer=request.who)
    ]
    return render(request, "work/jobs.html", {"rows": rows})


def job(request: Asked, key: str) -> HttpResponse:
    """One piece of long work; the page renews itself until it is done, and can be left."""
    found = queries.job_of(key, viewer=request.who)
    if found is None:
        raise Http404
    state = JobState(found.state)
    running = state is JobState.RUNNING
    context = {
        "job": found,
        "state": state,
        "share": share_done(found.done, found.total),
        "running": running,
        "still": running and is_still(found.changed_at, clock.now()),
    }
    return render(request, "work/job.html", context)
