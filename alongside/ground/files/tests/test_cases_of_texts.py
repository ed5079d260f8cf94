"""Texts, tables and calendars that real programs make: nothing goes without a word, and nothing harmless is refused."""

import pytest

from alongside.ground.files.cleaning.kinds import cleaned
from alongside.ground.files.cleaning.unsafe import Unsafe


@pytest.mark.parametrize(
    "cell",
    ["- Great session! Thanks", "+1 from me!", "-- signed: Jo!", "+44 1632 960123", "@home learning! thanks",
     "- we register at 9!",
     "- call (01632) 960123", "- maths | english! both", "+ Import the list (see slide 3)!", "- cmd was a great speaker!", "-4",
     "-£5!", "@jo could you shell the peas?", "+ exec head! 2 | 3", "- he said: call(me)!",
     "@everyone: exec(utive) head joins!", "- see https://x.example!"],
)  # fmt: skip
def test_a_remark_that_begins_with_a_dash_or_a_plus_is_words(cell: str) -> None:
    assert cell.encode() in cleaned("a.csv", f'School,Comment\r\nElm Grove,"{cell}"\r\n'.encode()).data


@pytest.mark.parametrize(
    "cell",
    ["-2+3+cmd|' /C calc'!A0", "+cmd.exe |'/c x'!A1", "@SUM(1+9)*cmd|' /C calc'!A0", '-HYPERLINK("http://x.example";"y")',
     "+msexcel|'x'!A1", "-(1)|x!A0", '+1+WEBSERVICE("x")', "='[x.xls]Sheet'!A1", "=DDE (1)", "  -cmd|x!A0",
     "=HYPERLINK (A1)", "@SUM(HYPERLINK(A1))", "+A1+B2*EXEC(1)", '+"a"&CALL("x")', '@IMPORTXML("x","y")'],
)  # fmt: skip
def test_an_order_is_refused_whatever_it_begins_with(cell: str) -> None:
    quoted = cell.replace('"', '""')
    with pytest.raises(Unsafe, match="Keep only the values"):
        cleaned("a.csv", f'School,Comment\r\nElm Grove,"{quoted}"\r\n'.encode())


WORDS = [
    "Dear <Head>,", "Return the <form> by Friday", "JavaScript: getting started in year 9", "press <button>, see <link>",
    "Clubs (JavaScript: Tuesdays), VBScript: Fridays", "the <body> of the letter, the <style> of play", "<base = 10>",
    "<head teacher’s name = ?>", "at a rate <% of last year", "JavaScript:loops", "We <3 <image> and <input>, x < y = z",
    "MZ Khan, headteacher", "@Echo the dolphin", "#! important",
]  # fmt: skip
LIVE = [
    "<a href=javascript:x>", "<a href=' JavaScript:x'>", "<b onmouseover=x>", "<p/onclick = x>", "[x](javascript:alert(1))",
    "<x style='background:url(javascript:x)'>", "<style>b{c:d}</style>", "<form action=//x>", "</script>",
    "<details open ontoggle=x>", "<meta http-equiv=refresh content='0;url=x'>", "javascript:location='x'",
    "<link rel=import href=x>", "<object data=x>", "<% x %>",
    "<base href='//x'>", '<math><a xlink:href="vbscript:x">', "<button formaction=javascript:x>", "<svg xmlns='x'>",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_in_angle_brackets_and_of_programs_are_words(words: str) -> None:
    assert cleaned("a.txt", words.encode()).data == words.encode()
    assert words.encode() in cleaned("a.csv", f'Note\r\n"{words}"\r\n'.encode()).data
    kept = cleaned("a.ics", calendar(f"DESCRIPTION:{words}"))
    assert f"DESCRIPTION:{words}".encode() in kept.data.replace(b"\r\n ", b"") and not kept.lost.said


@pytest.mark.parametrize("words", LIVE)
def test_what_makes_a_page_live_is_refused_in_a_text_and_taken_off_in_a_calendar(words: str) -> None:
    with pytest.raises(Unsafe, match="web page"):
        cleaned("a.txt", words.encode())
    kept = cleaned("a.ics", calendar(f"DESCRIPTION:Tea {words}", f"SUMMARY:Cake {words}"))
    assert b"DESCRIPTION:Tea" in kept.data and b"SUMMARY:Cake" in kept.data and "marks of a web page" in kept.lost.said[0]


@pytest.mark.parametrize("code", ["utf-16", "utf-16-be", "utf-16-le"])
def test_what_older_windows_programs_write_in_16_bits_is_taken(code: str) -> None:
    for name, words in (
        ("a.txt", "Dear Zoë,\r\n"),
        ("a.csv", "School\tFee\r\nSt Bride’s\t4\r\n"),
        ("a.ics", calendar().decode()),
    ):
        mark = "" if code == "utf-16" else "\ufeff"
        assert words.encode() in cleaned(name, (mark + words).encode(code)).data
    for wrong in (("\ufeff" + "<script>").encode("utf-16-le"), "School".encode("utf-16")[:-1], "a\0".encode("utf-16")):
        with pytest.raises(Unsafe, match="Save it again"):
            cleaned("a.csv", wrong)


def calendar(*lines: str) -> bytes:
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Heads", *lines, "END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{line}\r\n" for line in body).encode()


@pytest.mark.parametrize(
    ("lines", "said", "stays"),
    [
        (["X-ALT-DESC;FMTTYPE=text/html:<html><body>", " Agenda</body></html>"], "a description as a web page", "SUMMARY:Heads"),
        (["STYLED-DESCRIPTION;FMTTYPE=text/html:<p>x</p>"], "a description as a web page", "SUMMARY:Heads"),
        (["BEGIN:VALARM", "ACTION:EMAIL", "ATTENDEE:mailto:a@b.example", "END:VALARM"], "a reminder by e-mail", "SUMMARY:Heads"),
        (["DESCRIPTION:<html-blob>Agenda<br>Tea</html-blob>"], "the marks of a web page", "Tea"),
        (["DESCRIPTION:<body><p>Agenda</p><img src='x'></body>"], "the marks of a web page", "Agenda"),
        (["ATTACH;FILENAME=a.pdf:https://drive.example/a"], "a link to a file", "SUMMARY:Heads"),
        (["BEGIN:VALARM", "ACTION:AUDIO", "ATTACH;VALUE=URI:Chord", "TRIGGER:-PT15M", "END:VALARM"], "sound", "TRIGGER:-PT15M"),
        (["IMAGE;VALUE=URI:https://x.example/a.png"], "picture", "SUMMARY:Heads"),
        (["URL:javascript:alert(1)"], "the line URL", "SUMMARY:Heads"),
    ],
)  # fmt: skip
def test_odd_lines_of_a_calendar_are_left_out_and_said_so(lines: list[str], said: str, stays: str) -> None:
    kept = cleaned("a.ics", calendar(*lines))
    assert said in kept.lost.said[0] and stays.encode() in kept.data
    assert not any(word in kept.data.lower() for word in (b"<html", b"action:email", b"attach", b"image", b"javascript", b"<p>"))
    assert kept.data.count(b"BEGIN:") == kept.data.count(b"END:")


def test_a_calendar_stays_as_it_is_where_nothing_is_odd() -> None:
    lines = [
        "DESCRIPTION:Élan – tea\\, cake & a < b",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "X-A:" + "é" * 90,
    ]
    kept = cleaned("a.ics", calendar(*lines))
    assert kept.data.replace(b"\r\n ", b"") == calendar(*lines) and not kept.lost.said
    assert max(map(len, kept.data.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    "line", ["ATTACH;VALUE=BINARY;ENCODING=BASE64:SEFS", "ACTION:PROCEDURE", "ATTACH:file:///x.exe", "ACTION:EMAIL"]
)
def test_a_calendar_that_carries_files_or_starts_programs_is_refused(line: str) -> None:
    with pytest.raises(Unsafe, match="Export it again"):
        cleaned("a.ics", calendar(line))
