"""Files as schools make them: two hundred of every format that is taken, each telling something of its maker."""

import io
import random
import zipfile
from collections.abc import Iterator

import openpyxl
import pikepdf
import typst
from PIL import Image, PngImagePlugin

AUTHOR = "Jo Canary-Maker"  # must not be found in anything that is kept
QUOTED = AUTHOR.replace(" ", "%20")
PLACE = "51.5432N canary"
WORDS = ["Oak Primary", "Agreement", "Fees 2022", "St Bride’s", "Attendance", "Year 6"]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>'
)
APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Company>{AUTHOR}</Company></Properties>"
)
SETTINGS = f'{HEAD}<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/></w:settings>'


def package(parts: dict[str, bytes | str]) -> bytes:
    """Parts packed as an office program does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx_parts(words: str = "Agreement", **more: bytes | str) -> dict[str, bytes | str]:
    """A Word document's parts."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}document.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:body></w:document>",
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        **more,
    }


def relations(*facts: str) -> str:
    """A part that says what a document points to."""
    return f'{HEAD}<Relationships xmlns="{RELS}">{"".join(f"<Relationship {one}/>" for one in facts)}</Relationships>'


def pptx_parts() -> dict[str, bytes | str]:
    """Slides' parts."""
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    parts = docx_parts()
    del parts["word/document.xml"]
    contents = str(parts["[Content_Types].xml"])
    return {
        **parts,
        "[Content_Types].xml": contents.replace("wordprocessingml.document", "presentationml.presentation").replace(
            "/word/document.xml", "/ppt/presentation.xml"
        ),
        "_rels/.rels": str(parts["_rels/.rels"]).replace("word/document.xml", "ppt/presentation.xml"),
        "ppt/presentation.xml": f'{HEAD}<p:presentation xmlns:p="{p}"/>',
    }


def open_document_parts(kind: str, words: str, body: str = "") -> dict[str, bytes | str]:
    """A LibreOffice document's parts."""
    o = "urn:oasis:names:tc:opendocument:xmlns"
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f'{HEAD}<office:document-content xmlns:office="{o}:office:1.0" xmlns:text="{o}:text:1.0" '
        f'xmlns:draw="{o}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="{o}:script:1.0"><office:body>'
        f'<text:p>{words} <text:a xlink:href="https://example.org/">more</text:a></text:p>{body}</office:body>'
        "</office:document-content>",
        "meta.xml": f'{HEAD}<office:document-meta xmlns:office="{o}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta><dc:creator>{AUTHOR}</dc:creator></office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="{o}:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/"/></manifest:manifest>',
    }


def picture(kind: str, chance: random.Random, mode: str = "RGB") -> bytes:
    """A photograph with the camera's and the place's words in it."""
    size = chance.randrange(20, 200), chance.randrange(20, 200)
    made = Image.new(mode, size, chance.randrange(255) if mode in {"L", "P"} else None)
    if mode == "RGB":
        made.putpixel((3, 3), (200, 10, 10))
    exif = Image.Exif()
    exif[0x010F], exif[0x8298], exif[0x0112] = AUTHOR, PLACE, chance.choice([1, 3, 6])
    out = io.BytesIO()
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", AUTHOR)
        told.add_itxt("Place", PLACE)
        made.save(out, "PNG", pnginfo=told, exif=exif)
    elif kind == "JPEG":
        made.save(out, "JPEG", exif=exif, comment=AUTHOR.encode())
    else:
        made.save(out, "WEBP", exif=exif, xmp=AUTHOR.encode())
    return out.getvalue()


def typeset(words: str, more: str = "") -> bytes:
    """A PDF as a typesetting program makes it."""
    source = f'#set document(title: "{words}", author: "{AUTHOR}")\n= {words}\nThe fee is £1,500 a year. {more}\n'
    return bytes(typst.compile(source.encode()))


def pdf(words: str, chance: random.Random) -> bytes:
    """A PDF with a form field, a link, a photograph and what it tells of its maker."""
    with pikepdf.open(io.BytesIO(typeset(words))) as made:
        photo = made.make_stream(picture("JPEG", chance))
        photo.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=20, Height=20, BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
            )
        )  # fmt: skip
        page = made.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(Photo=made.make_indirect(photo))
        page.Annots = made.make_indirect(
            pikepdf.Array(
                [
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 50, 50],
                        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/")),
                    )
                ]
            )
        )  # fmt: skip
        with made.open_metadata() as told:
            told["dc:creator"] = [AUTHOR]
        made.docinfo["/Author"] = AUTHOR
        out = io.BytesIO()
        made.save(out, object_stream_mode=chance.choice(list(pikepdf.ObjectStreamMode)), linearize=chance.random() < 0.3)
    return out.getvalue()


def workbook(chance: random.Random) -> bytes:
    """A spreadsheet with formulas of its own."""
    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    sheet = book.active
    for row in range(chance.randrange(1, 40)):
        sheet.append([chance.choice(WORDS), row, "=SUM(B1:B9)", "-4", "+44 1632 960123"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(chance: random.Random) -> bytes:
    """A Word document made from the council's template, with a link, a photograph and a chart's workbook in it."""
    parts = docx_parts(chance.choice(WORDS) + " &amp; more")
    parts["word/settings.xml"] = SETTINGS
    parts["word/_rels/settings.xml.rels"] = relations(
        f'Id="rId1" Type="{R}/attachedTemplate" Target="file:///C:/Users/{QUOTED}/Letter.dotx" TargetMode="External"'
    )
    parts["word/_rels/document.xml.rels"] = relations(
        f'Id="rId9" Type="{R}/hyperlink" Target="https://example.org/?a=1&amp;b=2" TargetMode="External"',
        f'Id="rId2" Type="{R}/image" Target="media/photo.jpeg"',
    )
    parts["word/media/photo.jpeg"] = picture("JPEG", chance)
    parts["word/media/plan.png"] = picture("PNG", chance)
    parts["word/embeddings/Sheet.xlsx"] = workbook(chance)
    if chance.random() < 0.3:
        parts["word/document.xml"] = str(parts["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")
    return package(parts)


TEXTS = {
    "csv": [
        'School,Fee\r\nOak Primary,"1,500"\r\nSt Bride’s,-20\r\nElm,+44 1632 960123\r\nAsh,@ the door\r\n',
        "School;Fee\r\nÉcole;1.500\r\n=A1+B1;4\r\n",
    ],
    "txt": ["Dear colleague,\n\nif x < 5 and y > 3 then see the <attached> note.\n\tJo\n", "Tea & cake — “welcome”\r\n"],
    "ics": [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20220308T090000Z\r\n"
        "SUMMARY:Heads’ meeting\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ],
}


def text(kind: str, chance: random.Random) -> bytes:
    """A plain text in one of the two ways in which Windows programs write it."""
    words = chance.choice(TEXTS[kind])
    return words.encode(chance.choice(["utf-8", "utf-8-sig", "cp1252"]))


def files(count: int = 200) -> Iterator[tuple[str, bytes]]:
    """So many honest files, of all formats in turn."""
    chance = random.Random(7)
    makers = [
        ("pdf", lambda: pdf(chance.choice(WORDS), chance)),
        ("PDF", lambda: typeset(chance.choice(WORDS))),
        ("png", lambda: picture("PNG", chance, chance.choice(["RGB", "RGBA", "L", "P", "1", "LA"]))),
        ("jpg", lambda: picture("JPEG", chance)),
        ("JPEG", lambda: picture("JPEG", chance, chance.choice(["L", "CMYK"]))),
        ("webp", lambda: picture("WEBP", chance, chance.choice(["RGB", "RGBA"]))),
        ("docx", lambda: word(chance)),
        ("xlsx", lambda: workbook(chance)),
        ("pptx", lambda: package(pptx_parts())),
        ("odt", lambda: package(open_document_parts("text", chance.choice(WORDS)))),
        ("ods", lambda: package(open_document_parts("spreadsheet", chance.choice(WORDS)))),
        ("csv", lambda: text("csv", chance)),
        ("txt", lambda: text("txt", chance)),
        ("ics", lambda: text("ics", chance)),
    ]
    for number in range(count):
        end, make = makers[number % len(makers)]
        yield f"{chance.choice(WORDS)} {number}.{end}", make()
