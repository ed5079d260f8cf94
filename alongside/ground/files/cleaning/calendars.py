"""Calendar files: dates and words; without mails that leave by themselves, web pages and things attached."""

import re

from alongside.ground.files.cleaning.unsafe import Lost, Unsafe

SCHEME = r"(?:java|vb)script\s*+:"
MARKUP = re.compile(  # a word in angle brackets is none, nor is a course on JavaScript: it takes what makes it live
    r"<[\s/]*+(?:!doctype|html|script|iframe|frameset)\b|<\?(?:xml|php|=)|<!entity|<%[^<]*%>"
    r"|<\s*+(?:head|body|frame|object|embed|applet|svg|math|img|video|audio|link|meta|style|form|input|button|base|xml|xsl)\b"
    r"[^<>]*[\s/\"'](?:src\w*|href|xlink:\w+|xmlns|action|data|content|http-equiv|style|type|class\w*|code\w*)\s*+="
    rf"|<\s*+style\b[^<]*\{{|<\s*+[a-z][^<>]*[\s/\"'](?:on[a-z]{{3,}}\s*+=|[a-z:-]+\s*+=[\s\"']*+{SCHEME})"
    rf"|url\([\s\"']*+{SCHEME}|\b(?:java|vb)script:[^\s(=;]{{0,200}}[(=;]",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>")
FOLD = re.compile(r"\r?\n[ \t]")
LEADING = {"URL", "CONFERENCE", "SOURCE"}  # lines that are an address and no words
WIDEST = 74  # bytes of a line, as the format wants them
CARRIED = re.compile(r"VALUE=BINARY|ENCODING=BASE64|:\s*(?:file|javascript|vbscript|data|\\\\):?", re.IGNORECASE)
HTML = re.compile(r"FMTTYPE=\"?text/html|^X-ALT-DESC|^STYLED-DESCRIPTION", re.IGNORECASE)
WITHOUT_PROGRAMS = "The calendar carries files or starts programs. Export it again without them"


def calmed(text: str, lost: Lost) -> str:
    """A calendar of which the odd lines are left out, and said so. Raises Unsafe for what is no calendar, or carries files."""
    lines = [line for line in re.split(r"\r\n|\r|\n", FOLD.sub("", text)) if line.strip()]
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR" or lines[-1].strip().upper() != "END:VCALENDAR":
        raise Unsafe("This is not a whole calendar file. Export it again from your calendar")
    kept, gone = list[str](), list[str]()
    for alarm in _with_alarms_whole(lines):
        if len(alarm) > 1 and any(line.strip().upper() == "ACTION:EMAIL" for line in alarm):
            gone.append("a reminder by e-mail")
            continue
        kept += [line for one in alarm if (line := _calm(one, gone))]
    if gone:
        lost.said.append(f"Left out of the calendar: {', '.join(dict.fromkeys(gone))}.")
    return "".join(_folded(line) + "\r\n" for line in kept)


def _with_alarms_whole(lines: list[str]) -> list[list[str]]:
    """The lines one by one, those of an alarm together."""
    found: list[list[str]] = []
    inside = False
    for line in lines:
        if inside:
            found[-1].append(line)
        else:
            found.append([line])
        inside = (inside or line.strip().upper() == "BEGIN:VALARM") and line.strip().upper() != "END:VALARM"
    return found


def _calm(line: str, gone: list[str]) -> str:
    """The line as it may stay; empty when it is left out. Raises Unsafe."""
    name = re.split("[:;]", line, maxsplit=1)[0].strip().upper()
    if line.strip().upper() in {"ACTION:PROCEDURE", "ACTION:EMAIL"} or (name in {"ATTACH", "IMAGE"} and CARRIED.search(line)):
        raise Unsafe(WITHOUT_PROGRAMS)
    if name in {"ATTACH", "IMAGE"}:
        gone.append("a link to a file, picture or sound")
        return ""
    if HTML.search(line.partition(":")[0]):
        gone.append("a description as a web page")
        return ""
    if name in LEADING and re.search(SCHEME, line, re.IGNORECASE):
        gone.append(f"the line {name}")
        return ""
    if not MARKUP.search(line):
        return line
    bare = re.sub(r"(?:\s|\\n)*\n", "", TAG.sub(" ", re.sub(r"<(?:br|/p|/div|/li)\b[^<>]*>", r"\\n", line, flags=re.I)))
    gone.append("the marks of a web page in a description")
    while MARKUP.search(bare):  # what is left of them no longer is one; the words stay
        bare = re.sub(rf"({SCHEME})(?=\S)", r"\1 ", re.sub(r"<|url\(", "", bare, flags=re.IGNORECASE), flags=re.IGNORECASE)
    return bare


def _folded(line: str) -> str:
    """A line in pieces of so many bytes, as the format wants them."""
    pieces, piece = list[str](), ""
    for letter in line:
        if len((piece + letter).encode()) > WIDEST:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
