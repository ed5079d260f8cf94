"""By which marks mail that comes in is told from what came back."""

import time
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from alongside.members.notices.rules.bounces import MOST, Came, Return, read_return, report_in
from alongside.members.notices.rules.tags import keys_in, tagged
from alongside.members.notices.tests.test_returned import KEY, REPORT, SAMPLES

ONLY_KEY = f"In-Reply-To: <{KEY}@alongside.example>"


@pytest.mark.parametrize(
    ("headers", "came"),
    [
        ("Auto-Submitted: auto-replied (vacation)", Came.AUTO_REPLY), ("X-Autoreply: yes", Came.AUTO_REPLY),
        ("Precedence: auto_reply", Came.AUTO_REPLY), ("Subject: Out of office: Ada", Came.AUTO_REPLY),
        ("Subject: Out of office: Ada\nAction: failed", Came.AUTO_REPLY),  # a header of a person's mail is no report
        ("Auto-Submitted: auto-generated", Came.OTHER), ("Precedence: bulk", Came.OTHER), ("Subject: My answer", Came.OTHER),
        ("From: postmaster@elm.example\nSubject: Undelivered mail", Came.UNKNOWN),
        ("From: postmaster@elm.example\nSubject: News of our server", Came.OTHER),
        ("From: head@elm.example\nSubject: Undelivered mail", Came.OTHER),
        (f"From: postmaster@elm.example\nSubject: News\n{ONLY_KEY}", Came.UNKNOWN),
        (f"From: postmaster@elm.example\nSubject: News\n{ONLY_KEY}\nAuto-Submitted: auto-replied", Came.AUTO_REPLY),
        (f"From: postmaster@elm.example\nSubject: Read: News\n{ONLY_KEY}", Came.OTHER),
        (f"From: head@elm.example\nSubject: News\n{ONLY_KEY}", Came.OTHER),
    ],
)  # fmt: skip
def test_what_is_no_report_is_told_by_each_of_its_marks(headers: str, came: Came) -> None:
    assert read_return(message_from_bytes(f"{headers}\nMessage-ID: <0123456789ab@mx.example>\n\nHello\n".encode())).came is came


def test_the_key_is_that_of_our_message_and_not_of_the_one_that_came() -> None:
    text = f"From: postmaster@elm.example\nSubject: News\n{ONLY_KEY}\nMessage-ID: <0123456789ab@mx.example>\n\nHello\n"
    assert read_return(message_from_bytes(text.encode())).key == KEY


def test_a_report_is_what_it_says_of_the_recipients_it_names() -> None:
    gone = REPORT.format(status="5.1.1", said="550 5.1.1 User unknown")
    late = REPORT.format(status="4.4.1", said="").replace("Action: failed", "Action: delayed")
    tried = "Final-Recipient: rfc822; ada@elm.example\nAction: delayed\nStatus: 4.4.1\n\n"
    both = gone.replace("Final-Recipient", f"{tried}Final-Recipient")
    bare = gone.replace("Final-Recipient: rfc822; head@elm.example\n", "").replace("Action: failed", "Action: delayed")
    warned = f"From: postmaster@elm.example\nSubject: News\n{ONLY_KEY}\n\nDelivery to the following recipient has been delayed\n"
    for text, came, status, is_final in (
        (f"{warned}\n head@elm.example\n\nMessage will be retried\n", Came.TEMPORARY, "", False),
        (gone.replace("Action: failed", "Action: delivered"), Came.OTHER, "", False),
        (gone.replace("Action: failed\n", ""), Came.UNKNOWN, "", True),
        (both, Came.PERMANENT, "5.1.1", True),
        (late, Came.TEMPORARY, "4.4.1", False),
        (f"X-Failed-Recipients: head@elm.example\n{bare}", Came.TEMPORARY, "5.1.1", False),
    ):
        back = read_return(message_from_bytes(text.encode()))
        assert (back.came, back.status, back.is_final) == (came, status, is_final), text


def test_a_key_is_read_from_an_address_of_ours_alone() -> None:
    ours = tagged("office@elm.example", KEY, "secret")
    for one, key in ((ours, [KEY]), (ours.replace("elm.", "fir."), []), (ours.replace("office+", "head+"), [])):
        assert keys_in([one], "office@elm.example", "secret") == key


GONE = REPORT.format(status="5.1.1", said="550 5.1.1 User unknown")
QUOTED = "I got this. What is it?\n\n" + next(one for one in SAMPLES if one.stem == "permanent-qmail").read_text()


@pytest.mark.parametrize(
    ("text", "came"),
    [
        (f"From: head@elm.example\nSubject: Re: You are invited\n{ONLY_KEY}\n\n{QUOTED}", Came.OTHER),
        (f"From: head@elm.example\nX-Failed-Recipients: head@elm.example\n{ONLY_KEY}\n\nUndelivered?", Came.OTHER),
        (GONE.replace("Mail Delivery System <MAILER-DAEMON@mx.elm.example>", "Ann Okoro <head@elm.example>"), Came.OTHER),
        (GONE.replace("From: Mail Delivery System <MAILER-DAEMON@mx.elm.example>", "Return-Path: <>"), Came.PERMANENT),
        (f"Return-Path: <>\nFrom: head@elm.example\nSubject: Away\n{ONLY_KEY}\n\n{QUOTED}", Came.OTHER),
        (f"Return-Path: <>\nFrom: head@elm.example\nSubject: Undelivered parcels\n{ONLY_KEY}\n\nAway", Came.OTHER),
    ],
)
def test_only_a_mail_server_says_that_something_came_back(text: str, came: Came) -> None:
    assert read_return(message_from_bytes(text.encode())).came is came


@pytest.mark.parametrize("path", [one for one in SAMPLES if not one.stem.startswith(("auto", "other"))], ids=lambda one: one.stem)
def test_each_server_names_the_address_that_it_means(path: Path) -> None:
    about = read_return(report_in(path.read_bytes())).about
    assert about & {"head@oak.example", "head@elm.example"}, about


def test_a_server_means_what_stands_in_its_report_and_not_in_what_it_returns() -> None:
    other = GONE.replace("rfc822; head@elm.example", "rfc822; other@elm.example")
    returned = other.replace("Message-ID: ", "To: head@elm.example\nMessage-ID: ")
    assert read_return(message_from_bytes(returned.encode())).about == {"other@elm.example"}
    noted = GONE.replace("Action: failed", "Original-Recipient: rfc822;office@elm.example\nAction: failed")
    assert read_return(message_from_bytes(noted.encode())).about == {"head@elm.example", "office@elm.example"}


DAEMON = "From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nX-Failed-Recipients: a@b.example\n"
HOSTILE: dict[str, Callable[[int], str]] = {
    "blank lines": lambda most: f"{DAEMON}\n" + "\n" * most,
    "spaces": lambda most: f"{DAEMON}\n" + " " * most,
    "one word": lambda most: f"{DAEMON}\n" + "verif" * (most // 5),
    "one word of many lines": lambda most: (
        f"{DAEMON}Content-Transfer-Encoding: quoted-printable\n\n" + ("verif" * 14 + "=\n") * (most // 72)
    ),
    "headings": lambda most: f"{DAEMON}Subject: " + "=?x?q?" * (most // 6) + "\n\n",
    "keys": lambda most: f"{DAEMON}\n" + "Message-ID: " * (most // 12),
    "what flufl looks for": lambda most: f"{DAEMON}\nThis is a permanent error\nfailed addresses follow:\n" + "a" * most,
    "reports": lambda most: f"{DAEMON}Content-Type: message/delivery-status\n\n" + "a: b\n\n" * (most // 6),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_strangers_write_keeps_nobody_busy(what: str) -> None:
    began = time.process_time()
    read_return(report_in(HOSTILE[what](2 * MOST).encode()))
    assert time.process_time() - began < 0.5, "a pattern goes over it again and again"


def test_the_words_of_a_server_are_such_as_every_database_takes() -> None:
    text = GONE.replace("User unknown", "User =?utf-7?q?+2AA-?= =?utf-8?q?=00?= unknown")
    back = read_return(message_from_bytes(text.encode()))
    assert isinstance(back, Return) and back.words.encode() and "\0" not in back.words
