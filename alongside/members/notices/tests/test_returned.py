"""Mail that comes back: read, noted beside the message, shown to the office (promise 21)."""

from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Refused
from alongside.ground.web.needs import joined
from alongside.members.notices import commands
from alongside.members.notices.actions import returning
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.queries import office as office_queries, returned as returned_queries
from alongside.members.notices.rules.bounces import IGNORED, Came, Return, read_return
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.notices.tests.make import notice, returned, unsent
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from tests.figures import Figure
from tests.signing_in import enter

SAMPLES = sorted((Path(__file__).parent / "data" / "returned").glob("*.eml"))
KEY = "b0ance5amp1e"
SYSTEM = Standing.system()


def read(path: Path) -> Return:
    return read_return(message_from_bytes(path.read_bytes()))


def expected(path: Path) -> Came:
    return Came(path.name.partition("-")[0])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_for_what_it_is(path: Path) -> None:
    came = read(path)
    assert came.came is expected(path), came
    if came.came not in commands.IGNORED:
        assert came.key == KEY and came.words, came
        assert came.is_final is ("delayed" not in path.stem), came


REPORT = """From: Mail Delivery System <MAILER-DAEMON@mx.elm.example>
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="BB"

--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.elm.example

Final-Recipient: rfc822; head@elm.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--BB
Content-Type: message/rfc822

Message-ID: <b0ance5amp1e@alongside.example>
--BB--
"""


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("550 5.1.8 Sender address rejected: Domain not found", Came.BLOCKED),
        ("553 5.1.7 sender denied", Came.BLOCKED),
        ("550 5.1.8 Not from there", Came.BLOCKED),
        ("550 5.4.3 Directory failure", Came.TEMPORARY),
        ("554 5.4.6 Too often", Came.CIRCLE),
        ("554 5.0.0 A mail loop", Came.CIRCLE),
        ("550 5.7.1 Message rejected by policy", Came.BLOCKED),
        ("552 5.2.3 Message length exceeds administrative limit", Came.LARGE),
        ("523 5.3.4 The attachment is too large", Came.LARGE),
        ("552 5.2.2 Mailbox size limit exceeded, quota is full", Came.FULL),
        ("554 5.4.14 Hop count exceeded - possible mail loop ATTR34", Came.CIRCLE),
        ("554 5.4.6 Too many hops", Came.CIRCLE),
        ("550 5.4.7 Delivery expired (message too old) in queue", Came.TEMPORARY),
        ("550 4.4.7 Message expired: greylisted for 48 hours", Came.TEMPORARY),
        ("450 4.7.1 Greylisted, see http://grey.example", Came.TEMPORARY),
        ("550 5.1.1 No such user here", Came.PERMANENT),
        ("550 5.2.1 The email account that you tried to reach is disabled", Came.PERMANENT),
        ("554 5.0.0 Service unavailable", Came.UNKNOWN),
        ("550 5.6.0 Lone CR or LF in headers", Came.UNKNOWN),
        ("550 5.3.0 Buz\u00f3n desconocido", Came.UNKNOWN),
        ("550 5.0.350 Remote server returned an error -> 554 5.7.1 Message rejected as spam", Came.BLOCKED),
        ("550 5.0.350 Remote server returned an error -> 550 policy violation detected", Came.BLOCKED),
        ("550 5.0.350 Remote server returned an error -> 550 x-dg-ref header is too long", Came.BLOCKED),
        ("550 5.0.350 Remote server returned an error -> 550 5.1.1 <head@elm.example>", Came.PERMANENT),
        ("550 5.0.350 Remote server returned an error -> 552 5.2.2 mailbox", Came.FULL),
        ("550 5.0.350 Remote server returned an error", Came.UNKNOWN),
        ("550 5.0.900 Undocumented", Came.UNKNOWN),
        ("550 5.0.0 Verification failed for <office@elp.example> 550-No Such User Here 550 Sender verify failed", Came.BLOCKED),
        ("550 5.1.0 Callback setup failed while verifying <office@elp.example>: user unknown", Came.BLOCKED),
        ("550 5.0.0 Could not complete sender verify callout", Came.BLOCKED),
        ("550 5.1.0 Unable to verify sender: mailbox does not exist", Came.BLOCKED),
        ("550 5.1.1 Recipient verification failed for <head@elm.example>", Came.PERMANENT),
        ("550 5.7.1 192.0.2.1 is not found in the SPF record of elp.example", Came.BLOCKED),
        ("550 5.7.1 The reverse DNS (PTR) of your mail server does not exist", Came.BLOCKED),
        ("550 5.7.25 The forward DNS entry of 192.0.2.1 could not be found", Came.BLOCKED),
        ("553 5.0.0 Domain of sender address office@elp.example does not exist", Came.BLOCKED),
        ("550 5.7.1 Sending account is disabled", Came.BLOCKED),
        ("554 5.7.1 Client host [192.0.2.1] blocked: not found in the list of senders", Came.BLOCKED),
        ("450 4.7.1 <mx.elp.example>: Helo command rejected: Host was not found", Came.BLOCKED),
        ("550 5.0.0 Your domain does not exist", Came.BLOCKED),
        ("550 5.7.1 The certificate was not found in the store", Came.BLOCKED),
        ("451 4.7.1 Greylisted: your server should try again", Came.TEMPORARY),
        ("552 5.2.2 Mailbox full: your server may try again", Came.FULL),
        ("550 5.1.1 User unknown: check your domain", Came.PERMANENT),
        ("550 5.7.1 User unknown", Came.PERMANENT),
        ("550 5.7.1 No such mailbox", Came.PERMANENT),
        ("550 5.7.1 This address does not exist", Came.PERMANENT),
        ("550 5.7.1 A name for this IP address does not exist", Came.BLOCKED),
        ("550 5.7.1 <head@elm.example> does not exist", Came.PERMANENT),
        ("550 5.4.1 Domain does not exist", Came.PERMANENT),
    ],
)
def test_only_an_address_that_is_not_there_is_told_as_that(said: str, came: Came) -> None:
    text = REPORT.format(status=said.split()[1], said=said)
    back = read_return(message_from_bytes(text.encode()))
    assert (back.came, back.key, back.is_final) == (came, KEY, True)


OWN_WORDS = ["Delayed start on Monday", "Warning: message of a delay", "Failed to sign? Delivery delayed", "Your mailbox is full"]


@pytest.mark.parametrize("ours", OWN_WORDS)
def test_what_we_wrote_is_not_what_their_server_says(ours: str) -> None:
    failed = REPORT.format(status="5.1.1", said="550 5.1.1 User unknown").replace("Undelivered Mail", f"Undeliverable: {ours}")
    late = failed.replace("Undeliverable", "Delivery delayed").replace("Action: failed", "Action: delayed")
    bare = (
        f"From: postmaster@elm.example\nSubject: {{}}: {ours}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=BB\n\n"
    )
    bare += (
        f"--BB\n\nSubject: {ours}\n{{}}\n--BB\nContent-Type: message/rfc822\n\nMessage-ID: <{KEY}@a.example>\n\n{ours}\n--BB--\n"
    )
    for text, came, is_final in (
        (failed, Came.PERMANENT, True),
        (late, Came.TEMPORARY, False),
        (bare.format("Undeliverable", "550 5.1.1 User unknown"), Came.PERMANENT, True),
        (bare.format("Undeliverable", "It did not arrive."), Came.UNKNOWN, True),
        (bare.format("Undeliverable", "Sorry.\n--BB\n\n550 5.1.1 User unknown"), Came.PERMANENT, True),
        (bare.format("Undeliverable", "Your message was too large."), Came.LARGE, True),
        (bare.format("Undeliverable", "Reason: (#5.2.2)"), Came.FULL, True),
        (bare.format("Mail delivery failed after a delay", "550 5.1.1 User unknown"), Came.PERMANENT, True),
        (bare.format("Delivery delayed", "We go on trying."), Came.TEMPORARY, False),
    ):
        back = read_return(message_from_bytes(text.encode()))
        assert (back.came, back.key, back.is_final) == (came, KEY, is_final), text


def test_a_code_that_tells_nothing_is_kept_where_there_is_no_better() -> None:
    for said, status in {
        "550 5.0.350 An error": "5.0.350",
        "550 5.0.350 -> 554 5.7.1 Spam": "5.7.1",
        "550 Spam": "5.0.0",
    }.items():
        text = REPORT.format(status="5.0.0", said=said).replace("Status: 5.0.0\n", "")
        assert read_return(message_from_bytes(text.encode())).status == status


def test_a_reply_of_several_lines_is_read_to_its_end() -> None:
    text = "From: Mailer-Daemon@elm.example\nX-Failed-Recipients: head@elm.example\nSubject: Mail delivery failed\n\n"
    text += "  head@elm.example\n    550-The mail server could not deliver to office@elp.example.\n    550-No Such User Here\n"
    text += f"    550 Sender verify failed\n\n------ This is a copy ------\n\nMessage-ID: <{KEY}@a.example>\n"
    back = read_return(message_from_bytes(text.encode()))
    assert (back.came, back.is_final) == (Came.BLOCKED, True) and back.words.endswith("Sender verify failed")


@pytest.mark.parametrize("subject", ["Unzustellbar: Ihre Rechnung", "No se puede entregar: Your invoice", "Non remis : invoice"])
def test_a_server_that_writes_in_another_language_is_understood_as_one(subject: str) -> None:
    text = f"From: postmaster@elm.example\nSubject: {subject}\nIn-Reply-To: <{KEY}@alongside.example>\n\nHallo.\n"
    assert read_return(message_from_bytes(text.encode())) == Return(Came.UNKNOWN, KEY, is_final=True)
    receipt = text.replace(subject, "Delivered: Your invoice")
    assert read_return(message_from_bytes(receipt.encode())).came is Came.OTHER


def by_its_code_alone(path: Path) -> Came:
    """The planted fault: somebody trusts the first three figures."""
    text = path.read_text()
    return Came.PERMANENT if " 55" in text else Came.TEMPORARY if " 45" in text or " 42" in text else Came.OTHER


def test_samples_are_classified(figure: Figure) -> None:
    right = sum(read(path).came is expected(path) for path in SAMPLES)
    planted = sum(by_its_code_alone(path) is expected(path) for path in SAMPLES)
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(expected(path).value for path in SAMPLES).most_common())
    figure("promise 21", f"{len(SAMPLES)} sample bounces ({kinds}), {right} classified rightly; by the code alone {planted}")
    assert right == len(SAMPLES) >= 50 > planted


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\n\n", b"Subject: \xff\xfe\n\n\xff", b"Content-Type: multipart/report; boundary=x\n\n--x\n--x--\n",
        b"Content-Type: message/delivery-status\n\nAction: failed\n", b"From: mailer-daemon\nSubject: =?utf-8?B?!!!?=\n\nx",
        b"Content-Type: multipart/mixed\n\nno boundary", b"Subject: =?nonsense?Q?x?=\n\n",
    ],
)  # fmt: skip
def test_nonsense_is_read_as_something_else_or_without_a_key(text: bytes) -> None:
    assert not read_return(message_from_bytes(text)).key


@pytest.fixture
def elm(db: None) -> Partnership:
    return new_partnership("Elm Valley")


def office(elm: Partnership) -> Standing:
    return Standing("me", "Me", frozenset({usual(Post.MANAGER, partnership=elm.pk)}))


def test_what_came_back_is_noted_once_and_stops_being_called_sent(elm: Partnership) -> None:
    one = notice(elm, pk=KEY)
    sample = next(path for path in SAMPLES if path.stem == "permanent-gmail-does-not-exist")
    for _ in range(2):
        assert returning.take_return(came=read(sample), by=SYSTEM) == one
    one.refresh_from_db()
    assert one.state == NoticeState.RETURNED and one.problem == "There is no such address" and one.sent_at
    assert Returned.objects.count() == 1
    [back] = office_queries.returns_of(one, viewer=office(elm))
    assert back.get_came() is Came.PERMANENT and "does not exist" in back.words and back.status == "5.1.1"
    found = returned_queries.mail_that_came_back(["HEAD@oak.example", "x@y.example"], viewer=office(elm))
    assert {address: one.why for address, one in found.items()} == {"head@oak.example": "There is no such address"}
    assert not returned_queries.mail_that_came_back(["head@oak.example"], viewer=office(new_partnership("Other")))


def test_what_is_still_being_tried_stays_sent(elm: Partnership) -> None:
    one = notice(elm, pk=KEY)
    returning.take_return(came=read(next(p for p in SAMPLES if p.stem == "temporary-delayed-gmail")), by=SYSTEM)
    one.refresh_from_db()
    assert one.state == NoticeState.SENT and Returned.objects.count() == 1
    assert not returned_queries.mail_that_came_back([one.to], viewer=SYSTEM)


@pytest.mark.parametrize("came", [one for one in Came if one not in IGNORED])
def test_what_was_tried_for_days_comes_back_at_last_for_the_same_reason(elm: Partnership, came: Came) -> None:
    one = notice(elm, pk=KEY)
    steps, about = (("timed out", False), ("gave up", True)) * 2, frozenset({one.to})
    told = [Return(came, KEY, "4.4.1", words, is_final=final, about=about) for words, final in steps]
    for number, report in enumerate(told):
        assert returning.take_return(came=report, by=SYSTEM) == one
        one.refresh_from_db()
        assert (one.state == NoticeState.RETURNED) is (number > 0)
    assert [(row.came, row.words) for row in Returned.objects.all()] == [(came, "gave up")]
    assert bool(returned_queries.mail_that_came_back([one.to], viewer=SYSTEM)) is (came in returned_queries.DEAD)
    assert Event.objects.filter(act="notices.take_return").count() == 2


def test_answers_and_strangers_change_nothing(elm: Partnership) -> None:
    notice(elm)
    for path in SAMPLES:
        assert returning.take_return(came=read(path), by=SYSTEM) is None
    assert not Returned.objects.exists()


def test_the_office_settles_an_address(elm: Partnership) -> None:
    one = returned(elm)
    with pytest.raises(Refused):
        returning.clear_address(partnership=elm, address=one.to, by=office(new_partnership("Other")))
    assert returning.clear_address(partnership=elm, address=one.to.upper(), by=office(elm)) == 1
    assert not returned_queries.mail_that_came_back([one.to], viewer=SYSTEM)
    assert returning.clear_address(partnership=elm, address=one.to, by=office(elm)) == 0


def test_what_waits_for_the_office(elm: Partnership) -> None:
    for _ in range(2):
        unsent(elm)
        returned(elm)
    other = new_partnership("Other")
    unsent(other)
    rows = joined(office_queries.needs(viewer=office(elm), on=None))
    found = sorted((row[0], row[1], row[5]) for row in rows)
    assert found == [("notices.came_back", elm.slug, 1), ("notices.not_sent", elm.slug, 2)]


def test_a_maildir_is_read_once(elm: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice(elm, pk=KEY)
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    for number, path in enumerate(SAMPLES[:10]):
        (tmp_path / "new" / f"{number}.x").write_bytes(path.read_bytes())
    assert commands.read_bounces(tmp_path) == 0
    assert "Ignored" in capsys.readouterr().out and Returned.objects.exists()
    assert commands.read_bounces(tmp_path) == 0
    assert "nothing new" in capsys.readouterr().out


NO_MAILS = {
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "words": b"hello\xff\xfe no mail\n\n\x00", "nothing": b"",
    "a table": b"Name,E-mail\nJo,jo@x\n",
    "words with a colon": b"Note: ring them\n\nNo",
}  # fmt: skip


@pytest.mark.parametrize("what", NO_MAILS)
def test_what_is_no_mail_is_refused_in_words(
    elm: Partnership, what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "came"
    path.write_bytes(NO_MAILS[what])
    assert commands.read_bounces(path) == 2
    told = capfd.readouterr()
    assert told.out == "" and told.err == f"alongside: There is no e-mail in {path}. Name a message, an mbox or a Maildir\n"


def test_a_path_that_leads_to_no_mail_is_refused_in_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cur").mkdir()
    for path, words in (
        (tmp_path, "is no Maildir"),
        (tmp_path / "cur", "is no Maildir"),
        (tmp_path / "gone", "cannot be read: no"),
    ):
        assert commands.read_bounces(path) == 2
        told = capfd.readouterr().err
        assert words in told and "Errno" not in told and str(path) in told


def test_mail_that_breaks_its_reader_prints_no_trace(tmp_path: Path, elm: Partnership, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "came"
    path.write_bytes(b"Subject: without a sender\n\n\xff\x00")
    assert commands.read_bounces(path) == 0 and not caplog.records


def test_a_file_and_an_mbox_are_read(elm: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice(elm, pk=KEY)
    full, unknown = (next(p for p in SAMPLES if p.stem.startswith(word)) for word in ("full", "permanent"))
    commands.read_bounces(full)
    box = tmp_path / "box"
    box.write_bytes(b"".join(b"From x Tue Mar  8 09:30:00 2022\n" + p.read_bytes() + b"\n\n" for p in (full, unknown)))
    commands.read_bounces(box)
    assert "There is no such address" in capsys.readouterr().out
    assert set(Returned.objects.values_list("came", flat=True)) == {"full", "permanent"}


def test_the_office_reads_why_and_what_to_do(elm: Partnership) -> None:
    somebody = get_user_model().objects.create(name="Mo", email="mo@elm.example")
    somebody.roles.create(post=Post.MANAGER, partnership=elm, from_on="2021-09-01")
    client = enter(Client(), somebody)
    one, stuck = returned(elm), unsent(elm, subject="Ten days left")
    listed = client.get(reverse("notices:list", args=[elm.slug])).content.decode()
    assert "Came back" in listed and "Not sent" in listed
    shown = client.get(reverse("notices:show", args=[elm.slug, one.pk])).content.decode()
    assert "There is no such address" in shown and "550 5.1.1 User unknown" in shown and "This address works again" in shown
    assert "<summary>What their server said</summary>" in shown and "On file is still the address" in shown
    settled = client.post(reverse("notices:address_works", args=[elm.slug]), {"address": one.to}, follow=True)
    assert "works again" in settled.content.decode() and Returned.objects.get().cleared_at
    assert "Try again" in client.get(reverse("notices:show", args=[elm.slug, stuck.pk])).content.decode()
    assert client.post(reverse("notices:again", args=[elm.slug, stuck.pk])).status_code == 302
    assert Notice.objects.get(pk=stuck.pk).state == NoticeState.WAITING
    assert client.post(reverse("notices:again", args=[elm.slug, stuck.pk])).status_code == 409
