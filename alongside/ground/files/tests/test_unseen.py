"""What an office file holds and does not show is told before it is kept; what shows is not."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pikepdf
import pytest
from openpyxl.workbook import Workbook
from pikepdf import Array, Dictionary, Name, String

from alongside.ground.files.cleaning.drawing import read
from alongside.ground.files.cleaning.hidden import hidden_text
from alongside.ground.files.cleaning.kinds import cleaned
from alongside.ground.files.cleaning.pdfs import off_layers
from alongside.ground.files.tests.honest import HEAD, W, docx_parts, open_document_parts, package, pptx_parts
from alongside.ground.files.tests.redacted import saved

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
VANISH = "<w:rPr><w:vanish/></w:rPr>"
STYLES = (
    f'{HEAD}<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="Quiet">{VANISH}</w:style>'
    '<w:style w:type="paragraph" w:styleId="Inner"><w:basedOn w:val="Quiet"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loud"><w:basedOn w:val="Quiet"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    "</w:styles>"
)


def asked(name: str, parts: dict[str, bytes | str]) -> str:
    return ". ".join(cleaned(name, package(parts)).lost.asked)


def run(words: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (run("Pupil J has SEND", VANISH), "hidden words: “Pupil J has SEND”"),
        (run("Pupil ", VANISH) + run("J", VANISH) + run("seen") + run("K", VANISH), "hidden words: “Pupil J”, “K”"),
        (run("Pupil J", '<w:rPr><w:rStyle w:val="Quiet"/></w:rPr>'), "hidden words: “Pupil J”"),
        ('<w:pPr><w:pStyle w:val="Inner"/></w:pPr>' + run("Pupil J"), "hidden words: “Pupil J”"),
        ('<w:hyperlink w:x="x">' + run("Pupil J", '<w:rPr><w:vanish w:val="true"/></w:rPr>') + "</w:hyperlink>", "“Pupil J”"),
        ("<w:r>" + VANISH + "<w:drawing/></w:r>", "1 hidden picture"),
        ("<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "1 hidden row"),
        ('<w:r><w:drawing><x:docPr xmlns:x="x" id="1" hidden="1"/></w:drawing></w:r>', "1 hidden object"),
        (f'<w:r><w:drawing><a:srcRect xmlns:a="{A}" l="40000"/></w:drawing></w:r>', "1 picture of which a part was cut off"),
        (run("Pupil J"), ""),
        (run("Pupil J", '<w:rPr><w:vanish w:val="false"/></w:rPr>'), ""),
        ('<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>' + run("Pupil J"), ""),
        ('<w:pPr><w:pStyle w:val="Loud"/></w:pPr>' + run("Pupil J"), ""),
        ('<w:pPr><w:pStyle w:val="Inner"/></w:pPr>' + run("Pupil J", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), ""),
        ("<w:r>" + VANISH + "<w:instrText> XE &quot;fee&quot; </w:instrText></w:r>", ""),
        (f'<w:r><w:drawing><a:srcRect xmlns:a="{A}" t="900" b="-20000"/></w:drawing></w:r>', ""),
    ],
)  # fmt: skip
def test_hidden_words_of_a_word_document_are_asked_about(body: str, told: str) -> None:
    parts = docx_parts() | {"word/styles.xml": STYLES}
    document = str(parts["word/document.xml"])
    words = asked("a.docx", parts | {"word/document.xml": document.replace("<w:r><w:t>Agreement</w:t></w:r>", body)})
    assert told in words and bool(told) is bool(words)
    header = f'{HEAD}<w:hdr xmlns:w="{W}"><w:p>{body}</w:p></w:hdr>'
    assert told in asked("a.docx", parts | {"word/header1.xml": header})


def hide_sheet(book: Workbook, state: str) -> None:
    book.create_sheet("Names").sheet_state = state


def hide_columns(book: Workbook, last: str) -> None:
    book.active.column_dimensions.group("B", last, hidden=True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda book: hide_sheet(book, "hidden"), "the hidden sheet “Names”"),
        (lambda book: hide_sheet(book, "veryHidden"), "the hidden sheet “Names”"),
        (lambda book: setattr(book.active.row_dimensions[2], "hidden", True), "1 hidden row"),
        (lambda book: setattr(book.active.row_dimensions[2], "height", 0.1), "1 hidden row"),
        (lambda book: hide_columns(book, "C"), "2 hidden columns"),
        (lambda book: setattr(book.active.column_dimensions["A"], "width", 0.1), "1 hidden column"),
        (lambda book: None, ""),
        (lambda book: hide_sheet(book, "visible"), ""),
        (lambda book: setattr(book.active.row_dimensions[9], "hidden", True), ""),
        (lambda book: book.active.column_dimensions.group("E", "XFD", hidden=True), ""),
    ],
)
def test_hidden_sheets_rows_and_columns_are_asked_about(change: Callable[[Workbook], None], told: str) -> None:
    book = openpyxl.Workbook()
    for row in (["School", "Pupil", "Need"], ["Oak", "J", "SEND"]):
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    lost = cleaned("a.xlsx", out.getvalue()).lost
    assert told in " ".join(lost.asked) and bool(told) is bool(lost.asked)


def test_what_lies_behind_a_pivot_table_is_asked_about() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out) as book:
        parts: dict[str, bytes | str] = {name: book.read(name) for name in book.namelist()}
    assert "1 table behind a pivot table" in asked("a.xlsx", parts | {"xl/pivotCache/pivotCacheRecords1.xml": "<r/>"})


def notes(body: str) -> str:
    return f'{HEAD}<p:notes xmlns:p="{P}" xmlns:a="{A}"><p:txBody><a:p>{body}</a:p></p:txBody></p:notes>'


@pytest.mark.parametrize(
    ("name", "part", "told"),
    [
        ("slides/slide1.xml", f'<p:sld xmlns:p="{P}" show="0"/>', "1 hidden slide"),
        ("slides/slide1.xml", f'<p:sld xmlns:p="{P}" show="false"/>', "1 hidden slide"),
        ("slides/slide1.xml", f'<p:sld xmlns:p="{P}"><p:cNvPr id="2" name="x" hidden="1"/></p:sld>', "1 hidden object"),
        ("slides/slide1.xml", f'<p:sld xmlns:p="{P}"><a:srcRect xmlns:a="{A}" r="12.5%"/></p:sld>', "1 picture of which"),
        ("notesSlides/notesSlide1.xml", notes("<a:r><a:t>Pupil J</a:t></a:r>"), "1 slide with notes"),
        ("notesSlides/notesSlide1.xml", notes('<a:fld type="slidenum"><a:t>1</a:t></a:fld>'), ""),
        ("notesSlides/notesSlide1.xml", notes("<a:r><a:t> </a:t></a:r>"), ""),
        ("slides/slide1.xml", f'<p:sld xmlns:p="{P}" show="1"><p:cNvPr id="2" hidden="0"/></p:sld>', ""),
    ],
)
def test_hidden_slides_and_notes_are_asked_about(name: str, part: str, told: str) -> None:
    words = asked("a.pptx", pptx_parts() | {f"ppt/{name}": part})
    assert told in words and bool(told) is bool(words)


OASIS = "urn:oasis:names:tc:opendocument:xmlns"
STYLED = (
    f'<x xmlns:style="{OASIS}:style:1.0" xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0">'
    '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="T3"><style:text-properties text:display="true"/></style:style>{}</x>'
)
CELL = "<table:table-cell><text:p>J</text:p></table:table-cell>"


def table(columns: str = "<table:table-column/>", row: str = "", more: str = "") -> str:
    return f'<table:table table:name="Names" {more}>{columns}<table:table-row {row}>{CELL}{CELL}</table:table-row></table:table>'


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        ("text", '<text:p>a<text:span text:style-name="T1">Pupil J</text:span></text:p>', "hidden words: “Pupil J”"),
        ("text", '<text:p text:style-name="T1">Pupil J</text:p>', "hidden words: “Pupil J”"),
        ("text", '<text:section text:display="none"><text:p>Pupil J</text:p></text:section>', "hidden words: “Pupil J”"),
        ("text", '<text:p><text:hidden-text text:string-value="Pupil J"/></text:p>', "hidden words: “Pupil J”"),
        ("text", '<text:p><text:span text:style-name="T3">Pupil J</text:span></text:p>', ""),
        ("spreadsheet", table(more='table:style-name="ta2"'), "the hidden sheet “Names”"),
        ("spreadsheet", table(row='table:visibility="collapse"'), "1 hidden row"),
        ("spreadsheet", table(row='table:visibility="filter"'), "1 hidden row"),
        ("spreadsheet", table('<table:table-column/><table:table-column table:visibility="collapse"/>'), "1 hidden column"),
        ("spreadsheet", table('<table:table-column table:number-columns-repeated="2"/><table:table-column '
                              'table:visibility="collapse" table:number-columns-repeated="16382"/>'), ""),
        ("spreadsheet", table('<table:table-column table:number-columns-repeated="much"/>'), ""),
    ],
)  # fmt: skip
def test_what_libreoffice_hides_is_asked_about(kind: str, body: str, told: str) -> None:
    name = "a.odt" if kind == "text" else "a.ods"
    words = asked(name, open_document_parts(kind, "x", STYLED.replace("{}", body)))
    assert told in words and bool(told) is bool(words)


def pdf(drawn: str, *notes: Dictionary, **facts: Any) -> bytes:
    """A page of 200 by 200 on which that is drawn, with those facts of its own."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 200)).obj
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        layers = [made.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("Zoë’s  names", "Plan")]
        layers[1].Usage = facts.pop("usage", Dictionary())
        shape = made.make_stream(b"BT /F 12 Tf 10 20 Td (Inner) Tj ET")
        shape.update(
            Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 200], Resources=Dictionary(Font=Dictionary(F=font)))
        )
        photo = made.make_stream(b"\x80")
        photo.update(
            Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray)
        )
        page.Resources = Dictionary(
            Font=Dictionary(F=font), Properties=Dictionary(A=layers[0], B=layers[1]), XObject=Dictionary(X=shape, P=photo),
            ExtGState=Dictionary(G=Dictionary(ca=0)),
        )  # fmt: skip
        page.Contents = made.make_stream(drawn.encode())
        if opened := facts.pop("opened", None):
            opened = {key: layers[:value] if isinstance(value, int) else value for key, value in opened.items()}
            made.Root.OCProperties = Dictionary(OCGs=layers, D=Dictionary(**opened))
        for key, value in facts.items():
            page.Parent[f"/{key}"] = value  # told for all pages
            if key == "MediaBox":
                del page[f"/{key}"]
        page.Annots = Array([made.make_indirect(one) for one in notes])
        made.Root.AcroForm = Dictionary(Fields=Array([one for one in page.Annots if one.Subtype == Name.Widget]))
        return saved(made)


def words(said: str, y: int = 150, more: str = "") -> str:
    return f"BT 0 g {more} /F 12 Tf 10 {y} Td ({said}) Tj ET "


def redaction(**more: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[0, 140, 60, 170], **more)


ON_A = "/OC /A BDC " + words("Child J") + "EMC " + words("seen", 50)
OFF = {"OFF": 1}
UNSEEN: list[tuple[bytes, list[str], str]] = [
    (pdf(words("Child J") + words("seen", 50), redaction()), ["Child J"], "1 place is marked for redaction"),
    (pdf(words("Child J") + words("seen", 50), redaction(CA=0.3, C=[1, 0, 0])), ["Child J"], "never applied"),
    (pdf(words("Child J") + words("seen", 165),
         redaction(QuadPoints=[0, 162, 60, 162, 0, 148, 60, 148]), redaction(QuadPoints=[0, 9, 9, 9, 0, 0, 9, 0])),
     ["Child J"], "2 places are marked"),
    (pdf("", redaction()), [], "1 place is marked"),
    (pdf(ON_A, opened=OFF), ["Child J"], "do not show stay in it: “Zoë’s names”"),
    (pdf(ON_A, opened={"BaseState": Name.OFF}), ["Child J"], "“Zoë’s names”, “Plan”"),
    (pdf(ON_A, opened={"BaseState": Name.OFF, "ON": 1}), [], "it: “Plan”"),
    (pdf(ON_A, opened={"OFF": 0}, usage=Dictionary(View=Dictionary(ViewState=Name.OFF))), [], "it: “Plan”"),
    (pdf("/OC /A BDC /X Do EMC " + words("seen"), opened=OFF), ["Inner"], "“Zoë’s names”"),
    (pdf(words("Child J", 20) + words("seen"), CropBox=[0, 100, 200, 200]), ["Child J"], ""),
    (pdf(words("Child J", -50) + words("seen")), ["Child J"], ""),
    (pdf(words("Child J", 150, "3 Tr") + words("seen", 50, "0 Tr")), ["Child J"], ""),
    (pdf("/G gs " + words("Child J")), ["Child J"], ""),
    (pdf(words("seen"), Dictionary(Subtype=Name.Text, Rect=[1, 1, 9, 9], F=2, Contents=String("Child J"))), [], "“Child J”"),
    (pdf(words("seen"), Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("a"), Rect=[1, 1, 9, 9], F=32,
                                           V=String("Child J"))), [], "fields of the PDF that do not show"),
    (pdf(words("seen")), [], ""),
    (pdf(words("seen") + words("} >", -50)), [], ""),
    (pdf(words("seen", 1_000), MediaBox=[0, 0, 200, 1_200]), [], ""),
    (pdf(ON_A, opened={"OFF": 0}), [], ""),
    (pdf(ON_A, opened={"BaseState": Name.OFF, "ON": 2}), [], ""),
    (pdf(words("seen"), CropBox=[0, 100, 200, 200]), [], ""),
    (pdf("q 200 0 0 200 0 0 cm /P Do Q " + words("scanned", 150, "3 Tr")), [], ""),
    (pdf(words("seen"), Dictionary(Subtype=Name.Text, Rect=[1, 1, 9, 9], F=28, Contents=String("a note")),
                                Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("a"), Rect=[1, 1, 9, 9], F=2)), [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "copied", "told"), UNSEEN)
def test_what_a_pdf_holds_and_does_not_show_is_asked_about(data: bytes, copied: list[str], told: str) -> None:
    kept = cleaned("a.pdf", data)
    with pikepdf.open(io.BytesIO(kept.data)) as left:
        assert list(read(kept.data, off_layers(left))) == copied
    assert told in " ".join(kept.lost.asked) and len(kept.lost.asked) == bool(told)


def test_the_layers_that_are_off_reach_the_program_that_follows_the_drawing() -> None:
    assert hidden_text(pdf(ON_A, opened=OFF)) == ["Child J"]
