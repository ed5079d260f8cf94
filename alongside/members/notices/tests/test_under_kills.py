"""Promise 21: no mail lost, none claimed sent that was not, while the processes that send are killed."""

import os
import time
from collections import Counter

import pytest
from django.db import connection

from alongside.ground.core.standing import Standing
from alongside.ground.web.mail import message_id
from alongside.members.notices.actions import sending
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import NoticeState
from tests.figures import Figure
from tests.kills import killed, post_box

FULL = os.environ.get("ALONGSIDE_SPEED") == "nightly"
KILLS, MAILS = (200, 1_200) if FULL else (20, 130)
WORDS = {"name": "A", "post": "Head", "place": "Oak", "partnership": "Elm", "inviter": "Mo", "until": "7 May"}


def write(count: int) -> list[Notice]:
    """So many messages that wait, every other one with a link that only its reader may know."""
    written = []
    for number in range(count):
        link = {"link": f"https://elm.example/i/{number}/"}
        words, secret = (WORDS, link) if number % 2 else ({**WORDS, **link}, None)
        written.append(
            sending.send(
                template="people/invitation.txt", to=f"{number}@oak.example", words=words, secret=secret, by=Standing.system()
            )
        )
    return written


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_no_mail_is_lost_when_those_who_send_are_killed(figure: Figure, settings) -> None:
    settings.TASKS_AT_ONCE = False
    written, began = write(MAILS), time.monotonic()
    with post_box() as box:
        kills = killed("alongside.members.notices.tests.sender", KILLS, "ours", ALONGSIDE_MAIL_PORT=str(box.port))
    arrived = Counter(box.ids())
    lost = [one for one in written if not arrived[message_id(one.pk)]]
    states = Counter(Notice.objects.values_list("state", flat=True))
    doubled = sum(arrived.values()) - len(arrived)
    links = {words.split("/i/")[1].split("/")[0] for _, words in box.taken}
    figure(
        "promise 21",
        f"{connection.vendor}: {MAILS} mails, {kills} kills of two senders, {time.monotonic() - began:.0f} s: {len(lost)} lost, "
        f"{doubled} sent twice, each under its one Message-ID",
    )
    assert kills == KILLS and not lost and states == {NoticeState.SENT: MAILS}
    assert set(arrived) == {message_id(one.pk) for one in written} and doubled <= kills
    assert links == {str(number) for number in range(MAILS)} and not Notice.objects.exclude(sealed="").exists()


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_noting_first_and_sending_then_is_caught(figure: Figure, settings) -> None:
    settings.TASKS_AT_ONCE = False
    written = write(MAILS)
    with post_box() as box:
        killed("alongside.members.notices.tests.sender", KILLS, "planted", ALONGSIDE_MAIL_PORT=str(box.port))
    lost = {message_id(one.pk) for one in written} - set(box.ids())
    figure(
        "promise 21", f"{connection.vendor}, planted (noted before it is sent): {len(lost)} of {MAILS} mails lost, claimed sent"
    )
    assert lost and not Notice.objects.exclude(state=NoticeState.SENT).exists()
