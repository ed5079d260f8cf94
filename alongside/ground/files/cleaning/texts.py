"""Plain texts, tables and calendars: readable, and nothing in them that a computer would run."""

import csv
import io
import re

from alongside.ground.files.cleaning.unsafe import Unsafe
from alongside.ground.files.rules import Format

MARKUP = re.compile(
    r"<\s*/?\s*(?:!doctype|html|head|body|script|iframe|frame|object|embed|applet|svg|math|img|video|audio|link|meta|style|"
    r"form|input|button|base|template|xml|xsl)\b|<\?(?:xml|php|=)|<!entity|<%|javascript\s*:|vbscript\s*:",
    re.IGNORECASE,
)
ORDERS = re.compile(r"^\s*(?:#!|@echo\b|MZ|\[InternetShortcut\]|\[autorun\]|Windows Registry Editor|\{\\rtf)", re.IGNORECASE)
FORMULA = re.compile(
    r"^[\s'\"]*[=+\-@].*(?:\||!|HYPERLINK|WEBSERVICE|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|FILTERXML|\bcmd\b|powershell|EXEC\s*\(|"
    r"CALL\s*\(|REGISTER|DDE|RTD\s*\(|SHELL)",
    re.IGNORECASE | re.DOTALL,
)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def clean(data: bytes, of: Format) -> bytes:
    """The text in UTF-8. Raises Unsafe for what is no text, and for what could be run."""
    text = _read(data)
    if CONTROL.search(text):
        raise Unsafe(f"This is no {of.label}: it holds characters that no text has. Save it again as {_how(of)}")
    if MARKUP.search(text) or ORDERS.search(text):
        raise Unsafe(f"The file holds parts of a web page or a program. Save it again as {_how(of)}")
    if of is Format.CSV:
        _refuse_orders(text)
    if of is Format.ICS:
        _refuse_calendar(text)
    return (b"\xef\xbb\xbf" if of is Format.CSV else b"") + text.encode()  # with the mark Excel reads it as UTF-8


def _how(of: Format) -> str:
    return "“CSV UTF-8”" if of is Format.CSV else "a calendar file" if of is Format.ICS else "plain text"


def _read(data: bytes) -> str:
    """UTF-8, or what older Windows programs write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unsafe("The text cannot be read. Save it again as “UTF-8”")


def _refuse_orders(text: str) -> None:
    """No cell may be a formula that reaches out of the sheet."""
    for mark in (",", ";", "\t"):
        try:
            cells = [cell for row in csv.reader(io.StringIO(text), delimiter=mark) for cell in row]
        except csv.Error:
            raise Unsafe("The table cannot be read. Save it again as “CSV UTF-8”") from None
        if any(cell.lstrip(" \t\r\n'\"")[:1] in set("=+-@") and FORMULA.search(cell) for cell in cells if cell):
            raise Unsafe("The table holds formulas that would start programs or fetch pages. Keep only the values in it")


def _refuse_calendar(text: str) -> None:
    """A calendar is one whole calendar, which carries no files and starts no programs."""
    lines = [line.strip().upper() for line in re.sub(r"\r?\n[ \t]", "", text).splitlines() if line.strip()]
    if not lines or lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        raise Unsafe("This is not a whole calendar file. Export it again from your calendar")
    if any(line.startswith(("ATTACH", "IMAGE")) or line in {"ACTION:PROCEDURE", "ACTION:EMAIL"} for line in lines):
        raise Unsafe("The calendar carries attachments or starts programs. Export it again without them")
