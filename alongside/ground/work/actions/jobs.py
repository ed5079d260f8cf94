"""Long work that a person follows. Each step is stored by itself: call these outside the transaction of the work."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.work.models import Job
from alongside.ground.work.rules import JobState


@transaction.atomic
def start_job(*, what: str, total: int = 0, link: str = "", link_text: str = "", partnership: str = "", by: Standing) -> Job:
    """Begin long work and give its row, whose page is `work:job`; `total` counts its steps, where that is known.

    `link` is the page on which its result will be.
    """
    now = clock.now()
    return Job.objects.create(
        person=by.person or by.on_behalf_of or "",
        partnership=partnership,
        what=what[:200],
        total=total,
        link=link,
        link_text=link_text,
        started_at=now,
        changed_at=now,
    )


@transaction.atomic
def advance(*, job: str, steps: int = 1, total: int | None = None, message: str = "", by: Standing) -> None:
    """So many more steps are done; `total` when it is known only now."""
    rows = Job.objects.filter(pk=job, state=JobState.RUNNING)
    changes = {"changed_at": clock.now(), **({"message": message[:300]} if message else {})}
    if total is not None:
        rows.update(total=total, done=Least("done", total), **changes)
    rows.filter(total__gt=0).update(done=Least(F("done") + steps, F("total")), **changes)
    rows.filter(total=0).update(done=F("done") + steps, **changes)


@transaction.atomic
def finish(*, job: str, message: str = "", link: str = "", by: Standing) -> None:
    """It is done, and its result lies there; a second time changes nothing."""
    changes = {"message": message[:300], **({"link": link} if link else {})}
    rows = Job.objects.filter(pk=job, state=JobState.RUNNING)
    rows.update(state=JobState.DONE, done=F("total"), changed_at=clock.now(), **changes)
