"""Whatever a stranger sends is read in a moment or not at all, and is kept: with no traceback, in every database."""

import asyncio
import io
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection

from alongside.ground.core.standing import Standing
from alongside.ground.web import declared
from alongside.members.mail import actions, commands
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.reading import LONGEST_LIST, MOST_OF_PART, MOST_STEPS, Said, read
from alongside.members.mail.rules.states import MailState, Sort
from alongside.members.mail.tests.make import answer_to, mail
from alongside.members.membership.models import Question
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.tags import tagged
from alongside.members.notices.tests.make import notice
from alongside.members.partnerships.models import Partnership

SYSTEM = Standing.system()
DOOR = "answers@schools.example.org"
HEAD = b"From: a@b.example\nSubject: FW: x\n"
PAGE = HEAD + b"Content-Type: text/html\n\n"


def boxes(count: int, inside: bytes) -> bytes:
    """That many boxes within each other."""
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(count)) + b"\n" + inside


def coded(charset: bytes, letters: bytes) -> Callable[[int], bytes]:
    return lambda most: b"Content-Type: text/plain; charset=" + charset + b"\n\n" + letters * (most // len(letters))


def filled(begin: bytes, letters: bytes) -> Callable[[int], bytes]:
    return lambda most: begin + letters * (most // len(letters)) + b"\n\nx"


TEXTS = (
    b"\n",
    b"On ",
    b"> x\ny\n",
    b"\nRegards\n",
    b"-",
    b"_",
    b"On 2022 wrote:\n",
    b"On 2022 wrote: ",
    b"From: a@b\nSent: x\n",
    b"a@",
)
PAGES = (
    b"<div ",
    b"<!--",
    b"<!-- -->",
    b"<style>",
    b"<",
    b"&#",
    b"<blockquote>",
    b'<div class="',
    b'<div class="gmail_quote">',
    b"<br>",
)
HEADINGS = (
    (b"Subject: ", b"=?x?q?"), (b"From: ", b"("), (b"To: ", b'a b,<@"'), (b"References: ", b"<"), (b"Date: ", b"1 "),
    (b"Content-Type: text/plain; ", b";"), (b"Content-Type: multipart/mixed; ", b'a="'), (b"Authentication-Results: t; ", b"("),
)  # fmt: skip
HOSTILE: dict[str, Callable[[int], bytes]] = {
    **{f"text {one!r}": filled(HEAD + b"\n", one) for one in TEXTS},
    **{f"page {one!r}": filled(PAGE, one) for one in PAGES},
    **{f"{begin!r} {one!r}": filled(begin, one) for begin, one in HEADINGS},
    **{f"of {one.decode()}": coded(one, b"a") for one in (b"punycode", b"idna", b"hz", b"utf-7")},
    "many headings": filled(b"From: a@b.example\n", b"X: y\n"),
    "lists of addresses": filled(b"From: a@b.example\n", b"To: " + b"a b,<@" * 900 + b"\n"),
    "many parts": filled(b"Content-Type: multipart/mixed; boundary=x\n\n", b"--x\n\n\n"),
    "boxes within boxes": lambda most: boxes(300, b"a\n" * (most // 2)),
    "as many boxes as are read": lambda most: boxes(90, b"a\n" * (MOST_STEPS // 91 - 300)),
    "letters within letters": lambda most: b"Content-Type: message/rfc822\n\n" * 500,
    "reports": filled(b"Content-Type: message/delivery-status\n\n", b"a: b\n\n"),
    "a calendar": filled(b"Content-Type: text/calendar\n\n", b"BEGIN:VCALENDAR\n"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_strangers_write_keeps_nobody_busy(what: str) -> None:
    raw = HOSTILE[what](MOST_OF_PART)
    began = time.process_time()
    said = read(raw, [DOOR], "schools.example.org", "t")
    assert time.process_time() - began < 1, "something goes over it again and again"
    assert isinstance(said, Said) and len(said.mark()) == 64


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\n\n" + b"\n" * MOST_STEPS,
        HOSTILE["boxes within boxes"](MOST_OF_PART),
        HOSTILE["many parts"](MOST_OF_PART),
        HOSTILE["many headings"](MOST_OF_PART),
        b"Content-Type: text/plain; a=" + b"x" * LONGEST_LIST + b"\n\nYes",
    ],
)  # fmt: skip
def test_what_would_keep_the_reader_busy_is_kept_unread(raw: bytes) -> None:
    assert read(raw) == Said(Sort.UNREAD, seal=read(raw).seal) and read(raw).mark() != read(raw + b" ").mark()


HALF = b"+2AA-"  # of a letter, in UTF-7
BROKEN = {
    "subject": b"From: a@b.example\nSubject: =?utf-8?B?a?=\n\nYes",
    "from": b"From: =?utf-8?B?a?= <a@b.example>\n\nYes",
    "file": b'From: a@b.example\nContent-Type: application/pdf; name="=?utf-8?B?a?="\n\nx',
    "attached": boxes(1, b"").strip() + b"\nContent-Type: message/rfc822\n\nFrom: =?utf-8?B?a?=\n\nx\n--b0--",
    "date": b"From: a@b.example\nDate: Tue, 08 Mar 2022 10:15:99999999999999999999 +0000\n\nYes",
    "zone": b"From: a@b.example\nDate: Tue, 08 Mar 0001 10:15:00 +2359\n\nYes",
    "half a letter": b"From: a@b.example\nContent-Type: text/plain; charset=utf-7\n\nYes " + HALF,
    "half a letter in a heading": b"From: =?utf-7?Q?" + HALF + b"?= <a@b.example>\nSubject: =?utf-7?Q?" + HALF + b"?=\n\nYes",
    "quoted page": PAGE + b"Yes<blockquote>\0old</blockquote>",
    "note above": HEAD + b"\nnote\0\n\nFrom: Ann\0 <an\0n@b.example>\nSent: x\n\nYes\0",
    "names": b"From: A\0nn <a\0@b.example>\nSubject: \0x\nReferences: <\0abc@x>\n\nYes\0",
    "encoded": b"From: =?utf-8?Q?A=00nn?= <a@b.example>\nContent-Transfer-Encoding: base64\n\nWQBz",
    "calendar": b"From: a@b.example\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nUID:\0\nATTENDEE:mailto:\0\n",
    "name of a file": b"From: a@b.example\nContent-Type: application/pdf; name*=utf-8''a%00.pdf\n\nx",
    "report": b"From: mailer-daemon@x.example\nSubject: Undelivered\nX-Failed-Recipients: a\0@b.example\n\n550 No such user\0",
    "number": PAGE + b"&#" + b"1" * 5_000 + b";",
}


@pytest.fixture
def place() -> Partnership:
    return make.partnership()


def take(raw: bytes, *sent_to: str) -> Mail:
    return actions.take_in(raw=raw, sent_to=sent_to, by=SYSTEM)


@pytest.mark.django_db
@pytest.mark.both
@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_kept_whole_and_once(place: Partnership, what: str) -> None:
    raw = BROKEN[what]
    kept, again = take(raw), take(raw)
    kept.refresh_from_db()
    assert kept == again and kept.mail_state in {MailState.WAITING, MailState.AUTOMATIC}
    assert kept.raw == raw or kept.mail_state is MailState.AUTOMATIC
    texts = [value for value in vars(kept).values() if isinstance(value, str)]
    assert not any("\0" in value for value in texts) and "".join(texts).encode()


@pytest.mark.django_db
@pytest.mark.both
def test_a_broken_answer_is_taken_as_far_as_it_is_read_and_a_broken_tag_opens_nothing(place: Partnership, settings: Any) -> None:
    (oak,) = make.asked(place, 1)
    sent = notice(place, kind="membership.invitation", school=oak)
    tag = tagged(settings.ANSWERS_TO, sent.pk, settings.SECRET_KEY)
    broken = take(mail("Good day", sent.to).as_bytes(), tag.replace("@", "\udcff@"))
    assert (broken.mail_state, broken.why) == (MailState.WAITING, actions.NOT_OURS)
    raw = (
        answer_to(sent, "Does it cover supply\0?")
        .replace(b"Date: ", b"Date: never ")
        .replace(b"Subject: ", b"Subject: =?utf-8?B?a?= ")
    )
    assert take(raw, tag).mail_state is MailState.TAKEN and Question.objects.get().words == "Does it cover supply?"


def breaks(error: Exception) -> Callable[..., None]:
    def deed(*_: object, **__: object) -> None:
        raise error

    return deed


@pytest.mark.django_db
@pytest.mark.both
def test_what_breaks_a_room_waits_and_what_breaks_the_database_is_tried_again(place: Partnership, monkeypatch: Any) -> None:
    sent = notice(place, kind="membership.invitation")
    raw = answer_to(sent, "Does it cover supply?")
    monkeypatch.setattr(declared, "answer", breaks(OperationalError("locked")))
    with pytest.raises(DatabaseError):
        take(raw)
    assert not Mail.objects.exists()
    monkeypatch.setattr(declared, "answer", breaks(KeyError("a fault")))
    kept = take(raw)
    assert (kept.mail_state, kept.why, kept.raw) == (MailState.WAITING, actions.NOT_TAKEN, raw)


def received(raw: bytes, monkeypatch: Any) -> int:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    return commands.receive([])


@pytest.mark.django_db(transaction=True)
def test_the_mail_server_is_told_what_became_of_a_message(place: Partnership, monkeypatch: Any, capsys: Any) -> None:
    assert received(mail("Good day").as_bytes(), monkeypatch) == 0 and Mail.objects.count() == 1
    assert received(b" \n", monkeypatch) == commands.NOTHING != commands.TOO_LARGE
    monkeypatch.setattr(commands, "MOST", 10)
    assert received(b"x" * 11, monkeypatch) == commands.TOO_LARGE
    for error in (ZeroDivisionError(), OperationalError("locked")):
        monkeypatch.setattr(commands, "take_in", breaks(error))
        assert received(b"x", monkeypatch) == commands.TRY_AGAIN
    told = capsys.readouterr().err
    assert "could not be kept: ZeroDivisionError" in told and "Traceback" not in told


@pytest.mark.django_db(transaction=True)
def test_by_smtp_what_takes_no_answer_is_written_by_nobody(place: Partnership) -> None:
    raw = mail("I am away until Monday.").as_bytes().replace(b"\n", b"\r\n")
    for back, state in (
        ("", MailState.AUTOMATIC),
        ("head@oak.example", MailState.WAITING),
        ("h\udcffd@oak.example", MailState.WAITING),
    ):
        envelope = SimpleNamespace(mail_from=back, rcpt_tos=[], original_content=raw + back.encode("utf-8", "replace"))
        assert asyncio.run(commands.Takes().handle_DATA(None, None, envelope)) == "250 Kept"
        assert Mail.objects.latest("came_at").mail_state is state
    assert Mail.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.both
def test_nothing_is_locked_while_a_message_is_read(place: Partnership, monkeypatch: Any) -> None:
    begun = []

    def reads(*given: Any) -> Said:
        begun.append((actions.ONE.locked(), len(connection.savepoint_ids)))
        return read(*given)

    before = len(connection.savepoint_ids)
    monkeypatch.setattr(actions, "read", reads)
    take(mail("Good day").as_bytes())
    assert begun == [(False, before)] and Notice.objects.count() == 0
