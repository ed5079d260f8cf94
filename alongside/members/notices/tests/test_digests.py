"""At once or in the morning: what each person chose, and what never waits."""

from datetime import UTC, date, datetime

import pytest

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, Refused
from alongside.members.notices import tasks
from alongside.members.notices.actions import reading, returning, sending
from alongside.members.notices.models import Notice, Rhythm
from alongside.members.notices.queries.mine import rhythm_of
from alongside.members.notices.rules.bounces import Came, Return
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.notices.rules.waiting import News, WeekDay
from alongside.members.notices.tests.make import returned
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 11)]  # a Friday, noon
SYSTEM, ME = Standing.system(), Standing(person="me0000000000", name="Me")
ASKED = {"school": "Oak", "question": "When?", "partnership": "Elm", "link": "https://elm.example/x"}
WORDS = ASKED | {"reply": "Soon.", "published": False}


@pytest.fixture
def elm() -> Partnership:
    return new_partnership("Elm Valley")


def answer(elm: Partnership, **facts: object) -> Notice:
    return sending.send(
        **{
            "template": "membership/question_asked.txt", "to": "me@oak.example", "words": WORDS, "partnership": elm,
            "person": ME.person, "link": "/p/elm-valley/", **facts,
        },
        by=SYSTEM,
    )  # fmt: skip


def choose(news: News, day: WeekDay = WeekDay.MONDAY) -> None:
    reading.choose_rhythm(news=news, day=day, by=ME)


def test_what_goes_at_once_as_a_rule_does_and_what_was_chosen_to(elm: Partnership) -> None:
    assert answer(elm, template="membership/question_answered.txt").state == NoticeState.WAITING
    choose(News.ONCE)
    assert answer(elm).state == NoticeState.WAITING


def test_a_choice_is_kept_and_changed() -> None:
    assert rhythm_of(ME.person, viewer=ME) == (News.USUAL, WeekDay.MONDAY)
    choose(News.DAY, WeekDay.NONE)
    choose(News.WEEK, WeekDay.FRIDAY)
    assert rhythm_of(ME.person, viewer=ME) == (News.WEEK, WeekDay.FRIDAY) and Rhythm.objects.count() == 1
    with pytest.raises(Invalid, match="Choose the day"):
        choose(News.WEEK, WeekDay.NONE)
    with pytest.raises(Refused):
        reading.choose_rhythm(news=News.DAY, day=WeekDay.MONDAY, by=Standing())


def test_what_may_wait_comes_together_on_the_next_school_day(
    elm: Partnership, mailoutbox: list, django_capture_on_commit_callbacks, time_is
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = answer(elm), answer(elm, link="")
        answer(elm, template="membership/question_answered.txt", to="other@oak.example")
    assert [mail.to for mail in mailoutbox] == [["other@oak.example"]]
    assert first.state == second.state == NoticeState.GATHERED and first.due_at == datetime(2022, 3, 14, 7, tzinfo=UTC)
    time_is(datetime(2022, 3, 14, 6, 59, tzinfo=UTC))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_digests()
    assert len(mailoutbox) == 1
    time_is(datetime(2022, 3, 14, 7, 0, 1, tzinfo=UTC))
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.send_digests()
    [_, digest] = mailoutbox
    assert digest.subject == "Alongside: 2 messages for you" and digest.body.count("Oak has a question (Elm Valley)") == 2
    assert "/p/elm-valley/" in digest.body and f"/me/notices/{second.pk}/" in digest.body and "When?" not in digest.body
    for one in (first, second):
        one.refresh_from_db()
        assert one.state == NoticeState.SENT and one.sent_at


def test_what_cannot_wait_never_waits(elm: Partnership) -> None:
    choose(News.WEEK)
    words = {"name": "A", "post": "Head", "place": "Oak", "partnership": "Elm", "inviter": "Mo", "until": "7 May"}
    sent = answer(elm, template="people/invitation.txt", words=words, secret={"link": "https://elm.example/i/x/"})
    assert sent.state == NoticeState.WAITING


def test_a_digest_that_is_not_taken_claims_nothing_sent(
    elm: Partnership, settings, django_capture_on_commit_callbacks, time_is
) -> None:
    settings.EMAIL_BACKEND = "alongside.members.notices.tests.test_actions.Final"
    one = answer(elm)
    time_is(one.due_at)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_digests()
    one.refresh_from_db()
    assert one.state == NoticeState.PROBLEM and one.sent_at is None


def test_no_digest_goes_to_an_address_from_which_mail_came_back(
    elm: Partnership, mailoutbox: list, django_capture_on_commit_callbacks, time_is
) -> None:
    returned(elm, to="ME@oak.example")
    one = answer(elm)
    time_is(one.due_at)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_digests()
    one.refresh_from_db()
    assert not mailoutbox and one.state == NoticeState.PROBLEM and "came back" in one.problem


def test_a_digest_that_came_back_takes_what_it_gathered_with_it(
    elm: Partnership, django_capture_on_commit_callbacks, time_is
) -> None:
    one = answer(elm)
    time_is(one.due_at)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_digests()
    digest = Notice.objects.get(kind="notices.digest")
    returning.take_return(came=Return(Came.FULL, digest.pk, is_final=True, about=frozenset({digest.to})), by=SYSTEM)
    one.refresh_from_db()
    assert one.state == NoticeState.RETURNED and one.problem == "The mailbox is full"


def test_holidays_of_the_partnership_count(elm: Partnership, time_is) -> None:
    time_is(date(2022, 4, 14))  # the day before Good Friday; Easter Monday is the 18th
    assert answer(elm).due_at == datetime(2022, 4, 19, 6, tzinfo=UTC)


def test_without_an_address_it_is_shown_on_the_persons_page_alone(elm: Partnership, mailoutbox: list) -> None:
    one = answer(elm, to="")
    assert one.state == NoticeState.SHOWN and one.sent_at is None
    tasks.deliver(one.pk)
    assert not mailoutbox
