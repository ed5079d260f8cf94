"""PDFs and photos that real programs make: nothing goes out of them without a word, and nothing harmless is refused."""

import io
import random
import re
import struct

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from pypdf import PdfReader

from alongside.ground.files.cleaning.kinds import cleaned
from alongside.ground.files.cleaning.unsafe import Unsafe
from alongside.ground.files.tests import honest
from alongside.ground.files.tests.seen import case, everything_in


def words_of(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def changed(change: str, data: bytes = b"", **how: object) -> bytes:
    """A PDF in which something of it was changed by the program that saved it."""
    with pikepdf.open(io.BytesIO(data or honest.typeset("Agreement"))) as pdf:
        inside = pdf.make_stream(b"minutes")
        inside.Type = Name.EmbeddedFile
        spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("minutes.xlsx"), EF=Dictionary(F=inside)))
        root, page = pdf.Root, pdf.pages[0].obj
        match change:
            case "portfolio":
                root.Collection = pdf.make_indirect(Dictionary(View=Name.T))
            case "attached":
                root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), spec])))
            case "pinned":
                page.Annots = Array([Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)])
            case "film":
                page.Annots = Array([Dictionary(Subtype=Name.Screen, Rect=[0, 0, 9, 9])])
            case "note":
                note = Dictionary(Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("the fee is agreed"))
                note.T, note.M = String(honest.AUTHOR), String("D:2026")
                page.Annots = Array([note])
                field = pdf.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("school"), Rect=[0, 0, 9, 9]))
                root.AcroForm = Dictionary(Fields=Array([field]))
                page.Annots.append(field)
            case "script":
                root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("x()"))
            case "xfa":
                root.AcroForm = Dictionary(Fields=Array([]), XFA=Array([String("template"), pdf.make_stream(b"<template/>")]))
            case "xfa needs drawing":
                field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("x")))
                root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field]), XFA=pdf.make_stream(b"<xdp/>")))
                root.NeedsRendering = True
            case "xfa says so":
                field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("x")))
                told = pdf.make_stream(b"<config><dynamicRender>required</dynamicRender></config>")
                root.AcroForm = Dictionary(Fields=Array([field]), XFA=Array([String("config"), told]))
            case "xfa beside a form":
                field = pdf.make_indirect(
                    Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("x"), V=String("Elm Grove"), Rect=[0, 0, 9, 9])
                )
                page.Annots = Array([field])
                root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(b"<xdp/>"))
            case "stamped":
                stamp = Dictionary(Type=Name.DocTimeStamp, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))
                field = Dictionary(FT=Name.Sig, T=String("s"), V=pdf.make_indirect(stamp))
                root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)
        out = io.BytesIO()
        pdf.save(out, **how)
    return out.getvalue()


SOUND = honest.typeset("Agreement")
PLAIN = changed("", object_stream_mode=pikepdf.ObjectStreamMode.disable)


@pytest.mark.parametrize(
    "before",
    [b"\n", b"\xef\xbb\xbf", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
     b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n", b"<br />\n<b>Warning</b>: headers\n", b" " * 1_000],
)  # fmt: skip
def test_what_a_server_left_before_a_pdf_is_taken_off(before: bytes) -> None:
    kept = cleaned("a.pdf", before + SOUND).data
    assert kept.startswith(b"%PDF-") and "Agreement" in words_of(kept)


@pytest.mark.parametrize("before", [b" " * 1_100, b"MZ" + bytes(60), b"<script>x()</script>", b"PK\x03\x04" + bytes(60)])
def test_what_is_a_file_of_its_own_before_a_pdf_is_not(before: bytes) -> None:
    with pytest.raises(Unsafe, match="not a PDF"):
        cleaned("a.pdf", before + SOUND)


@pytest.mark.parametrize(
    "damaged",
    [
        re.sub(rb"startxref\s+\d+", b"startxref\n5", PLAIN),
        re.sub(rb"startxref\s+\d+", b"startxref\n0", PLAIN),
        PLAIN[: PLAIN.rindex(b"startxref")],
        PLAIN.replace(b"\nendobj", b"\r\nendobj"),
        re.sub(rb"\n(\d{10}) 00000 n", lambda one: b"\n%010d 00000 n" % (int(one[1]) + 7), PLAIN),
        re.sub(rb"/Length \d+", b"/Length 7", PLAIN, count=1),
        re.sub(rb"/Length (\d)", b"/Length 9", PLAIN),
        PLAIN + b"\n<!-- served by elm -->",
        PLAIN[: PLAIN.rindex(b"%%EOF")],
    ],
)
def test_damage_that_every_reader_repairs_is_repaired(damaged: bytes) -> None:
    assert "Agreement" in words_of(cleaned("a.pdf", damaged).data)


@pytest.mark.parametrize("linearize", [True, False])
def test_a_pdf_that_was_cut_short_is_not_repaired_to_fewer_pages(linearize: bool) -> None:
    with pikepdf.open(io.BytesIO(SOUND)) as pdf:
        for _ in range(5):
            pdf.pages.append(pdf.pages[0])
        for page in pdf.pages:
            page.Contents = pdf.make_stream(random.Random(5).randbytes(2_000))
        out = io.BytesIO()
        pdf.save(out, linearize=linearize)
    whole = out.getvalue()
    for tenth in range(1, 10):
        with pytest.raises(Unsafe, match="cut short"):
            cleaned("a.pdf", whole[: len(whole) * tenth // 10])


@pytest.mark.parametrize("strength", [3, 4, 6])
def test_an_owners_password_alone_keeps_nobody_out(strength: int) -> None:
    locked = changed("", encryption=pikepdf.Encryption(owner="x", user="", R=strength, aes=strength > 3, metadata=strength > 3))
    kept = cleaned("a.pdf", locked).data
    assert "Agreement" in words_of(kept) and b"/Encrypt" not in kept
    closed = changed("", encryption=pikepdf.Encryption(owner="x", user="y", R=strength, aes=strength > 3, metadata=strength > 3))
    with pytest.raises(Unsafe, match="protected by a password"):
        cleaned("a.pdf", closed)


@pytest.mark.parametrize("way", ["xfa", "xfa needs drawing", "xfa says so"])
def test_a_form_that_draws_itself_is_refused_and_never_emptied(way: str) -> None:
    with pytest.raises(Unsafe, match="print it to a PDF"):
        cleaned("a.pdf", changed(way))


def test_a_form_with_fields_of_its_own_is_taken_with_what_was_filled_in() -> None:
    kept = cleaned("a.pdf", changed("xfa beside a form")).data
    assert b"Elm Grove" in everything_in(kept) and b"/XFA" not in everything_in(kept)


def test_a_portfolio_is_refused() -> None:
    for data in (changed("portfolio"), changed("attached", changed("portfolio"))):
        with pytest.raises(Unsafe, match="send the files themselves"):
            cleaned("a.pdf", data)


@pytest.mark.parametrize(
    ("way", "asked"),
    [("attached", "minutes.xlsx"), ("pinned", "minutes.xlsx"), ("film", "film or sound"), ("stamped", "signature")],
)
def test_what_goes_out_of_a_pdf_is_asked_before(way: str, asked: str) -> None:
    kept = cleaned("a.pdf", changed(way))
    assert len(kept.lost.asked) == 1 and asked in kept.lost.asked[0]
    assert b"minutes" not in everything_in(kept.data) and b"ByteRange" not in everything_in(kept.data)


def test_what_a_pdf_did_by_itself_is_said_afterwards_and_of_a_plain_one_nothing() -> None:
    assert [len(cleaned("a.pdf", one).lost.said) for one in (changed("script"), SOUND)] == [1, 0]
    assert not cleaned("a.pdf", SOUND).lost.asked


def test_a_note_on_a_page_stays_without_who_wrote_it() -> None:
    everything = everything_in(cleaned("a.pdf", changed("note")).data)
    assert b"the fee is agreed" in everything and b"(school)" in everything
    assert honest.AUTHOR.encode() not in everything and b"D:2026" not in everything


@pytest.mark.parametrize("odd", ["null", "null among notes", "a number", "gone", "a note by itself", "in fields", "in kids"])
def test_what_is_no_note_among_the_notes_is_no_reason_to_refuse_a_pdf(odd: str) -> None:
    with pikepdf.open(io.BytesIO(honest.typeset("Agreement"))) as pdf:
        page, note = (
            pdf.pages[0].obj,
            pdf.make_indirect(Dictionary(Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("Agreed"))),
        )
        match odd:
            case "null":
                page.Annots = Array([None])
            case "null among notes":
                page.Annots = Array([None, note, None])
            case "a number":
                page.Annots = Array([7, note])
            case "gone":
                page.Annots = Array([pdf.get_object((9_999, 0)), note])
            case "a note by itself":
                page.Annots = note
            case "in fields":
                pdf.Root.AcroForm = Dictionary(Fields=Array([None]))
            case "in kids":
                pdf.Root.Outlines = Dictionary(Type=Name.Outlines, First=None)
        out = io.BytesIO()
        pdf.save(out)
    kept = cleaned("agreement.pdf", out.getvalue())
    assert "Agreement" in words_of(kept.data) and not kept.lost.asked
    assert (b"Agreed" in everything_in(kept.data)) is (odd in {"null among notes", "a number", "gone"})


def test_every_case_of_a_pdf() -> None:
    for number, remedy in ((34, "print it to a PDF"), (35, "send the files themselves")):
        with pytest.raises(Unsafe, match=remedy):
            case(number)
    assert all("/Encrypt" not in str(PdfReader(io.BytesIO(case(number).data)).trailer) for number in (31, 33))
    (asked,) = case(36).lost.asked
    assert "N Bell" in asked and "Keep the signed original" in asked


def photo(exif: bytes, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, kind, exif=exif)
    return out.getvalue()


def exif(*entries: tuple[int, int, int, int], count: int | None = None) -> bytes:
    """EXIF with entries as they stand: tag, type, count, value."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries) if count is None else count) + body + b"\0\0\0\0Canary"


TURNED = (0x0112, 3, 1, 6)


@pytest.mark.parametrize(
    ("odd", "size"),
    [
        (exif(TURNED, (0x010F, 2, 5_000, 38)), (40, 60)),
        (exif(TURNED, (0x010F, 99, 1, 1)), (40, 60)),
        (exif(TURNED, (0x8769, 4, 1, 9_000)), (40, 60)),
        (exif(TURNED, (0x8825, 4, 1, 8)), (40, 60)),
        (exif((0x0112, 3, 1, 77)), (60, 40)),
        (exif((0x0112, 2, 3, 6)), (60, 40)),
        (exif(TURNED, count=400), (40, 60)),
        (b"Exif\0\0II*\0\xff\xff\xff\xff", (60, 40)),
        (b"Exif\0\0", (60, 40)),
        (b"Exif\0\0XX*\0\x08\0\0\0", (60, 40)),
    ],
)
def test_odd_exif_is_left_out_and_the_photo_taken(odd: bytes, size: tuple[int, int]) -> None:
    for kind, end in (("JPEG", "jpg"), ("WEBP", "webp"), ("PNG", "png")):
        kept = cleaned(f"a.{end}", photo(odd, kind)).data
        with Image.open(io.BytesIO(kept)) as picture:
            assert picture.size in {size, (60, 40)} and not picture.getexif() and b"Canary" not in kept
            assert picture.size == size or kind != "JPEG"


def test_a_very_large_photo_is_told_by_its_dots() -> None:
    for wide, high in ((9_000, 6_000), (12_000, 9_000), (16_000, 12_000), (30_000, 20_000)):
        small = photo(b"")
        at = small.index(b"\xff\xc0") + 5
        large = small[:at] + struct.pack(">HH", high, wide) + small[at + 4 :]
        with pytest.raises(Unsafe, match=f"{wide:,} by {high:,} dots"):
            cleaned("a.jpg", large)
    with Image.open(io.BytesIO(case(41).data)) as picture:
        assert picture.size == (40, 60) and not picture.getexif()


JPEGS = [
    {}, {"progressive": True}, {"restart_marker_rows": 1}, {"restart_marker_blocks": 1}, {"quality": 95, "subsampling": 0},
]  # fmt: skip


@pytest.mark.parametrize("how", JPEGS)
def test_a_photo_without_its_end_mark_is_taken_and_a_part_of_one_is_not(how: dict[str, int]) -> None:
    seen = Image.frombytes("RGB", (90, 60), random.Random(7).randbytes(90 * 60 * 3))
    out = io.BytesIO()
    seen.save(out, "JPEG", **how)
    whole = out.getvalue()
    for less in (whole[:-2], whole[:-1], whole[:-2] + bytes(40), whole[:-2] + b"\r\n", whole + b"SEFT"):
        assert cleaned("a.jpg", less).data == cleaned("a.jpg", whole).data
    for part in (whole[: len(whole) * tenth // 10] for tenth in range(1, 10)):
        with pytest.raises(Unsafe, match="cut short"):
            cleaned("a.jpg", part)


def test_a_png_without_its_end_is_taken_and_a_part_of_one_is_not() -> None:
    out = io.BytesIO()
    Image.frombytes("RGB", (90, 60), random.Random(7).randbytes(90 * 60 * 3)).save(out, "PNG")
    whole = out.getvalue()
    for less in (whole[:-12], whole[:-4], whole[:-1]):
        assert cleaned("a.png", less).data == cleaned("a.png", whole).data
    with pytest.raises(Unsafe, match="cut short"):
        cleaned("a.png", whole[:-40])


def titled(older: str = "", newer: str = "") -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        made.Root.Lang, made.Root.MarkInfo = String("cy-GB"), Dictionary(Marked=True)
        made.docinfo["/Author"] = honest.AUTHOR
        if older:
            made.docinfo["/Title"] = older
        with made.open_metadata(update_docinfo=False) as told:
            told["dc:creator"], told["xmp:CreatorTool"] = [honest.AUTHOR], honest.AUTHOR
            if newer:
                told["dc:title"] = newer
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("older", "newer", "title"),
    [
        ("Minutes, 5 May 2026", "", "Minutes, 5 May 2026"),
        ("", "Cofnodion & papurau", "Cofnodion & papurau"),
        ("Zoë’s minutes", "Other", "Zoë’s minutes"),
        ("C:\\Users\\Jo\\Fees.docx", "", "Fees.docx"),
        ("", "", ""),
    ],
)
def test_the_title_of_a_pdf_stays_and_its_author_goes(older: str, newer: str, title: str) -> None:
    kept = cleaned("a.pdf", titled(older, newer)).data
    assert honest.AUTHOR.encode() not in everything_in(kept)
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert str(pdf.docinfo.get("/Title", "")) == pdf.open_metadata().get("dc:title", "") == title
        assert set(pdf.docinfo.keys()) <= {"/Title"} and ("/Metadata" in pdf.Root) is bool(title)
        assert pdf.Root.ViewerPreferences.DisplayDocTitle and pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "cy-GB"
    assert cleaned("a.pdf", kept).data == kept


def test_odd_words_about_a_pdf_are_no_reason_to_refuse_it() -> None:
    with pikepdf.open(io.BytesIO(SOUND)) as made:
        del made.trailer.Info
        for odd in (b"<x", b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>', b"\xff\xfe<\0", b""):
            made.Root.Metadata = made.make_stream(odd)
            out = io.BytesIO()
            made.save(out)
            assert "Agreement" in words_of(cleaned("a.pdf", out.getvalue()).data)
