"""A message that came in is read in all its parts: what stands beside the words, and how it is put together."""

from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from alongside.members.mail.rules.reading import DEEPEST, Said, divided, read
from alongside.members.mail.rules.states import Sort
from alongside.members.mail.tests.make import mail

CALENDAR = "BEGIN:VCALENDAR\nMETHOD:REPLY\n"


def made_of(*parts: str, heading: str = "") -> Said:
    """What a message of these parts says, each with its own headings."""
    body = "".join(f"--cut\n{part}\n" for part in parts)
    return read(f"From: a@b.example\n{heading}Content-Type: multipart/mixed; boundary=cut\n\n{body}--cut--\n".encode("latin-1"))


@pytest.mark.parametrize(
    ("part", "attached"),
    [
        ("Content-Type: text/plain\nContent-Disposition: attachment\n\nNotes", ["file"]),
        ("Content-Type: text/plain\nContent-Disposition: inline; filename=notes.txt\n\nNotes", ["notes.txt"]),
        ("Content-Type: text/html\nContent-Disposition: attachment; filename=page.html\n\n<p>Notes", ["page.html"]),
        ("Content-Type: image/png\nContent-Disposition: attachment; filename=hall.png\n\nx", ["hall.png"]),
        ("Content-Type: image/png\nContent-Disposition: inline; filename=logo.png\n\nx", []),
        ("Content-Type: image/png; name=logo.png\nContent-ID: <logo>\n\nx", []),
        ("Content-Type: application/pdf; name=a.pdf\nContent-Disposition: inline\n\nx", ["a.pdf"]),
        ("Content-Type: application/pdf; name=a.pdf\nContent-ID: <a>\n\nx", ["a.pdf"]),
        ('Content-Type: message/rfc822; name="Letter.eml"\n\nFrom: c@d.example\n\nx', ["Letter.eml"]),
        ("Content-Type: message/rfc822\n\nFrom: c@d.example\n\nx", ["message.eml"]),
        ("Content-Type: multipart/mixed\n\nno boundary", ["file"]),
    ],
)
def test_what_comes_beside_the_words_is_a_file_or_a_picture_of_a_signature(part: str, attached: list[str]) -> None:
    said = made_of(f"Content-Type: text/plain\n\n{'Words. ' * 30}", part)
    assert ([one.name for one in said.attached], said.words) == (attached, ("Words. " * 30).strip())


def test_a_calendar_answers_once_and_for_a_person() -> None:
    part = f"Content-Type: text/calendar\n\n{CALENDAR}"
    said = made_of(part, "Content-Type: text/calendar; name=other.ics\n\nBEGIN:VCALENDAR\n", heading="Precedence: bulk\n")
    assert (said.calendar, [one.name for one in said.attached], said.sort) == (CALENDAR, ["other.ics"], Sort.PERSON)


@pytest.mark.parametrize(
    ("kind", "letters", "words"),
    [
        ("text/plain; charset=iso-8859-15", "\xa4500", "€500"),
        ("text/plain; charset=utf-8", "\xe2\x82\xac500", "€500"),
        ("text/plain", "\xc2\xa3500", "£500"),
        ("text/plain; charset=nonsense", "\x80500", "€500"),
    ],
)
def test_words_are_read_in_the_letters_that_they_name(kind: str, letters: str, words: str) -> None:
    assert made_of(f"Content-Type: {kind}\n\n{letters}").words == words


@pytest.mark.parametrize(("boxes", "words"), [(1, "Yes"), (DEEPEST, "Yes"), (DEEPEST + 1, "")])
def test_parts_are_looked_for_so_deep_and_no_deeper(boxes: int, words: str) -> None:
    message: Message = MIMEText("Yes")
    for _ in range(boxes):
        outer = MIMEMultipart()
        outer.attach(message)
        message = outer
    assert read(message.as_bytes()).words == words


@pytest.mark.parametrize(
    ("when", "sent_at"),
    [
        ("Tue, 08 Mar 2022 10:15:00 -0000", datetime(2022, 3, 8, 10, 15, tzinfo=UTC)),
        ("Tue, 08 Mar 2022 10:15:00 +0100", datetime(2022, 3, 8, 9, 15, tzinfo=UTC)),
        ("never", None),
    ],
)
def test_when_it_was_sent_is_told_in_one_time(when: str, sent_at: datetime | None) -> None:
    assert made_of("\nYes", heading=f"Date: {when}\n").sent_at == sent_at


def test_every_address_that_it_was_sent_to_counts_and_nothing_else() -> None:
    heading = "To: Office <Office@Example.org>, Ann\nCc: undisclosed-recipients:;\nDelivered-To: answers@example.org\n"
    assert made_of("\nYes", heading=heading).sent_to == ("office@example.org", "answers@example.org")


def handed_on(beside: str, html: str = "", **headers: str) -> EmailMessage:
    """A message that somebody attached as a whole to their own."""
    outer = mail(beside, "office@example.org", Subject="Fwd: an answer")
    if html:
        outer.set_content(html, subtype="html")
    outer.add_attachment(mail("Does it cover supply?", **headers))
    return outer


@pytest.mark.parametrize(
    ("beside", "html", "sender"),
    [
        ("n" * 199, "", "head@oak.example"),
        ("n" * 200, "", "office@example.org"),
        ("", f"<p>{'n' * 199}</p>", "head@oak.example"),
        ("", f"<p>{'n' * 200}</p>", "office@example.org"),
    ],
)
def test_who_writes_next_to_nothing_beside_a_letter_hands_it_on(beside: str, html: str, sender: str) -> None:
    assert read(handed_on(beside, html).as_bytes()).sender == sender


def test_of_what_is_handed_on_the_letter_says_whether_anybody_wrote_it() -> None:
    assert read(handed_on("See below", Precedence="bulk").as_bytes()).sort is Sort.MACHINE
    of_reports = {"Subject": "Undelivered Mail Returned to Sender", "X_Failed_Recipients": "a@b.example"}
    for sender, sort in (("mailer-daemon@mx.example", Sort.RETURN), ("office@example.org", Sort.PERSON)):
        returned = mail("See below", sender, **of_reports)
        assert read(returned.as_bytes()).sort is sort
        returned.add_attachment(mail("Does it cover supply?"))
        assert read(returned.as_bytes()).sort is sort


def test_whoever_hands_on_a_report_asks_about_it_themselves() -> None:
    report = mail("550 User unknown", "mailer-daemon@mx.example", Subject="Undelivered Mail Returned to Sender")
    outer = mail("What is this?", "office@example.org", Subject="FW: Undelivered Mail Returned to Sender")
    outer.add_attachment(report)
    within = mail(
        f"What is this?\n\nFrom: {report['From']}\nSent: Monday\n\n550 User unknown", "office@example.org", Subject="FW: x"
    )
    for raw in (outer, within):
        said = read(raw.as_bytes())
        assert (said.sender, said.sort, said.words) == ("office@example.org", Sort.PERSON, "What is this?")


def test_a_message_is_ours_only_by_a_key_at_the_name_of_our_host() -> None:
    for named, key in (("<CAF@x.example>", ""), ("<0123456789AB@X.example>", "0123456789ab"), ("<0123456789ab@y.example>", "")):
        assert read(mail("Yes", Message_ID=named).as_bytes(), host="x.example").own_key == key


def test_who_is_named_without_an_address_wrote_nothing_that_is_handed_on() -> None:
    said = read(mail("From: Ann Okoro\nSent: Monday\n\nYes", "office@example.org", Subject="FW: an answer").as_bytes())
    assert (said.sender, said.handed_on_by, said.subject) == ("office@example.org", "", "FW: an answer")


def test_a_signature_is_folded_away_and_kept_and_so_is_what_stands_under_a_heading() -> None:
    assert divided("Yes\n\nSent from my iPhone") == ("Yes", "Sent from my iPhone")
    quoted = "On Mon, 7 Mar 2022 at 08:00, Elthorne <a@b.example> wrote:\n\nYes, please."
    assert divided(quoted) == ("", quoted), "whose words these are is not known"


def test_a_page_that_quotes_keeps_what_its_words_quote_too() -> None:
    made = mail("")
    made.set_content("<p>Yes</p><p>Sent from my iPhone</p><blockquote>Dear head</blockquote>", subtype="html")
    assert (read(made.as_bytes()).words, read(made.as_bytes()).quoted) == ("Yes", "Sent from my iPhone\n> Dear head")
