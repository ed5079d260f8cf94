"""A long run of invoices is followed on a page that can be left."""

import pytest
from django.test import Client

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.ground.documents.models import Document
from alongside.ground.work.models import Job
from alongside.ground.work.rules import JobState
from alongside.members.partnerships.models import Partnership
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import issuing
from alongside.money.invoices.actions.issuing import typeset_run
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests.make import room
from tests.shown import seen_on
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def pressed(of: Partnership, client: Client) -> str:
    """What the page says after the invoices were issued."""
    page = client.get(room(of) + "issue/").content.decode()
    said = {"key": keys.new_key(), "seen": seen_on(page), "number": "1"}
    return client.post(room(of) + "issue/", said, follow=True).content.decode()


@pytest.mark.slow
def test_whoever_issues_a_long_run_is_led_to_its_progress(django_capture_on_commit_callbacks) -> None:
    of = make.ready(issuing.LONG_RUN)
    client = enter(Client(), make.person("The office", Post.FINANCE, partnership=of))
    words = pressed(of, client)
    assert 'href="/me/progress/">See how far that is</a>' in words and "20 schools have been asked" in words
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == (JobState.RUNNING, 0, issuing.LONG_RUN)
    assert job.what in client.get("/me/progress/").content.decode()
    run = Invoice.objects.first().run_id
    for _ in range(2):  # a worker that took over from a dead one
        typeset_run(run_id=run, job=job.pk, by=make.SYSTEM)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, issuing.LONG_RUN) and Document.objects.count() == issuing.LONG_RUN
    page = client.get(f"/me/progress/{job.pk}/").content.decode()
    assert room(of) in page and "Who owes what" in page
    other = enter(Client(), make.person("Somebody else", Post.MANAGER, partnership=of))
    assert other.get(f"/me/progress/{job.pk}/").status_code == 404


def test_a_short_run_is_nothing_to_follow() -> None:
    of = make.ready(2)
    client = enter(Client(), make.person("The <b>office</b>", Post.FINANCE, partnership=of))
    assert "being made" not in pressed(of, client) and not Job.objects.exists()
