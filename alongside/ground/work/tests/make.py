"""Long work of tests."""

from alongside.ground.core.standing import Standing
from alongside.ground.work.actions import jobs
from alongside.ground.work.models import Job


def job(person: str, **facts: object) -> Job:
    """Something that somebody asked for."""
    by = Standing(person=person, name="Somebody")
    return jobs.start_job(**{"what": "Typesetting of 97 invoices", "total": 97, "link": "/", **facts}, by=by)
