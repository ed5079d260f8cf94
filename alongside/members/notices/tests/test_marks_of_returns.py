"""By which marks mail that comes in is told from what came back."""

from email import message_from_bytes

import pytest

from alongside.members.notices.rules.bounces import Came, read_return
from alongside.members.notices.rules.tags import key_in, tagged
from alongside.members.notices.tests.test_returned import KEY, REPORT

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
    for one, key in ((ours, KEY), (ours.replace("elm.", "fir."), ""), (ours.replace("office+", "head+"), "")):
        assert key_in([one], "office@elm.example", "secret") == key
