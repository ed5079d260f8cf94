"""Long work on its page."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.work.actions import jobs
from alongside.ground.work.models import Job
from alongside.ground.work.rules import JobState
from alongside.ground.work.tests.make import job
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
SYSTEM = Standing.system()


@pytest.fixture
def me() -> object:
    return get_user_model().objects.create(name="Fi Nance", email="fi@elm.example")


@pytest.fixture
def client(me) -> Client:
    return enter(Client(), me)


def page(client: Client, one: Job) -> str:
    return client.get(reverse("work:job", args=[one.pk])).content.decode()


def test_it_shows_how_far_it_is_and_renews_itself_until_it_is_done(me, client: Client) -> None:
    one = job(me.pk, total=3, link="/p/elm/fees/", link_text="See the invoices")
    jobs.advance(job=one.pk, message="ELP-0001", by=SYSTEM)
    words = page(client, one)
    assert "1 of 3" in words and "ELP-0001" in words and 'http-equiv="refresh"' in words and "hx-get" in words
    assert "See the invoices" not in words
    jobs.finish(job=one.pk, message="All are typeset.", by=SYSTEM)
    words = page(client, one)
    assert "3 of 3" in words and "All are typeset." in words and "refresh" not in words and "hx-get" not in words
    assert 'href="/p/elm/fees/"' in words and "See the invoices" in words


def test_it_says_when_it_stands_still(me, client: Client, time_is) -> None:
    one = job(me.pk)
    time_is(one.started_at.replace(hour=13))
    assert "has not moved since" in page(client, one)


def test_a_job_counts_no_further_than_its_end_and_ends_once() -> None:
    one = job("me", total=2)
    for _ in range(3):
        jobs.advance(job=one.pk, by=SYSTEM)
    jobs.finish(job=one.pk, message="first", by=SYSTEM)
    jobs.finish(job=one.pk, message="second", by=SYSTEM)
    jobs.advance(job=one.pk, by=SYSTEM)
    one.refresh_from_db()
    assert (one.done, one.state, one.message) == (2, JobState.DONE, "first")


def test_the_number_of_steps_may_be_known_later() -> None:
    one = job("me", total=0)
    jobs.advance(job=one.pk, steps=5, by=SYSTEM)
    jobs.advance(job=one.pk, total=9, by=SYSTEM)
    one.refresh_from_db()
    assert (one.done, one.total) == (6, 9)


def test_it_is_followed_by_whoever_asked_and_nobody_else(me, client: Client) -> None:
    mine, theirs = job(me.pk), job("other0000000", what="Secret work")
    assert page(client, mine)
    assert client.get(reverse("work:job", args=[theirs.pk])).status_code == 404
    listed = client.get(reverse("work:jobs")).content.decode()
    assert "Typesetting of 97 invoices" in listed and "Secret work" not in listed


def test_the_list_teaches_while_it_is_empty(client: Client) -> None:
    assert "Nothing under way" in client.get(reverse("work:jobs")).content.decode()
