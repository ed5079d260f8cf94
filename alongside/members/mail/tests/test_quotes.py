"""What somebody wrote is told from what they quote, wherever it stands and in whatever language; else a person reads it."""

import pytest

from alongside.members.mail.rules.reading import read
from alongside.members.mail.rules.words import MOST_OF_PAGE, divided, handed_on, holds_more, text_of, without_name
from alongside.members.mail.tests.make import PROGRAMS, mail, quoted_by

ASKED = "Dear head,\n\nwho has a spare kiln?"
MARKED = "\n".join(f"> {line}".rstrip() for line in ASKED.split("\n"))
OUTLOOK = {
    "English": ("From: Elthorne <a@b.example>", "Sent: 7 March 2022", "To: Ann", "Subject: A kiln"),
    "French": ("De : Elthorne <a@b.example>", "Envoyé : lundi 7 mars 2022", "À : Ann", "Objet : A kiln"),
    "German": ("Von: Elthorne <a@b.example>", "Gesendet: Montag, 7. März 2022", "An: Ann", "Betreff: A kiln"),
    "Polish": ("Od: Elthorne <a@b.example>", "Wysłano: 7 marca 2022", "Do: Ann", "Temat: A kiln"),
    "Welsh": ("Oddi wrth: Elthorne <a@b.example>", "Anfonwyd: 7 Mawrth 2022", "At: Ann", "Pwnc: A kiln"),
}
HEADINGS = {
    "English": "On Mon, 7 Mar 2022 at 08:00, Elthorne <a@b.example> wrote:",
    "English, on two lines": "On Mon, 7 Mar 2022 at 08:00, Elthorne Learning Partnership <\na@b.example> wrote:",
    "English, cut within its date": "On Mon, 7 Mar 2022 at\n08:00, Elthorne wrote:",
    "French": "Le lun. 7 mars 2022 à 08:00, Elthorne <a@b.example> a écrit :",
    "German": "Am 07.03.2022 um 08:00 schrieb Elthorne <a@b.example>:",
    "Polish": "pon., 7 mar 2022 o 08:00 Elthorne <a@b.example> napisał(a):",
    "Polish, of another program": "W dniu 7.03.2022 o 08:00, Elthorne pisze:",
    "Welsh": "Ar Llun, 7 Maw 2022 am 08:00, Elthorne <a@b.example> ysgrifennodd:",
    "a language that nobody here knows": "2022-03-07 08:00 Elthorne kirjutas:",
    "without a date": "Elthorne <a@b.example> wrote:",
}
OWN = "Yes: we have one.\n\nIt is yours on 8 March 2022."


@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS)
def test_an_answer_stands_above_what_it_quotes_or_below(heading: str) -> None:
    for text in (f"{OWN}\n\n{heading}\n\n{MARKED}\n", f"{heading}\n{MARKED}\n\n{OWN}\n\n-- \nAnn"):
        words, folded = divided(text)
        assert words == OWN and heading in folded and MARKED in folded
    assert divided(f"Yes\n{heading}\n{MARKED}")[0] == "Yes"


@pytest.mark.parametrize("heading", [each for name, each in HEADINGS.items() if "nobody" not in name])
def test_what_stands_under_a_heading_without_marks_is_nobodys_answer(heading: str) -> None:
    assert divided(f"{OWN}\n\n{heading}\n\n{ASKED}") == (OWN, f"{heading}\n\n{ASKED}")
    assert divided(f"{heading}\n\n{ASKED}\n\n{OWN}")[0] == ""


@pytest.mark.parametrize("lines", OUTLOOK.values(), ids=OUTLOOK)
def test_outlook_quotes_under_a_heading_of_several_lines(lines: tuple[str, ...]) -> None:
    for heading in ("\n".join(lines), "\n\n".join(lines), "\n".join(f"*{line.replace(':', ':*', 1)}" for line in lines)):
        assert divided(f"{OWN}\n\n________________________________\n{heading}\n\n{ASKED}")[0] == OWN
        assert (found := handed_on(f"See below\n\n{heading}\n\n{ASKED}")) is not None
        assert (found.sender, found.name, found.words.strip(), found.note) == ("a@b.example", "Elthorne", ASKED, "See below")


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_page_quotes_as_a_text_does(program: str) -> None:
    page = "<br>".join(f"Yes\n\n{quoted_by(program)}".replace("<", "&lt;").splitlines())
    assert divided(text_of(f"<html><body><div>{page}</div></body></html>"))[0] == "Yes"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("Yes<div>Ann</div>", "Yes\nAnn"),
        ("<p>Yes</p><div class='gmail_quote'><div class=gmail_attr>Zzz<br></div><blockquote>Old</blockquote></div>", "Yes"),
        ('<div class="moz-cite-prefix">Zzz</div><blockquote type="cite">Old</blockquote><p>Yes</p>', "Yes"),
        ("<blockquote>Old <blockquote>older</blockquote> old</blockquote><p>Yes</p>", "Yes"),
        ('Yes<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">Old</div><div>Old</div>', "Yes"),
        ("Yes</blockquote><!-- <blockquote> --><p>Ann", "Yes\nAnn"),
        ("<head><title>Old</title><style>p > a {}</style><body>1 < 2 &lt; 3, a<b>4</b>", "1 < 2 < 3, a4"),
        ("Yes<!-- old", "Yes"),
        ("Yes<script>old('</p>')", "Yes"),
        ("Yes<br><br><br>Ann<br/>", "Yes\n\nAnn"),
    ],
)
def test_of_a_page_its_own_words_are_read(page: str, words: str) -> None:
    assert divided(text_of(page))[0] == words


def test_answers_between_the_lines_are_given_back_whole_and_hold_more() -> None:
    for text in (
        f"Answers below.\n\n{MARKED}\n\nWe have, at the weekend.",
        "> Who has a kiln?\nWe have.\n> Who has clay?\nNobody.",
        "> Who has a kiln, so asks somebody whose line is\nbroken in two\n> on its way?\n\nWe have.",
    ):
        words, folded = divided(text)
        assert (words, folded) == (text, "") and holds_more(words, [])
    assert not holds_more(OWN, ["answers@x.example"]) and holds_more("Ask Answers@x.example", ["answers@x.example"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes\n\nKind regards\nAnn\n01234", "Yes"),
        ("Yes\nWith best regards,\nAnn", "Yes"),
        ("Kind regards", "Kind regards"),
        ("Dear Mo,\nThank you, we have.\nThanks\nAnn", "Dear Mo,\nThank you, we have.\nThanks\nAnn"),
        ("Yes\n--\nAnn", "Yes"),
        ("Yes - or no\n-- or never", "Yes - or no\n-- or never"),
        (f"Yes\n\n{MARKED}\n\nThis e-mail is confidential and intended for whom it names.", "Yes"),
        ("Yes\n\nDisclaimer: we mean nothing", "Yes"),
        ("This message is from all of us", "This message is from all of us"),
        ("Yes\n\n-------- Original Message --------\nOld", "Yes"),
        ("From: the kiln\nTo: the hall", ""),
        ("From here it is far:\nNo.", "From here it is far:\nNo."),
        ("Two things:\n> Old", "Two things:"),
    ],
)
def test_what_stands_under_the_name_is_folded_away(text: str, words: str) -> None:
    assert divided(text)[0] == words


def test_a_page_is_read_as_far_as_anybody_does() -> None:
    assert text_of("Yes" + "<p>" * (MOST_OF_PAGE // 2) + "late") == "Yes"


def test_a_letter_in_a_language_of_schools_is_taken_out_of_the_mail_that_hands_it_on() -> None:
    for lines in OUTLOOK.values():
        said = read(mail("\n".join((*lines, "", "We have one.")), "office@example.org", Subject="TR: A kiln").as_bytes())
        assert (said.sender, said.handed_on_by, said.words, said.subject) == (
            "a@b.example",
            "office@example.org",
            "We have one.",
            "A kiln",
        )


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("Does anybody share a minibus on Fridays?\n\nHassan", "Does anybody share a minibus on Fridays?"),
        ("Does anybody?\nMr H. Prewett", "Does anybody?"),
        ("Does anybody?\nhassan prewett,", "Does anybody?"),
        ("Does anybody?\n- HP", "Does anybody?"),
        ("Hassan", "Hassan"),
        ("Who is the new head at Elm?\nHassan or Ann", "Who is the new head at Elm?\nHassan or Ann"),
        ("Two of us come:\nAnn", "Two of us come:\nAnn"),
        ("Does anybody?\nH", "Does anybody?\nH"),
    ],
)
def test_a_last_line_that_is_the_writers_own_name_is_none_of_their_words(words: str, own: str) -> None:
    assert without_name(words, "Hassan Prewett") == own
