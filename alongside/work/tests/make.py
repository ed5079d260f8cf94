"""Long work of tests."""

from alongside.core.standing import Standing
from alongside.work import actions
from alongside.work.models import Job


def job(person: str, **facts: object) -> Job:
    """Something that somebody asked for."""
    by = Standing(person=person, name="Somebody")
    return actions.start_job(**{"what": "Typesetting of 97 invoices", "total": 97, "link": "/", **facts}, by=by)
