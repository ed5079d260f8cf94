"""The door under kills: every message that was handed over is there once, whatever it is and whenever a process dies."""

import os
import random
import time
from pathlib import Path

import pytest
from django.db import connection

from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.reading import read
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import PROGRAMS, answer_to, mail, quoted_by
from alongside.members.membership.models import Question
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice
from tests.figures import Figure
from tests.kills import killed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.slow]
FULL = os.environ.get("ALONGSIDE_SPEED") == "nightly"
MESSAGES, KILLS = (2_000, 200) if FULL else (60, 12)


def invited() -> Notice:
    place = make.partnership()
    (oak,) = make.asked(place, 1)
    make.asking.invite_schools(partnership=place, addresses={oak.pk: "head@oak.example"}, seen=UNSEEN, by=Standing.system())
    return Notice.objects.get(kind="membership.invitation")


def mutated(notice: Notice, number: int) -> bytes:
    """An answer, an automatic one, a stranger's, or any of these with parts cut out, doubled, or in another letter set."""
    chance = random.Random(number)
    words = f"Question {number}: does it cover supply?\n\n{quoted_by(PROGRAMS[number % len(PROGRAMS)])}\n"
    raw = answer_to(notice, words, Message_ID=f"<m{number}@oak.example>")
    match chance.randrange(8):
        case 0:
            raw = answer_to(notice, words, Auto_Submitted="auto-replied")
        case 1:
            raw = mail(words, f"stranger{number}@elsewhere.example").as_bytes()
        case 2:
            cut = chance.randrange(len(raw))
            raw = raw[:cut] + raw[cut + chance.randrange(80) :]
        case 3:
            raw = raw.replace(b"\n", b"\r\n").replace(b"utf-8", chance.choice([b"cp1252", b"nonsense", b"utf-16", b"utf-7"]))
        case 4:
            at = chance.randrange(len(raw))
            raw = raw[:at] + bytes(chance.randrange(256) for _ in range(chance.randrange(60))) + raw[at:]
    return raw


def marked(raw: bytes) -> str:
    """What it has in common with itself."""
    return read(raw, [], "127.0.0.1").mark()


def filled(folder: Path, notice: Notice) -> set[str]:
    """Put the messages there, every third twice as by two ways, which is more than processes are killed; gives their marks."""
    messages = [mutated(notice, number) for number in range(MESSAGES)]
    for number, raw in enumerate(messages):
        (folder / f"{number:05}").write_bytes(raw)
        if number % 3 == 0:
            (folder / f"{number:05}-again").write_bytes(b"Received: by another way\r\n" + raw)
    twice = [b"Received: by another way\r\n" + raw for raw in messages[::3]]
    return {marked(raw) for raw in [*messages, *twice]}


def test_no_message_is_lost_or_taken_twice_while_processes_die(tmp_path: Path, figure: Figure) -> None:
    notice, began = invited(), time.monotonic()
    marks = filled(tmp_path, notice)
    kills = killed("alongside.members.mail.tests.server", KILLS, "ours", str(tmp_path))
    there = list(Mail.objects.values_list("mark", flat=True))
    taken = Mail.objects.filter(state=MailState.TAKEN)
    asked = set(Question.objects.values_list("pk", flat=True))
    lost, doubled = marks - set(there), len(there) - len(set(there))
    figure(
        "promise 21",
        f"{connection.vendor}: {MESSAGES} messages into the door, {kills} kills, {time.monotonic() - began:.0f} s: "
        f"{len(lost)} lost, {doubled} doubled, {taken.count()} taken as questions, {len(asked)} questions",
    )
    assert not lost and not doubled and kills == KILLS and not list(tmp_path.iterdir())
    assert asked == set(taken.values_list("pk", flat=True)) and len(asked) > MESSAGES / 4


def test_a_door_that_takes_first_and_keeps_then_is_caught(tmp_path: Path, figure: Figure) -> None:
    notice = invited()
    filled(tmp_path, notice)
    handed = len(list(tmp_path.iterdir()))
    kills = killed("alongside.members.mail.tests.server", KILLS, "planted", str(tmp_path))
    kept, asked = Mail.objects.count(), Question.objects.count()
    figure("promise 21", f"{connection.vendor}, planted door: {kills} kills, {handed - kept} of {handed} lost, {asked} questions")
    assert kept < handed and asked > MESSAGES
