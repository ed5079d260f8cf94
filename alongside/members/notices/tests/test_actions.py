import smtplib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.message import sanitize_address

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Refused
from alongside.members.notices import tasks
from alongside.members.notices.actions import delivering, sending
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.notices.tests.make import unsent
from alongside.members.partnerships.tests.make import partnership as new_partnership

pytestmark = pytest.mark.django_db
SYSTEM = Standing.system()
WORDS = {
    "name": "D’Arcy & <b>Co</b>",
    "post": "Headteacher",
    "place": "Oak School",
    "partnership": "Elm Valley",
    "inviter": "Mo",
    "until": "7 May 2022",
}
LINK = "http://127.0.0.1:8000/i/0123456789abcdefghjkmnpqrstvwxyz/"


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: list) -> int:
        raise smtplib.SMTPRecipientsRefused({})


class Deaf(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError


class Final(EmailBackend):
    """A mail server that will never take it."""

    def send_messages(self, messages: list) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 No such user")})


class Broken(EmailBackend):
    """A mail server that fails at one address in a way of its own."""

    def send_messages(self, messages: list) -> int:
        if messages[0].to[0].startswith("nobody"):
            raise RuntimeError
        return super().send_messages(messages)


class Writing(EmailBackend):
    """A mail server to which the address is written as SMTP writes it."""

    def send_messages(self, messages: list) -> int:
        for message in messages:
            sanitize_address(message.to[0], "utf-8")
        return super().send_messages(messages)


def send(**facts: object) -> Notice:
    return sending.send(
        **{"template": "people/invitation.txt", "to": "head@oak.example", "words": WORDS, "secret": {"link": LINK}, **facts},
        by=SYSTEM,
    )


def test_secret_words_go_into_the_mail_and_nowhere_else(mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notice = send(partnership=new_partnership())
        assert not mailoutbox
    [mail] = mailoutbox
    notice.refresh_from_db()
    assert LINK in mail.body and f'href="{LINK}"' in mail.alternatives[0][0]
    assert "••••••••" in notice.body and LINK not in notice.body and notice.is_personal and notice.sent_at
    assert mail.extra_headers["Message-ID"] == f"<{notice.pk}@127.0.0.1>"
    assert (notice.subject, notice.kind) == ("Oak School: you are invited", "people.invitation")


def test_a_demonstration_whose_mail_goes_nowhere_shows_the_link(settings, django_capture_on_commit_callbacks) -> None:
    settings.DEMO = True
    with django_capture_on_commit_callbacks(execute=True):
        notice = send()
    notice.refresh_from_db()
    assert LINK in notice.body and notice.is_personal


def test_plain_text_is_plain_and_html_is_escaped(mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send()
    [mail] = mailoutbox
    assert "D’Arcy & <b>Co</b>" in mail.body
    html = mail.alternatives[0][0]
    assert "D’Arcy &amp; &lt;b&gt;Co&lt;/b&gt;" in html and "<img" not in html and "style" not in html


def test_a_message_without_secrets_is_kept_and_sent_as_it_is(mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notice = send(words={**WORDS, "link": "https://elm.example/"}, secret=None)
    assert mailoutbox[0].body == notice.body and "https://elm.example/" in notice.body and not notice.is_personal
    tasks.deliver(notice.pk)
    assert len(mailoutbox) == 1


@pytest.mark.on(2022, 3, 8)
@pytest.mark.parametrize("backend", ["Refusing", "Deaf"])
def test_what_was_not_taken_is_tried_again_and_not_claimed_sent(
    backend: str, settings, mailoutbox: list, django_capture_on_commit_callbacks, caplog, time_is
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    with django_capture_on_commit_callbacks(execute=True):
        notice = send()
    tries = 1
    for minutes in (1, 5, 30, 120, 480):
        notice.refresh_from_db()
        assert notice.state == NoticeState.WAITING and notice.tries == tries and "did not take it" in notice.problem
        assert round((notice.due_at - clock.now()).total_seconds() / 60) == minutes
        tasks.deliver_waiting()
        notice.refresh_from_db()
        assert notice.tries == tries, "it was tried too early"
        time_is(notice.due_at)
        tasks.deliver_waiting()
        tries += 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.PROBLEM and notice.sent_at is None and notice.tries == 6
    assert LINK not in caplog.text and "head@oak.example" not in caplog.text


@pytest.mark.on(2022, 3, 8)
def test_what_was_taken_late_keeps_its_message_id_and_loses_its_secret(
    settings, mailoutbox: list, django_capture_on_commit_callbacks, time_is
) -> None:
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Deaf"
    with django_capture_on_commit_callbacks(execute=True):
        notice = send()
    notice.refresh_from_db()
    assert notice.sealed and LINK not in notice.sealed
    settings.EMAIL_BACKEND = usual
    time_is(notice.due_at)
    tasks.deliver_waiting()
    notice.refresh_from_db()
    [mail] = mailoutbox
    assert LINK in mail.body and mail.extra_headers["Message-ID"] == f"<{notice.pk}@127.0.0.1>"
    assert notice.state == NoticeState.SENT and not notice.sealed and not notice.problem


def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(settings, django_capture_on_commit_callbacks) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Final"
    with django_capture_on_commit_callbacks(execute=True):
        notice = send()
    notice.refresh_from_db()
    assert notice.state == NoticeState.PROBLEM and notice.tries == 1


def test_a_message_in_somebodys_hand_is_not_taken_by_another(mailoutbox: list) -> None:
    notice = send()
    Notice.objects.filter(pk=notice.pk).update(leased_until=clock.now() + timedelta(minutes=1))
    tasks.deliver(notice.pk)
    assert not mailoutbox
    Notice.objects.filter(pk=notice.pk).update(leased_until=clock.now() - timedelta(seconds=1))
    tasks.deliver(notice.pk)
    assert len(mailoutbox) == 1


def test_a_message_that_kills_each_process_is_left_alone(mailoutbox: list) -> None:
    notice = send()
    Notice.objects.filter(pk=notice.pk).update(tries=20)
    tasks.deliver(notice.pk)
    notice.refresh_from_db()
    assert not mailoutbox and notice.state == NoticeState.PROBLEM and "stopped" in notice.problem


def test_the_key_of_what_is_sealed_is_not_in_the_database(settings, mailoutbox: list) -> None:
    notice = send()
    settings.SECRET_KEY = "another"
    tasks.deliver(notice.pk)
    notice.refresh_from_db()
    assert not mailoutbox and notice.state == NoticeState.PROBLEM and "Send a new invitation" in notice.problem


@pytest.mark.on(2022, 3, 8)
def test_a_link_that_did_not_go_in_three_days_is_erased(time_is, mailoutbox: list) -> None:
    notice, plain = send(), send(secret=None, words={**WORDS, "link": "https://elm.example/"})
    time_is(date(2022, 3, 10))
    tasks.forget_secrets()
    notice.refresh_from_db()
    assert notice.sealed
    time_is(datetime(2022, 3, 11, 13, tzinfo=UTC))
    tasks.forget_secrets()
    for one in (notice, plain):
        one.refresh_from_db()
    assert not notice.sealed and notice.state == NoticeState.PROBLEM and plain.state == NoticeState.WAITING


def test_the_office_tries_again(mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    elm = new_partnership()
    stuck = unsent(elm)
    office = Standing("me", "Me", frozenset({usual(Post.MANAGER, partnership=elm.pk)}))
    with django_capture_on_commit_callbacks(execute=True):
        delivering.try_again(notice=stuck, by=office)
    assert [mail.to for mail in mailoutbox] == [["head@oak.example"]]
    with pytest.raises(Conflict):
        delivering.try_again(notice=stuck, by=office)
    with pytest.raises(Conflict, match="Send a new invitation"):
        delivering.try_again(notice=unsent(elm, is_personal=True), by=office)
    with pytest.raises(Refused):
        delivering.try_again(notice=unsent(new_partnership("Other")), by=office)


def test_an_address_that_no_mail_can_carry_keeps_no_other_mail_back(
    settings, mailoutbox: list, django_capture_on_commit_callbacks
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Writing"
    with django_capture_on_commit_callbacks(execute=True):
        broken, fine = send(to="head@oak..example"), send()
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert broken.state == NoticeState.PROBLEM and "did not take it" in broken.problem
    assert fine.sent_at and [mail.to for mail in mailoutbox] == [["head@oak.example"]]


def test_whatever_fails_while_mails_go_out_keeps_no_other_mail_back(
    settings, mailoutbox: list, django_capture_on_commit_callbacks
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    with django_capture_on_commit_callbacks(execute=True):
        send(to="nobody.thought.of@oak.example")
        send()
    assert [mail.to for mail in mailoutbox] == [["head@oak.example"]]


@pytest.mark.parametrize("place", ["Oak\rSchool", "Oak\x0bSchool", "Oak\u2028School", "Oak \t School"])
def test_a_subject_is_one_line_whatever_was_typed(place: str, mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notice = send(words={**WORDS, "place": place})
    assert mailoutbox[0].subject == notice.subject == "Oak School: you are invited"


def test_a_message_with_dots_is_never_sent(mailoutbox: list) -> None:
    notice = send()
    Notice.objects.filter(pk=notice.pk).update(sealed="")
    tasks.deliver(notice.pk)
    notice.refresh_from_db()
    assert not mailoutbox and notice.sent_at is None and "Send a new invitation" in notice.problem


def test_nothing_is_sent_when_the_deed_fails(mailoutbox: list, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True) as waiting, pytest.raises(Exception, match="no such template"):
        send(template="people/no such template.txt")
    assert not mailoutbox and not waiting and not Notice.objects.exists()
