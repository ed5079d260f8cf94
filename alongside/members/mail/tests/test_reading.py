"""What a message that came in says: its own words, what it quotes, who wrote it, whether anybody did."""

from email.message import EmailMessage, Message
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage

import pytest
from hypothesis import given, settings, strategies as st

from alongside.members.mail.rules.reading import divided, read
from alongside.members.mail.rules.states import Sort
from alongside.members.mail.tests.make import PROGRAMS, QUOTED, mail, quoted_by

DOOR = "answers@schools.example.org"


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_quotes_is_folded_away_and_kept(program: str) -> None:
    said = read(mail(f"Does the fee cover supply?\n\n{quoted_by(program)}\n").as_bytes())
    assert (said.words, said.sort) == ("Does the fee cover supply?", Sort.PERSON)
    assert "shall we count your school in?" in said.quoted and "Dear head" in said.quoted


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            '<p>Yes,&nbsp;please</p><p>Ann</p><div class="gmail_quote"><blockquote>Dear head</blockquote></div>',
            "Yes, please\nAnn",
        ),
        ('<div>Yes</div><hr><div id="divRplyFwdMsg"><b>From:</b> Elthorne</div><div>Dear head</div>', "Yes"),
        ('<style>p {color:red}</style><p>Yes &amp; no</p><blockquote type="cite">Dear head</blockquote>', "Yes & no"),
        ("<script>alert(1)</script><p>1 &lt; 2</p><!-- Dear head -->", "1 < 2"),
    ],
)
def test_a_message_that_is_a_page_is_read_as_text(html: str, words: str) -> None:
    made = mail("")
    made.set_content(html, subtype="html")
    said = read(made.as_bytes())
    assert said.words == words and "Dear head" not in said.words


@pytest.mark.parametrize(
    ("headers", "sort"),
    [
        ({}, Sort.PERSON),
        ({"Auto_Submitted": "no"}, Sort.PERSON),
        ({"Auto_Submitted": "auto-replied"}, Sort.MACHINE),
        ({"Auto_Submitted": "auto-generated; owner-email=a@b"}, Sort.MACHINE),
        ({"Precedence": "bulk"}, Sort.MACHINE),
        ({"Precedence": "list"}, Sort.MACHINE),
        ({"Precedence": "first-class"}, Sort.PERSON),
        ({"List_Id": "<heads.borough.example>"}, Sort.MACHINE),
        ({"List_Unsubscribe": "<mailto:off@news.example>"}, Sort.MACHINE),
        ({"Return_Path": "<>"}, Sort.MACHINE),
        ({"Return_Path": "<head@oak.example>"}, Sort.PERSON),
        ({"Subject": "Automatic reply: shall we count you in?"}, Sort.MACHINE),
        ({"Subject": "Out of the office until Monday"}, Sort.MACHINE),
        ({"Subject": "Automatically a member?"}, Sort.PERSON),
        ({"sender": "noreply@oak.example"}, Sort.MACHINE),
        ({"sender": "do-not-reply@oak.example"}, Sort.MACHINE),
        ({"sender": "bounce+1@oak.example"}, Sort.MACHINE),
        ({"sender": "norma.reply@oak.example"}, Sort.PERSON),
        ({"List_Post": "<mailto:heads@borough.example>"}, Sort.MACHINE),
        ({"Mailing_List": "list heads@borough.example"}, Sort.MACHINE),
        ({"Subject": "Automatische Antwort: shall we count you in?"}, Sort.MACHINE),
        ({"Subject": "Réponse automatique : shall we count you in?"}, Sort.MACHINE),
        ({"Subject": "Ateb awtomatig: shall we count you in?"}, Sort.MACHINE),
        ({"Subject": "OOO until Monday"}, Sort.MACHINE),
        ({"Subject": "[EXTERNAL] Automatic reply: shall we count you in?"}, Sort.MACHINE),
        ({"Subject": "FW: Automatic reply: shall we count you in?"}, Sort.MACHINE),
        ({"Subject": "Fwd: [EXTERNAL] FW: Out of office"}, Sort.MACHINE),
        ({"Subject": "Re: Automatic reply: shall we count you in?"}, Sort.PERSON),
        ({"Subject": "I am out of chairs"}, Sort.PERSON),
        ({"Subject": "Oooh, a kiln"}, Sort.PERSON),
    ],
)
def test_what_a_machine_wrote_is_known(headers: dict[str, str], sort: Sort) -> None:
    assert read(mail("I am away.", **headers).as_bytes(), host="schools.example.org").sort is sort


INSIDE = (
    "From: Ann Okoro <Head@oak.example>\nSent: 08 March 2022 10:15\nTo: Office <office@example.org>\n"
    "Subject: Re: shall we count you in?\n\nDoes it cover supply?\n"
)


@pytest.mark.parametrize(
    "words",
    [
        f"\n________________________________\n{INSIDE}",
        f"-----Original Message-----\n{INSIDE}",
        f"Can you look at this?\n\n---------- Forwarded message ---------\n{INSIDE.replace('Sent:', 'Date:')}",
        f"Begin forwarded message:\n\n{''.join(f'> {line}' for line in INSIDE.splitlines(keepends=True))}",
        "*From:* Ann Okoro <head@oak.example>\n*Sent:* 08 March 2022\n*To:* office@example.org\n*Subject:* Re: x\n\n"
        "Does it cover supply?\n",
        INSIDE.replace("<Head@oak.example>", "[mailto:head@oak.example]"),
    ],
)
def test_who_wrote_what_a_rule_handed_on_is_found_inside(words: str) -> None:
    said = read(mail(words, "office@example.org", Subject="FW: shall we count you in?").as_bytes())
    assert (said.sender, said.handed_on_by, said.subject) == ("head@oak.example", "office@example.org", "shall we count you in?")
    assert said.words == "Does it cover supply?" and "Office" not in said.words


def test_a_message_that_is_attached_as_a_whole_is_the_letter() -> None:
    outer, inner = mail("See below", "office@example.org", Subject="Fwd: an answer"), mail("Does it cover supply?")
    outer.add_attachment(inner)
    said = read(outer.as_bytes())
    assert (said.sender, said.handed_on_by, said.words) == ("head@oak.example", "office@example.org", "Does it cover supply?")
    outer = mail("My own view of this. " * 20, "office@example.org")
    outer.add_attachment(inner)
    said = read(outer.as_bytes())
    assert said.sender == "office@example.org" and [one.name for one in said.attached] == ["message.eml"]


def test_pictures_of_a_signature_are_left_out_and_files_are_not() -> None:
    made = mail("With the minutes.")
    made.make_mixed()
    picture = MIMEImage(b"\x89PNG\r\n\x1a\n", "png")
    picture.add_header("Content-ID", "<logo>")
    paper = MIMEApplication(b"%PDF-1.4", "pdf")
    paper.add_header("Content-Disposition", "attachment", filename="Minutes.pdf")
    for part in (picture, paper):
        Message.attach(made, part)
    said = read(made.as_bytes())
    assert ([one.name for one in said.attached], said.words) == (["Minutes.pdf"], "With the minutes.")


def test_the_same_message_by_two_ways_has_one_mark_and_another_has_not() -> None:
    one, two = mail("Yes", Received="by a"), mail("Yes", Received="by b", To=DOOR)
    assert read(one.as_bytes()).mark() == read(two.as_bytes(), ["x@y.example"]).mark()
    others = (mail("No"), mail("Yes", "a@b.example"), mail("Yes", References="<0123456789ab@x.example>"))
    marks = {read(each.as_bytes()).mark() for each in (one, *others)} | {read(one.as_bytes()).mark("0123456789ab")}
    assert len(marks) == 5, "what it is sent to, and what it answers, tells two apart"


def letter_of(text: str) -> bytes:
    return f"From: a@b.example\nSubject: {text}\n\n{text}".encode("utf-8", "replace")


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=2_000)
    | st.text(max_size=600).map(lambda text: f"From: a@b.example\nSubject: {text}\n\n{text}".encode("utf-8", "replace"))
)
def test_whatever_comes_is_read_as_far_as_it_goes(raw: bytes) -> None:
    said = read(raw, ["answers@schools.example.org"], "schools.example.org")
    assert "\0" not in f"{said.words}{said.quoted}{said.subject}{said.sender}" and len(said.mark()) == 64


def test_words_with_nothing_quoted_stay_whole() -> None:
    assert divided("One line.\n\nAnother, on Monday we wrote:\nit.") == ("One line.\n\nAnother, on Monday we wrote:\nit.", "")
    assert divided(QUOTED)[0] == QUOTED
    assert divided("") == ("", "")


def test_headers_that_lie_about_their_letters_are_read_somehow() -> None:
    made = EmailMessage()
    raw = b"From: =?utf-8?q?Si=C3=B4n?= <a@b.example>\nSubject: =?nonsense?q?x?= \xff\nDate: never\n\n\xc3\xa9t\xe9"
    said = read(raw)
    assert said.name == "Siôn" and said.sent_at is None and said.words and not made.items()
