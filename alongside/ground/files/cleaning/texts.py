"""Plain texts, tables and calendars: readable, and nothing in them that a computer would run."""

import csv
import io
import re

from alongside.ground.files.cleaning import calendars
from alongside.ground.files.cleaning.calendars import MARKUP
from alongside.ground.files.cleaning.unsafe import Lost, Unsafe
from alongside.ground.files.cleaning.xml_parts import SIXTEEN
from alongside.ground.files.rules import Format

ORDERS = re.compile(
    r"^\s*(?:#!\s*/|@echo\s+o(?:n|ff)\b|\[InternetShortcut\]|\[autorun\]|Windows Registry Editor|\{\\rtf)", re.IGNORECASE
)
FUNCTIONS = (
    r"(?:HYPERLINK|WEBSERVICE|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|FILTERXML|IMAGE|EXEC|CALL|REGISTER(?:\.ID)?|DDE|RTD|SHELL)"
)
PROGRAMS = r"(?:cmd|command|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|certutil|msexcel|msiexec|bash)"
FORMULA = re.compile(  # what begins with an equals sign is one; with an exclamation mark it may look into other files
    rf"=(?:.*(?:\||\bcmd\b|powershell|\b{FUNCTIONS}\s*\()|(?=[^!]*!).*(?:\[|https?:|file:|\\\\))", re.IGNORECASE | re.DOTALL
)
MAYBE_FORMULA = re.compile(  # what begins with a dash, a plus or an at sign is words, unless it reckons with something that acts
    rf"[+\-@](?:.*\b{PROGRAMS}(?:\.exe)?\s*\||.*[\w)]\|(?:'[^']*'|[^\s'|]*)!['\"\w$#]"
    rf"|(?:[^A-Za-z\"]|\"[^\"]*\"|[A-Za-z]{{1,3}}\d+|[A-Za-z.]+\()*?(?<![A-Za-z]){FUNCTIONS}\()",
    re.IGNORECASE | re.DOTALL,
)
ORDERING = frozenset("=+-@")
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def clean(data: bytes, lost: Lost, of: Format) -> bytes:
    """The text in UTF-8. Raises Unsafe for what is no text, and for what could be run."""
    text = calendars.calmed(_read(data), lost) if of is Format.ICS else _read(data)
    if CONTROL.search(text):
        raise Unsafe(f"This is no {of.label}: it holds characters that no text has. Save it again as {_how(of)}")
    if is_lively(text):
        raise Unsafe(f"The file holds parts of a web page or a program. Save it again as {_how(of)}")
    if of is Format.CSV:
        _refuse_orders(text)
    return (b"\xef\xbb\xbf" if of is Format.CSV else b"") + text.encode()  # with the mark Excel reads it as UTF-8


def is_lively(text: str) -> bool:
    """Whether a text holds parts of a web page or a program."""
    return bool(MARKUP.search(text) or ORDERS.search(text))


def _how(of: Format) -> str:
    return "“CSV UTF-8”" if of is Format.CSV else "a calendar file" if of is Format.ICS else "plain text"


def _read(data: bytes) -> str:
    """UTF-8, or what older Windows programs write; in 16 bits where its first bytes say so."""
    for encoding in ("utf-16",) if data.startswith(SIXTEEN) else ("utf-8-sig", "cp1252"):
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
        bare = [cell.lstrip(" \t\r\n'\"") for cell in cells]
        if any(FORMULA.match(cell) or MAYBE_FORMULA.match(cell) for cell in bare if cell[:1] in ORDERING):
            raise Unsafe("The table holds formulas that would start programs or fetch pages. Keep only the values in it")
