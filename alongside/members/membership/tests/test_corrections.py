"""An answer that was given is put right, published, or taken down."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import clock
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.actions import answering
from alongside.members.membership.models import Question
from alongside.members.membership.queries import story
from alongside.members.membership.rules.text import mark_of_answer
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person

pytestmark = pytest.mark.usefixtures("tuesday")

WORDS = {"reply": "Support began in September.", "public_words": "When does support begin?"}


@pytest.fixture
def asked(place: Partnership) -> Question:
    """A question of a head that was answered and published."""
    one = make.asked(place, 1)[0]
    question = make.question(place, one, "When do we begin at Ash?", by=make.head(one))
    words = {"reply": "In Septembre.", "public_words": "When does it begin?"}
    return answering.answer_question(question=question, publish=True, **words, by=make.SYSTEM)


def mark(question: Question) -> str:
    return mark_of_answer(question.reply, question.public_words, question.is_public)


def manager(place: Partnership) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=make.manager(place).person))
    return client


def test_a_correction_stands_on_the_prospectus_with_its_date_and_goes_to_who_asked(
    place: Partnership, asked: Question, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Corrected on" not in Client().get(f"/p/{place.slug}/").content.decode()
    client, page = manager(place), f"/p/{place.slug}/membership/questions/{asked.pk}/"
    assert "In Septembre." in client.get(page).content.decode()
    with clock.at(clock.start_of(date(2022, 3, 12), 9)), django_capture_on_commit_callbacks(execute=True):
        told = client.post(page, {**WORDS, "publish": "on", "seen": mark(asked)}, follow=True).content.decode()
    public = Client().get(f"/p/{place.slug}/").content.decode()
    assert "Who asked gets the new words" in told and "Septembre" not in public
    assert "Support began in September." in public and "Corrected on 12 March 2022" in public
    assert mail.outbox[-1].to == [asked.email] and "corrected" in mail.outbox[-1].subject
    assert "Answer to a question changed" in str(story.story_of(make.answer(place, asked.school), viewer=make.SYSTEM))


def test_it_is_taken_down_and_put_up_again_and_nobody_is_written_to(
    place: Partnership, asked: Question, django_capture_on_commit_callbacks: Any
) -> None:
    client, page = manager(place), f"/p/{place.slug}/membership/questions/{asked.pk}/"
    same = {"reply": asked.reply, "public_words": asked.public_words}
    with django_capture_on_commit_callbacks(execute=True):
        told = client.post(page, {**same, "seen": mark(asked)}, follow=True).content.decode()
        assert "It is off the prospectus" in told and asked.reply not in Client().get(f"/p/{place.slug}/").content.decode()
        asked.refresh_from_db()
        client.post(page, {**same, "publish": "on", "seen": mark(asked)})
    shown = Client().get(f"/p/{place.slug}/").content.decode()
    assert asked.reply in shown and not mail.outbox


def test_a_colleagues_correction_is_not_overwritten_nor_a_school_named_nor_an_answer_emptied(
    place: Partnership, asked: Question
) -> None:
    seen = mark(asked)
    answering.correct_answer(question=asked, publish=True, seen=seen, **WORDS, by=make.SYSTEM)
    with pytest.raises(Conflict, match="meanwhile"):
        answering.correct_answer(question=asked, publish=False, seen=seen, **WORDS, by=make.SYSTEM)
    now = mark(Question.objects.get())
    with pytest.raises(Invalid, match="do not name"):
        answering.correct_answer(
            question=asked, publish=True, seen=now, reply=f"As {asked.school.name} asked.", public_words="When?", by=make.SYSTEM
        )
    with pytest.raises(Invalid, match="Write the answer"):
        answering.correct_answer(question=asked, publish=True, seen=now, reply=" ", public_words="When?", by=make.SYSTEM)
    with pytest.raises(Refused):
        answering.correct_answer(question=asked, publish=True, seen=now, **WORDS, by=make.head(make.school(990_050)))
    assert mark(Question.objects.get()) == now


def test_what_nobody_has_answered_is_not_corrected(place: Partnership) -> None:
    question = make.question(place, make.asked(place, 1)[0])
    with pytest.raises(Conflict):
        answering.correct_answer(question=question, publish=True, seen=mark(question), **WORDS, by=make.SYSTEM)
