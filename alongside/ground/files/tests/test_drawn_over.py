"""What is painted over the words of a PDF with a pen, a line or a shading, or cut off; and pages that nobody looked through."""

import io

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid
from alongside.ground.files import actions
from alongside.ground.files.cleaning.hidden import hidden_text
from alongside.ground.files.rules import unread_problem
from alongside.ground.files.tests import redacted

WORDS = "BT /F 14 Tf 100 700 Td (SECRET salary) Tj ET\n"
BOX = "0 g 90 690 200 30 re f\n"
CLIP = "q 90 690 300 50 re W n\n" + WORDS + "Q\n"


def looked_through(data: bytes) -> tuple[list[str], list[int]]:
    """What does not show, and the pages that were not looked through."""
    found = hidden_text(data)
    return list(found), found.left


def pdf(*pages: str, inner: str = "", notes: tuple[Dictionary, ...] = ()) -> bytes:
    """Pages with those drawings; /S and /P are black shadings, /M multiplies, /A lets through, /X is `inner`, moved by 50."""
    with Pdf.new() as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        black = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0]), C1=Array([0, 0, 0]), N=1)
        coords = Array([0, 0, 600, 0])
        shading = made.make_indirect(Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=coords, Function=black))
        shading.Extend = Array([True, True])
        pattern = made.make_indirect(Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading))
        form = Stream(made, inner.encode())
        form.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]), Matrix=Array([1, 0, 0, 1, 50, 0]),
                Resources=Dictionary(Font=Dictionary(F=font)),
            )
        )  # fmt: skip
        for drawing in pages:
            page = made.add_blank_page(page_size=(595, 842)).obj
            page.Contents = made.make_stream(drawing.encode())
            page.Resources = Dictionary(
                Font=Dictionary(F=font), Shading=Dictionary(S=shading), Pattern=Dictionary(P=pattern),
                XObject=Dictionary(X=made.make_indirect(form)),
                ExtGState=Dictionary(M=Dictionary(BM=Name.Multiply), A=Dictionary(CA=0.4, ca=0.4)),
            )  # fmt: skip
        made.pages[0].obj.Annots = Array([made.make_indirect(one) for one in notes])
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def pen(kind: str, width: float = 30, **more: object) -> Dictionary:
    """A note that was drawn with a pen through the words."""
    drawn = {"Ink": {"InkList": Array([Array([90, 705, 290, 705])])}, "Line": {"L": Array([90, 705, 290, 705])}}
    how = drawn.get(kind, {"Vertices": Array([90, 705, 200, 705, 290, 705])})
    return Dictionary(
        Subtype=Name(f"/{kind}"), Rect=Array([90, 690, 290, 720]), C=Array([0, 0, 0]), BS=Dictionary(W=width), **how, **more
    )


@pytest.mark.parametrize(
    "data",
    [
        pdf(WORDS + "0 G 30 w 90 705 m 290 705 l S"),
        pdf(WORDS + "q 10 0 0 10 0 0 cm 0 G 3 w 9 70.5 m 29 70.5 l S Q"),
        pdf(WORDS + "1 G 20 w 90 705 m 290 705 l S"),
        pdf(WORDS + "1 1 0 RG 20 w 90 705 m 290 705 l S"),
        pdf(WORDS + "0 G 30 w 90 690 m 290 720 l S"),
        pdf(WORDS + "0 G 20 w 90 705 m 150 705 200 705 290 705 c S"),
        pdf("0 G 30 w 90 705 m 290 705 l S 0 g " + WORDS),
        pdf(WORDS + "q 90 690 200 30 re W n /S sh Q"),
        pdf(WORDS + "/S sh"),
        pdf(WORDS + "/Pattern cs /P scn 90 690 200 30 re f"),
        pdf("q 0 0 50 50 re W n " + WORDS + "Q"),
        pdf("q 0 0 595 842 re W n q 0 0 50 50 re W n " + WORDS + "Q Q"),
        pdf("/X Do", inner="q 0 0 50 50 re W n " + WORDS + "Q"),
        pdf(WORDS.replace("14 Tf", "0.01 Tf")),
        pdf("q 0.01 0 0 0.01 99 699 cm " + WORDS + "Q"),
        *(pdf(WORDS, notes=(pen(kind),)) for kind in ("Ink", "Line", "PolyLine")),
        pdf(WORDS, notes=(pen("Ink", 20),)),
        pdf(WORDS, notes=(Dictionary(Subtype=Name.Circle, Rect=Array([80, 680, 300, 730]), IC=Array([0, 0, 0])),)),
    ],
)  # fmt: skip
def test_words_under_a_pen_a_line_a_shading_or_cut_off_are_found(data: bytes) -> None:
    assert looked_through(data) == (["SECRET salary"], [])


@pytest.mark.parametrize(
    "data",
    [
        pdf(WORDS + "0 G 1 w 90 705 m 290 705 l S"),  # struck through
        pdf(WORDS + "0 G 4 w 90 694 m 290 694 l S"),  # underlined
        pdf(WORDS + "0 G 5 w 90 685 200 45 re S"),  # framed
        pdf(WORDS + "0 G 10 w 90 600 m 590 842 l S"),  # a slanted line beside it
        pdf(WORDS + "/M gs 1 1 0 RG 20 w 90 705 m 290 705 l S"),  # marked
        pdf(WORDS + "/A gs 1 1 0 RG 20 w 90 705 m 290 705 l S"),
        pdf("0 G 30 w 90 705 m 290 705 l S 1 g " + WORDS),  # white on a dark line
        pdf("q 90 690 200 30 re W n /S sh Q 1 g " + WORDS),
        pdf(WORDS + "q 90 90 200 30 re W n /S sh Q"),
        pdf(CLIP), pdf("q 0.5 0 0 0.5 20 20 cm " + CLIP + "Q"), pdf("/X Do", inner=CLIP),
        pdf("q 1 0 0 1 9 -300 cm /X Do Q", inner=CLIP),
        pdf(WORDS.replace("14 Tf", "3 Tf")),  # small print
        pdf(WORDS, notes=(pen("Ink", 2),)), pdf(WORDS, notes=(pen("Line", CA=0.4),)),
    ],
)  # fmt: skip
def test_words_that_are_seen_are_no_alarm(data: bytes) -> None:
    assert looked_through(data) == ([], [])


def odd() -> Dictionary:
    """A note that does not say where it is."""
    return Dictionary(Subtype=Name.Square, IC=Array([0, 0, 0]))


def test_a_page_that_was_not_looked_through_is_told_and_stops_no_other() -> None:
    assert looked_through(pdf(WORDS, WORDS + BOX, notes=(odd(),))) == (["SECRET salary"], [1])
    assert looked_through(pdf(WORDS, WORDS)) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "found", "left"),
    [
        (pdf(*[WORDS] * 300, WORDS + BOX), [], [301]),
        (pdf("0 0 1 1 re f\n" * 60_001 + WORDS + BOX, WORDS + BOX), ["SECRET salary"], [1]),
    ],
    ids=["many pages", "many things"],
)
def test_what_is_too_much_to_be_looked_through_is_told(data: bytes, found: list[str], left: list[int]) -> None:
    assert looked_through(data) == (found, left)


@pytest.mark.slow
def test_a_drawing_without_end_is_not_looked_through() -> None:
    assert looked_through(redacted.without_end()) == ([], [1])


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([], ""),
        ([4], "Page 4 could not be looked through"),
        ([2, 1], "Pages 1 to 2 could not be looked through"),
        ([1, 3, 301, 302, 303], "Pages 1, 3 and 301 to 303 could not"),
        ([1, 3, 5, 7, 9, 11], "Pages 1, 3, 5, 7, 9 and others could not"),
    ],
)
def test_the_pages_that_were_not_looked_through_are_named(pages: list[int], said: str) -> None:
    assert unread_problem(pages).startswith(said) and bool(unread_problem(pages)) is bool(said)


@pytest.mark.django_db
def test_a_paper_that_was_not_looked_through_is_kept_when_somebody_has_looked() -> None:
    said = {"key": keys.new_key(), "partnership": keys.new_key(), "kind": "other", "name": "a.pdf", "by": Standing.system()}
    data = pdf(WORDS, notes=(odd(),))
    with pytest.raises(Invalid, match="Page 1 could not be looked through for text that does not show"):
        actions.keep_file(data=data, **said)
    assert actions.keep_file(data=data, sure=True, **said).name == "a.pdf"
