"""Office documents that real programs make: nothing goes without a word, and nothing harmless is refused."""

import io
import random
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest

from alongside.ground.core import keys
from alongside.ground.core.verdict import Invalid
from alongside.ground.files import actions
from alongside.ground.files.cleaning.kinds import cleaned
from alongside.ground.files.cleaning.unsafe import Unsafe
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import kept_title
from alongside.ground.files.tests import honest, make
from alongside.ground.files.tests.honest import AUTHOR, R, docx_parts, open_document_parts, package, relations
from alongside.ground.files.tests.seen import case, case_file, everything_in

W = f'xmlns:w="{honest.W}"'
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def docx(body: str, **more: bytes | str) -> bytes:
    """A Word document with that in its only paragraph."""
    parts = docx_parts()
    document = str(parts["word/document.xml"]).replace("<w:r><w:t>Agreement</w:t></w:r>", body)
    return package({**parts, "word/document.xml": document, **more})


def field(*pieces: str) -> str:
    told = "".join(one if one.startswith("<") else f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{told}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    "body",
    [
        field(' HYPERLINK "https://www.elm.example/import/guide" '),
        field(' HYPERLINK "https://elm.example/database?rd=1" \\o "DDE and LINK" '),
        field(" HYPER", 'LINK "https://elm.example/import" '),
        field(" MERGEFIELD Database "),
        field(" PAGEREF import \\h "),
        field(" IF ", field(" MERGEFIELD x "), ' = "import" "a" "b" '),
        field(' TOC \\o "1-3" ') + field(" = ", field(" NUMPAGES "), " - 1 "),
        field(" MACROBUTTON NoMacro [Type the school] "),
        '<w:fldSimple w:instr=" DOCPROPERTY Import "><w:r><w:t>x</w:t></w:r></w:fldSimple>',
    ],
)
def test_a_field_is_what_its_first_word_says(body: str) -> None:
    assert b"fldChar" in everything_in(cleaned("a.docx", docx(body)).data) or "fldSimple" in body


@pytest.mark.parametrize(
    "body",
    [
        field(" IMPORT c:\\\\x.png "),
        field(' DATABASE \\d "c:\\\\x.mdb" '),
        field(" DD", "EAUTO c:\\\\cmd.exe "),
        field(' HYPERLINK "x" ') + field(" RD c:\\\\x.docx "),
        field(" IF ", field(" DDE excel x "), " = 1 "),
        field(field(' QUOTE "DDE" '), " c:\\\\cmd.exe "),
        field(" LINK Excel.Sheet.12 c:\\\\x.xlsx "),
        field(" MACROBUTTON FileOpen x "),
        '<w:fldSimple w:instr="includetext http://evil.example/x"/>',
    ],
)
def test_a_field_that_fetches_is_refused(body: str) -> None:
    with pytest.raises(Unsafe, match="fetches parts"):
        cleaned("a.docx", docx(body))


MARK = f'w:id="1" w:author="{AUTHOR}" w:date="2026-05-05T10:00:00Z"'
DELETED = f"<w:del {MARK}><w:r><w:delText>pupil Smithers</w:delText></w:r></w:del>"
COMMENTED = (
    '<w:commentRangeStart w:id="0"/><w:r><w:t>fee</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r>'
)
COMMENTS = (
    f'<w:comments {W}><w:comment {MARK} w:initials="JC"><w:p><w:r><w:t>ask Smithers</w:t></w:r></w:p></w:comment></w:comments>'
)
PEOPLE = (
    f'<w15:people xmlns:w15="x"><w15:person w15:author="{AUTHOR}"><w15:presenceInfo w15:userId="S::Smithers@elm.example"/>'
    "</w15:person></w15:people>"
)
TOLD = relations(
    f'Id="r1" Type="{R}/comments" Target="annotations.xml"',
    'Id="r2" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="/word/people.xml"',
)


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        (f"<w:ins {MARK}><w:r><w:t>£1,500</w:t></w:r></w:ins>{DELETED}", "£1,500"),
        (f"<w:moveFrom {MARK}><w:r><w:t>Smithers</w:t></w:r></w:moveFrom>"
         f"<w:moveTo {MARK}><w:r><w:t>on top</w:t></w:r></w:moveTo>", "on top"),
        (f'<w:pPr><w:rPr><w:del {MARK}/></w:rPr><w:pPrChange {MARK}><w:pPr/></w:pPrChange></w:pPr>'
         f"{DELETED}<w:r><w:t>after</w:t></w:r>", "after"),
        (f"<w:ins {MARK}><w:r><w:t>in</w:t></w:r>{DELETED}<w:ins {MARK}/></w:ins>", ">in<"),
        (COMMENTED, "fee"),
    ],
)  # fmt: skip
def test_of_tracked_changes_and_comments_nothing_tells_who_or_what_was(body: str, stays: str) -> None:
    more = {"word/annotations.xml": COMMENTS, "word/people.xml": PEOPLE, "word/_rels/document.xml.rels": TOLD}
    kept = cleaned("a.docx", docx(body, **more))
    everything = everything_in(kept.data)
    assert stays.encode() in everything and not any(word in everything for word in (AUTHOR.encode(), b"Smithers", b"comment"))
    (asked,) = kept.lost.asked
    assert "1 comment is left out" in asked and ("tracked changes" in asked) is (body != COMMENTED)


def test_a_drawing_whose_pen_moves_is_no_tracked_change() -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    drawing = f'<a:path xmlns:a="{space}"><a:moveTo><a:pt x="1" y="2"/></a:moveTo></a:path>'
    kept = cleaned("a.docx", docx(f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"))
    assert b"<a:moveTo>" in everything_in(kept.data) and not kept.lost.asked


def test_comments_of_excel_powerpoint_and_libreoffice_are_left_out_and_said_so() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(io.BytesIO(honest.workbook(random.Random(3)))) as book:
        parts: dict[str, bytes | str] = {name: book.read(name) for name in book.namelist()}
    parts |= {
        "xl/comments1.xml": f'<comments xmlns="{main}"><authors><author>{AUTHOR}</author></authors><commentList>'
        '<comment ref="A1" authorId="0">'
        "<text><t>ask Smithers</t></text></comment></commentList></comments>",
        "xl/drawings/vmlDrawing1.vml": '<xml xmlns:x="y"><x:ClientData ObjectType="Note"/></xml>',
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            f'Id="r1" Type="{R}/comments" Target="../comments1.xml"',
            f'Id="r2" Type="{R}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"'
        ),
        "xl/worksheets/sheet1.xml": bytes(parts["xl/worksheets/sheet1.xml"]).replace(
            b"</worksheet>", f'<legacyDrawing xmlns:r="{R}" r:id="r2"/></worksheet>'.encode()
        ),
    }  # fmt: skip
    shared = parts | {
        "xl/revisions/revisionHeaders.xml": f'<headers xmlns="{main}"><header userName="{AUTHOR}"/></headers>',
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            f'Id="r1" Type="{R}/revisionHeaders" Target="../revisions/revisionHeaders.xml"'
        ),
        "xl/comments1.xml": "<comments/>",
    }
    kept = cleaned("a.xlsx", package(shared))
    assert AUTHOR.encode() not in everything_in(kept.data) and "tracked changes are accepted" in kept.lost.asked[0]
    folder = '<x:absPath xmlns:x="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:/Smithers/"/></workbook>'
    lain = parts | {"xl/workbook.xml": bytes(parts["xl/workbook.xml"]).replace(b"</workbook>", folder.encode())}
    assert b"Smithers" not in everything_in(cleaned("a.xlsx", package(lain)).data)
    slides = honest.pptx_parts() | {
        "ppt/comments/comment1.xml": '<p:cmLst xmlns:p="x"><p:cm><p:text>ask Smithers</p:text></p:cm></p:cmLst>',
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="x"><p:cmAuthor name="{AUTHOR}"/></p:cmAuthorLst>',
        "ppt/_rels/presentation.xml.rels": relations(
            f'Id="r1" Type="{R}/commentAuthors" Target="commentAuthors.xml"',
            f'Id="r2" Type="{R}/comments" Target="comments/comment1.xml"'
        ),
    }  # fmt: skip
    note = f'<office:annotation><dc:creator xmlns:dc="z">{AUTHOR}</dc:creator><text:p>ask Smithers</text:p></office:annotation>'
    for end, data in (
        ("xlsx", package(parts)),
        ("pptx", package(slides)),
        ("odt", package(open_document_parts("text", "x", note))),
        ("ods", package(open_document_parts("spreadsheet", "x", note))),
    ):
        kept = cleaned(f"a.{end}", data)
        everything = everything_in(kept.data)
        assert not any(word in everything for word in (AUTHOR.encode(), b"Smithers", b"legacyDrawing", b"vmlDrawing")), end
        assert kept.lost.asked == [
            "When it is kept, 1 comment is left out. To decide otherwise, review them where you made the document"
        ], end
    tracked = (
        f'<text:tracked-changes><text:changed-region><dc:creator xmlns:dc="z">{AUTHOR}</dc:creator><text:p>Smithers</text:p>'
        "</text:changed-region></text:tracked-changes><text:p>a<text:change/>b</text:p>"
    )
    kept = cleaned("a.odt", package(open_document_parts("text", "x", tracked)))
    assert b"Smithers" not in everything_in(kept.data) and b"ab" in everything_in(kept.data) and "accepted" in kept.lost.asked[0]


def test_what_a_document_library_keeps_about_people_goes_too() -> None:
    told = f'<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties">{AUTHOR}</p:properties>'
    more = {"customXml/item1.xml": told, "customXml/item2.xml": "<fees>1500</fees>"}
    links = relations(*(f'Id="r{n}" Type="{R}/customXml" Target="../customXml/item{n}.xml"' for n in (1, 2)))
    kept = everything_in(cleaned("a.docx", docx("", **more, **{"word/_rels/document.xml.rels": links})).data)
    assert AUTHOR.encode() not in kept and b"item1" not in kept and b"<fees>1500</fees>" in kept and b"item2.xml" in kept


def test_the_empty_parts_that_libreoffice_leaves_behind_are_no_damage() -> None:
    parts = open_document_parts("text", "Minutes")
    kept = cleaned("a.odt", package({**parts, "Configurations2/accelerator/current.xml": "", "settings.xml": ""})).data
    assert b"Minutes" in everything_in(kept)
    with pytest.raises(Unsafe, match="damaged"):
        cleaned("a.docx", package({**docx_parts(), "word/document.xml": ""}))


def slashed(parts: dict[str, bytes | str]) -> bytes:
    """The parts packed by a program that writes folders as Windows does."""
    made = package(parts)
    for name in parts:
        made = made.replace(name.encode(), name.replace("/", "\\").encode())
    return made


def test_parts_are_the_same_whatever_the_slash() -> None:
    told = relations(f'Id="r1" Type="{R}/image" Target="media\\photo.jpeg"')
    photograph = honest.picture("JPEG", random.Random(1))
    parts = docx_parts() | {"word/_rels/document.xml.rels": told, "word/media/photo.jpeg": photograph}
    with zipfile.ZipFile(io.BytesIO(cleaned("a.docx", slashed(parts)).data)) as kept:
        assert set(kept.namelist()) == set(parts)
        assert b"media/photo.jpeg" in kept.read("word/_rels/document.xml.rels")
    for odd in ("..\\x.xml", "word\\..\\..\\x.xml", "\\x.xml", "word\\document.xml", "WORD/document.xml"):
        with pytest.raises(Unsafe, match="unusual way"):
            cleaned("a.docx", package({**docx_parts(), odd: "<x/>"}))
    with pytest.raises(Unsafe, match="macros"):
        cleaned("a.docx", slashed({**docx_parts(), "word/vbaProject.bin": "x"}))


def test_every_case_of_a_document_and_a_text() -> None:
    for number in (51, 61, 63):
        assert case(number).lost.asked == case(number).lost.said == []
    assert b"import/guide" in everything_in(case(61).data)
    kept = case(62)
    assert b"1,500" in everything_in(kept.data) and "“pupil surname Smithers excluded”" in kept.lost.asked[0]
    assert not any(word in everything_in(kept.data) for word in (AUTHOR.encode(), b"Smithers"))
    assert [bool(case(number).lost.said) for number in (52, 53, 55)] == [True] * 3


@pytest.mark.django_db
def test_what_goes_is_asked_before_it_is_kept_and_what_was_odd_is_said_after() -> None:
    def keep(number: int, **more: bool) -> StoredFile:
        path = case_file(number)
        place = {"key": keys.new_key(), "partnership": keys.new_key(), "kind": "other"}
        return actions.keep_file(**place, name=path.name, data=path.read_bytes(), **more, by=make.SYSTEM)

    for number, words in ((36, "signature"), (62, "Smithers")):
        with pytest.raises(Invalid, match=words) as refusal:
            keep(number)
        assert set(refusal.value.problems) == {"sure"} and keep(number, sure=True).pk
    assert "reminder by e-mail" in keep(53).left_out and keep(51).left_out == ""


TITLED = "Minutes & papers, 5 May 2026"
TOLD_CORE = honest.CORE.replace(
    "<dc:creator>", f"<dc:title>{escape(TITLED)}</dc:title><dc:subject>Canary</dc:subject><dc:creator>"
)


@pytest.mark.parametrize("end", ["docx", "pptx", "xlsx", "odt", "ods"])
def test_the_title_of_a_document_stays_and_its_author_goes(end: str) -> None:
    if end in {"odt", "ods"}:
        parts = open_document_parts({"odt": "text", "ods": "spreadsheet"}[end], "x")
        told = f"<office:meta><dc:title>{escape(TITLED)}</dc:title><dc:subject>Canary</dc:subject>"
        parts["meta.xml"] = str(parts["meta.xml"]).replace("<office:meta>", told)
    elif end == "xlsx":
        with zipfile.ZipFile(io.BytesIO(honest.workbook(random.Random(3)))) as book:
            parts = {name: book.read(name) for name in book.namelist()} | {"docProps/core.xml": TOLD_CORE}
    else:
        parts = (docx_parts() if end == "docx" else honest.pptx_parts()) | {"docProps/core.xml": TOLD_CORE}
    kept = everything_in(cleaned(f"a.{end}", package(parts)).data)
    assert f"{escape(TITLED)}</dc:title>".encode() in kept
    assert AUTHOR.encode() not in kept and b"Canary" not in kept


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (TITLED, TITLED),
        ("Income/expenditure 2026", "Income/expenditure 2026"),
        ("Microsoft Word - C:\\Users\\Jo\\minutes.docx", "minutes.docx"),
        ("file:///C:/jo/minutes.docx", "minutes.docx"),
        ("\\\\server\\jo\\Fees", "Fees"),
        ("/Volumes/jo/Fees 2026", "Fees 2026"),
        ("Fees\u202e\x00 2026 ", "Fees 2026"),
        ("C:\\Users\\jo\\", ""),
        ("x" * 400, "x" * 300),
    ],
)
def test_a_title_is_kept_without_the_folder_it_lay_in(title: str, kept: str) -> None:
    assert kept_title(title) == kept


@pytest.mark.parametrize(
    ("bound", "stays"),
    [
        (f'w:prefixMappings="xmlns:ns1=\'{CORE_PROPERTIES}\'" w:xpath="/ns1:coreProperties[1]/ns0:title[1]"', False),
        ('w:xpath="/ns1:coreProperties[1]/ns0:title[1]" w:storeItemID="x"', False),
        ('w:xpath="/ns0:x" w:storeItemID="{6668398d-a668-4e3e-a5eb-62b293d839f1}"', False),
        ("w:prefixMappings=\"xmlns:ns0='http://schemas.microsoft.com/office/2006/metadata/properties'\" w:xpath='/ns0:x'", False),
        ('w:xpath="/ns0:CoverPageProperties[1]/ns0:Abstract[1]" w:storeItemID="{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}"', True),
        ('w:xpath="/fees[1]" w:storeItemID="{1}"', True),
    ],
)  # fmt: skip
def test_words_that_come_from_emptied_properties_stay_as_they_are_shown(bound: str, stays: bool) -> None:
    body = f"<w:sdt><w:sdtPr><w:dataBinding {bound}/></w:sdtPr><w:sdtContent><w:r><w:t>Minutes</w:t></w:r></w:sdtContent></w:sdt>"
    kept = everything_in(cleaned("a.docx", docx(body)).data)
    assert b"Minutes" in kept and (b"dataBinding" in kept) is stays


@pytest.mark.parametrize(
    "kept_as", ["xl/customProperty1.bin", "xl/customProperty/customProperty12.bin", "xl/worksheets/CustomProperty2.bin"]
)
def test_what_an_add_in_keeps_in_a_workbook_is_left_out_and_said_so(kept_as: str) -> None:
    with zipfile.ZipFile(io.BytesIO(honest.workbook(random.Random(3)))) as book:
        parts: dict[str, bytes | str] = {name: book.read(name) for name in book.namelist()}
    sheet = bytes(parts["xl/worksheets/sheet1.xml"]).replace(
        b"</worksheet>", f'<customProperties><customPr xmlns:r="{R}" name="x" r:id="r1"/></customProperties></worksheet>'.encode()
    )
    links = relations(f'Id="r1" Type="{R}/customProperty" Target="/{kept_as}"')
    parts |= {kept_as: "Smithers".encode("utf-16"), "xl/worksheets/sheet1.xml": sheet}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = links
    kept = cleaned("a.xlsx", package(parts))
    everything = everything_in(kept.data)
    assert kept.lost.said == ["What an add-in kept for itself in the workbook was left out."]
    assert b"Smithers" not in everything and b"ustomPr" not in everything
    assert openpyxl.load_workbook(io.BytesIO(kept.data)).active["C1"].value == "=SUM(B1:B9)"


def test_an_object_or_a_program_is_refused_whatever_leads_to_it() -> None:
    for name in ("xl/embeddings/oleObject1.bin", "xl/customProperty1.exe", "xl/vbaProject.bin", "xl/customProperty1.bin"):
        kind = "image" if "customProperty1.bin" in name else "customProperty"
        links = relations(f'Id="r1" Type="{R}/{kind}" Target="/{name}"')
        with pytest.raises(Unsafe):
            cleaned("a.docx", package(docx_parts(**{name: "MZ", "word/_rels/document.xml.rels": links})))


PROPERTIES = (
    f'{honest.HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="v">'
    '<property name=""/><property fmtid="{0}" pid="1" name=""><vt:i4>1</vt:i4></property>'
    '<property fmtid="{1}" pid="2" name="Term &amp; year"><vt:lpwstr>Autumn 2026</vt:lpwstr></property>'
    f"<property fmtid='{{1}}' pid='3' name='Typist'><vt:lpwstr>{AUTHOR}</vt:lpwstr></property></Properties>"
)


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        (field(' DOCPROPERTY  "Term & year"  \\* MERGEFORMAT ').replace("& ", "&amp; "), True),
        ("<w:fldSimple w:instr=' DOCPROPERTY \"term &amp; year\" '/>", True),
        (field(" DOCPROPERTY ", ' "Term &amp; year" '), True),
        (field(" DOCPROPERTY Other "), False),
        (field(" QUOTE Term "), False),
    ],
)
def test_a_property_that_word_shows_on_a_page_stays_and_others_go(body: str, stays: bool) -> None:
    kept = everything_in(cleaned("a.docx", docx(body, **{"docProps/custom.xml": PROPERTIES})).data)
    assert (b"Autumn 2026" in kept) is stays and AUTHOR.encode() not in kept
