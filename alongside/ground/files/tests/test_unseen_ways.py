"""The many ways in which an office file holds words that it does not show, each beside an honest relative that is no alarm."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from alongside.ground.files.cleaning.kinds import cleaned
from alongside.ground.files.tests.honest import HEAD, W, docx_parts, open_document_parts, package, pptx_parts

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORDS = "Pupil J has SEND"
TOLD = f"hidden words: “{WORDS}”"
WHITE, TINY = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'
DARK, PAPER = '<w:shd w:val="clear" w:fill="1F3864"/>', '<w:shd w:val="clear" w:fill="FFFFFF"/>'


def run(properties: str = "", words: str = WORDS) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def table(cell: str, of_cell: str = "", style: str = "") -> str:
    named = f'<w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>' if style else ""
    return f"<w:tbl>{named}<w:tr><w:tc><w:tcPr>{of_cell}</w:tcPr><w:p>{cell}</w:p></w:tc></w:tr></w:tbl>"


def field(order: str, shown: str = "") -> str:
    part = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    asked_for = f"<w:r><w:instrText> {order} </w:instrText></w:r>"
    return f"{part('begin')}{asked_for}{part('separate')}<w:r><w:t>{shown}</w:t></w:r>{part('end')}"


def style(kind: str, properties: str, *, name: str = "S", default: bool = False, more: str = "") -> str:
    of = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{of} w:styleId="{name}">{more}<w:rPr>{properties}</w:rPr></w:style>'


def asked(name: str, parts: dict[str, Any]) -> str:
    return ". ".join(cleaned(name, package(parts)).lost.asked)


def word(body: str, styles: str = "", **parts: str) -> str:
    document = f'{HEAD}<w:document xmlns:w="{W}">{body}</w:document>'
    more = {f"word/{name}.xml": part for name, part in parts.items()}
    if styles:
        more["word/styles.xml"] = f'{HEAD}<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return asked("a.docx", docx_parts() | {"word/document.xml": document} | more)


def page(inside: str, before: str = "") -> str:
    return f"{before}<w:body><w:p>{inside}</w:p></w:body>"


@pytest.mark.parametrize(
    ("body", "styles", "told"),
    [
        (page(run(WHITE)), "", TOLD),
        (page(run('<w:color w:val="FDFDFD"/>')), "", TOLD),
        (page(run(WHITE + PAPER)), "", TOLD),
        (page(run(TINY)), "", TOLD),
        (page(run('<w:rStyle w:val="S"/>')), style("character", WHITE), TOLD),
        (page('<w:pPr><w:pStyle w:val="T"/></w:pPr>' + run()), style("paragraph", WHITE)
         + style("paragraph", "", name="T", more='<w:basedOn w:val="S"/>'), TOLD),
        (f"<w:body>{table(run(WHITE), style='TableGrid')}</w:body>", "", TOLD),
        (page(run()), style("paragraph", "<w:vanish/>", default=True), TOLD),
        (page(run()), "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>", TOLD),
        (f"<w:body>{table(run(), style='S')}</w:body>", style("table", "<w:vanish/>"), TOLD),
        (page(run()), style("table", "<w:vanish/>", default=True), ""),
        (page(run(WHITE + DARK)), "", ""),
        (page(run(WHITE + '<w:highlight w:val="black"/>')), "", ""),
        (page(f"<w:pPr>{DARK}</w:pPr>" + run(WHITE)), "", ""),
        (f"<w:body>{table(run(WHITE), DARK)}</w:body>", "", ""),
        (f"<w:body>{table(run(WHITE), style='GridTable4')}</w:body>", "", ""),  # its style paints the ground
        (page("<w:r><w:txbxContent><w:p>" + run(WHITE) + "</w:p></w:txbxContent></w:r>"), "", ""),
        (page(run(WHITE), '<w:background w:color="000000"/>'), "", ""),
        (page('<w:pPr><w:pStyle w:val="S"/></w:pPr>' + run()), style("paragraph", WHITE, more=f"<w:pPr>{DARK}</w:pPr>"), ""),
        (page(run('<w:color w:val="auto"/><w:sz w:val="14"/>')), "", ""),
        (page(run('<w:vanish w:val="0"/>')), style("paragraph", "<w:vanish/>", default=True), ""),
        (page('<w:pPr><w:pStyle w:val="T"/></w:pPr>' + run()), style("paragraph", "<w:vanish/>", default=True)
         + style("paragraph", "<w:vanish w:val='0'/>", name="T"), ""),
    ],
)  # fmt: skip
def test_words_of_a_document_in_white_too_small_or_hidden_by_its_styles(body: str, styles: str, told: str) -> None:
    words = word(body, styles)
    assert told in words and bool(told) is bool(words)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (field(f'IF 1 = 2 "{WORDS}" "seen"', "seen"), TOLD),
        (field(f'IF 1 = 1 "seen" "{WORDS}"', "seen"), TOLD),
        (field(f'SET pupil "{WORDS}"'), TOLD),
        (field("set pupil Jo"), "hidden words: “Jo”"),
        (field(f'FILLIN "{WORDS}"', "seen"), TOLD),
        (f'<w:fldSimple w:instr=" SET x &quot;{WORDS}&quot; "/>', TOLD),
        (f'<w:fldSimple w:instr=" IF 1=1 &quot;seen&quot; &quot;{WORDS}&quot; ">{run("", "seen")}</w:fldSimple>', TOLD),
        (field('IF 1 = 1 "seen" ""', "seen"), ""),
        (field('IF 1 = 1 "both" "both"', "both"), ""),
        (field('XE "fee"'), ""),
        (field('HYPERLINK "https://oak.example"', "Oak"), ""),
        (field("PAGE", "3"), ""),
    ],
)
def test_words_that_a_field_says_and_does_not_show(body: str, told: str) -> None:
    words = word(page(body))
    assert told in words and bool(told) is bool(words)


def test_variables_and_building_blocks_of_a_document() -> None:
    of = f'xmlns:w="{W}"'
    variables = f'{HEAD}<w:settings {of}><w:docVars><w:docVar w:name="x" w:val="{WORDS}"/></w:docVars></w:settings>'
    assert TOLD in word(page(run("", "seen")), settings=variables)
    assert word(page(run("", "seen")), settings=f"{HEAD}<w:settings {of}/>") == ""
    for kind, told in (("autoTxt", True), ("bbPlcHdr", False)):
        block = f'<w:docPart><w:docPartPr><w:types><w:type w:val="{kind}"/></w:types></w:docPartPr><w:p>{run()}</w:p></w:docPart>'
        glossary = {"word/glossary/document.xml": f"{HEAD}<w:glossaryDocument {of}>{block}</w:glossaryDocument>"}
        assert (TOLD in asked("a.docx", docx_parts() | glossary)) is told


def format_of(code: str) -> Callable[[Any], None]:
    return lambda sheet: setattr(sheet["B2"], "number_format", code)


def font_of(colour: Any, fill: str = "", cell: str = "B2") -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[cell].font = Font(color=colour)
        if fill:
            sheet[cell].fill = PatternFill("solid", fgColor=fill)

    return change


def sized(**how: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for name, value in how.items():
            setattr(sheet.sheet_format, name, value)

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (format_of(";;;"), "1 cell with a format that shows nothing"),
        (format_of('"";"";"";""'), "1 cell with a format that shows nothing"),
        (format_of(" ; ; ; "), "1 cell with a format that shows nothing"),
        (font_of("FFFFFFFF"), "1 cell with white words"),
        (font_of("00FFFFFF"), "1 cell with white words"),
        (font_of("FFFAFAFA"), "1 cell with white words"),
        (font_of("FFFFFFFF", "FFFFFFFF"), "1 cell with white words"),
        (font_of(openpyxl.styles.colors.Color(theme=0)), "1 cell with white words"),
        (font_of(openpyxl.styles.colors.Color(indexed=9)), "1 cell with white words"),
        (sized(zeroHeight=True), "2 hidden rows"),
        (sized(defaultColWidth=0), "3 hidden columns"),
        (lambda sheet: setattr(sheet.row_dimensions[2], "height", 1), "1 hidden row"),
        (lambda sheet: setattr(sheet.column_dimensions["B"], "width", 0.6), "1 hidden column"),
        (format_of(";;"), ""),  # words show
        (format_of("0;-0;;@"), ""),
        (format_of("0.00"), ""),
        (font_of("FFFFFFFF", "FF1F3864"), ""),
        (font_of("FF000000"), ""),
        (font_of("FFFFFFFF", cell="Z9"), ""),  # an empty cell
        (sized(defaultColWidth=12, defaultRowHeight=20), ""),
        (lambda sheet: setattr(sheet.row_dimensions[2], "height", 8), ""),
        (lambda sheet: setattr(sheet.column_dimensions["B"], "width", 3), ""),
    ],
)
def test_cells_that_nobody_sees(change: Callable[[Any], None], told: str) -> None:
    book = openpyxl.Workbook()
    for row in (["School", "Pupil", "Need"], ["Oak", "J", "SEND"]):
        book.active.append(row)
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    lost = cleaned("a.xlsx", out.getvalue()).lost
    assert told in " ".join(lost.asked) and bool(told) is bool(lost.asked)


@pytest.mark.parametrize(("width", "told"), [("0", True), ("0.0", True), ("0.5", True), ("9.5", False)])
def test_a_column_without_width_is_hidden(width: str, told: bool) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Oak", "J"])
    book.active.column_dimensions["B"].width = 7.25
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as kept:
        parts = {name: kept.read(name) for name in kept.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    words = asked("a.xlsx", parts | {sheet: parts[sheet].replace(b'width="7.25"', f'width="{width}"'.encode())})
    assert ("1 hidden column" in words) is told and bool(words) is told


def test_a_format_that_hides_numbers_hides_numbers_alone() -> None:
    for value, told in ((40_000, "1 cell with a format that shows nothing"), ("words", "")):
        book = openpyxl.Workbook()
        book.active["B2"], book.active["B2"].number_format = value, ";;"
        out = io.BytesIO()
        book.save(out)
        assert told in " ".join(cleaned("a.xlsx", out.getvalue()).lost.asked)


def shape(x: int, y: int = 0, wide: int = 1_000_000, tag: str = "sp") -> str:
    placed = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="1000000"/></a:xfrm>'
    return f"<p:{tag}><p:spPr>{placed}</p:spPr><p:txBody><a:p><a:r><a:t>{WORDS}</a:t></a:r></a:p></p:txBody></p:{tag}>"


BESIDE = '<p:grpSpPr><a:xfrm><a:off x="-9000000" y="0"/><a:ext cx="9" cy="9"/></a:xfrm></p:grpSpPr>'
GROUP_BESIDE = f"<p:grpSp>{BESIDE}{shape(0)}</p:grpSp>"


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (shape(-1_000_000), TOLD),
        (shape(12_200_000), TOLD),
        (shape(0, 6_900_000), TOLD),
        (shape(0, -2_000_000), TOLD),
        (GROUP_BESIDE, TOLD),
        (shape(-500_000), ""),  # a part of it is seen
        (shape(11_000_000), ""),
        (shape(0), ""),
        (f"<p:grpSp><p:grpSpPr/>{shape(-9_000_000)}</p:grpSp>", ""),  # placed within its group
        (shape(-9_000_000).replace(WORDS, " "), ""),
    ],
)
def test_what_lies_beside_a_slide(inside: str, told: str) -> None:
    of = f'xmlns:p="{P}" xmlns:a="{A}"'
    parts = {
        "ppt/slides/slide1.xml": f"{HEAD}<p:sld {of}><p:cSld><p:spTree>{inside}</p:spTree></p:cSld></p:sld>",
        "ppt/presentation.xml": f'{HEAD}<p:presentation {of}><p:sldSz cx="12192000" cy="6858000"/></p:presentation>',
    }
    words = asked("a.pptx", pptx_parts() | parts)
    assert told in words and bool(told) is bool(words)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f'<text:section text:display="condition" text:condition="ooow:1==1"><text:p>{WORDS}</text:p></text:section>', TOLD),
        (f'<text:section text:display="none"><text:p>{WORDS}</text:p></text:section>', TOLD),
        (f'<text:section text:display="true"><text:p>{WORDS}</text:p></text:section>', ""),
        (f"<text:section><text:p>{WORDS}</text:p></text:section>", ""),
    ],
)
def test_sections_of_a_libreoffice_document(body: str, told: str) -> None:
    words = asked("a.odt", open_document_parts("text", "x", body))
    assert told in words and bool(told) is bool(words)


OF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{short}="{OF}:{long}:1.0"'
    for short, long in (("style", "style"), ("fo", "xsl-fo-compatible"), ("text", "text"), ("table", "table"))
)
IN_WHITE = f"<text:p text:style-name='S'>{WORDS}</text:p>"
IN_SPAN = f"<text:p>a<text:span text:style-name='S'>{WORDS}</text:span></text:p>"
IN_CELL = (
    f"<table:table {SPACES}><table:table-row><table:table-cell>{IN_WHITE}</table:table-cell></table:table-row></table:table>"
)


def look(colour: str, ground: str = "") -> str:
    return f'<style:text-properties fo:color="{colour}"' + (f' fo:background-color="{ground}"/>' if ground else "/>")


@pytest.mark.parametrize(
    ("properties", "body", "told"),
    [
        (look("#ffffff"), IN_WHITE, TOLD),
        (look("#FFFFFF"), IN_SPAN, TOLD),
        (look("#ffffff", "#ffffff"), IN_WHITE, TOLD),
        (look("#ffffff", "transparent"), IN_WHITE, TOLD),
        (look("#ffffff", "#000000"), IN_WHITE, ""),
        ('<style:paragraph-properties fo:background-color="#000000"/>' + look("#ffffff"), IN_WHITE, ""),
        (look("#ffffff"), IN_CELL, ""),  # its cell may have a ground
        (look("#0b0c0c"), IN_WHITE, ""),
    ],
)
def test_white_words_of_a_libreoffice_document(properties: str, body: str, told: str) -> None:
    styles = f'<x {SPACES}><style:style style:name="S">{properties}</style:style></x>'
    words = asked("a.odt", open_document_parts("text", "x", body) | {"styles.xml": styles})
    assert told in words and bool(told) is bool(words)
