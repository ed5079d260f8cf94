"""Which files are taken, what they are called, and for whom they are.

Source: R2 and promise 19; reliability.md, section 6 (Files, File type).
"""

import re
import unicodedata
from collections.abc import Mapping

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import TURNS_DIRECTION, listed, plural

MEGABYTE = 1_000_000
LONGEST_NAME, LONGEST_TITLE = 80, 300
LAIN = re.compile(r"(?:^|\s)(?:[a-z]:[\\/]|\\\\|file:|~/|/(?:users|home|volumes|private|tmp|var)/)", re.IGNORECASE)
DECEIVING = frozenset(TURNS_DIRECTION + "\u200b\u200c\u200d\ufeff")
PLURALS = {  # of what is not shown, where it is more than an s
    "cell with white words": ("cell with white words", "cells with white words"),
    "cell with a format that shows nothing": ("cell with a format that shows nothing", "cells with a format that shows nothing"),
    "slide with notes": ("slide with notes", "slides with notes"),
    "table behind a pivot table": ("table behind a pivot table", "tables behind pivot tables"),
    "picture of which a part was cut off": ("picture of which a part was cut off", "pictures of which a part was cut off"),
}
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


OPEN_XML, OPEN_DOCUMENT = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "docx": f"{OPEN_XML}wordprocessingml.document",
    "xlsx": f"{OPEN_XML}spreadsheetml.sheet",
    "pptx": f"{OPEN_XML}presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}text",
    "ods": f"{OPEN_DOCUMENT}spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}


class Format(Choice):
    """The formats that are taken."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG picture"
    JPEG = "jpg", "JPEG picture"
    WEBP = "webp", "WebP picture"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel workbook"
    PPTX = "pptx", "PowerPoint slides"
    ODT = "odt", "OpenDocument text"
    ODS = "ods", "OpenDocument spreadsheet"
    CSV = "csv", "CSV table"
    TXT = "txt", "plain text"
    ICS = "ics", "calendar file"

    @property
    def media_type(self) -> str:
        """What the browser is told."""
        return MEDIA_TYPES[self]


TAKEN = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, WebP, CSV, plain text or calendar file"


class Readers(Choice):
    """For whom a file is, besides whoever it belongs to."""

    OFFICE = "office", "The partnership’s office"
    MEMBERS = "members", "Everybody in the partnership’s schools"


class Paper(Choice):
    """What kind of paper of a partnership a file is."""

    AGREEMENT = "agreement", "Agreement or constitution"
    SUPPLIER_EVIDENCE = "supplier_evidence", "Supplier and VAT evidence"
    POLICY = "policy", "Policy"
    OTHER = "other", "Other paper"


EVIDENCE = frozenset({Paper.SUPPLIER_EVIDENCE})  # where to pay, and to whom: what stands beside an invoice and money rests on


class FileState(Choice):
    """Whether a file can be opened. Nothing unchecked is ever stored, so there is no state before `ready`."""

    READY = "ready", "Kept"
    TAKEN_OUT = "taken_out", "Taken out or replaced"


MOVES = {FileState.READY: {FileState.TAKEN_OUT: "it is taken out, or a newer file takes its place"}}


def format_named(name: str) -> Format | None:
    """The end of a file's name says what it claims to be; .jpeg and .jpg are the same."""
    end = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return next((one for one in Format if one == ("jpg" if end in {"jpeg", "jpe", "jfif"} else end)), None)


def name_problem(name: str) -> str:
    """A file's name must not hide how it ends, and has to end in a format that is taken; otherwise it says what to do."""
    if any(one in DECEIVING or unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn"} for one in name):
        return "The file’s name holds invisible characters that can hide what it is. Rename it and choose it again"
    if format_named(name) is None:
        return f"Choose a {TAKEN}"
    return ""


def clean_name(name: str, of: Format) -> str:
    """A file is given back under a plain name: no folders, no characters that a computer reads as an order, the right end."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFKC", name))[-1]
    stem = last.rpartition(".")[0] if "." in last else last
    letters = "".join(one if one.isalnum() or one in " -_(),.&’'+" else "-" for one in stem if one not in DECEIVING)
    plain = re.sub(r"\s+", " ", letters).strip(" .-'")[:LONGEST_NAME].strip(" .-'")
    if not plain or plain.partition(".")[0].lower() in DEVICES:
        plain = f"file {plain}".strip()
    return f"{plain}.{of.value}"


def kept_title(title: str) -> str:
    """A document's title stays, as it is announced to who cannot see the page; the folder it lay in does not.

    Source: WCAG 2, technique PDF18; promise 19.
    """
    plain = " ".join("".join(one if one.isprintable() else " " for one in title).split())
    return (re.split(r"[/\\]", plain)[-1].strip() if LAIN.search(plain) else plain)[:LONGEST_TITLE]


def size_problem(size: int, most: int) -> str:
    """A file is not empty and not over the limit; otherwise it says what to do."""
    if size <= 0:
        return "The file is empty. Choose another"
    if size > most:
        return f"The file is {in_megabytes(size)}; the most is {in_megabytes(most)}. Make it smaller or split it"
    return ""


def hidden_problem(pieces: list[str]) -> str:
    """Text that does not show and could still be copied out is shown to whoever uploads it, before it is kept."""
    said = f"Text under boxes, outside the page or not drawn can still be copied out: {quoted(pieces, 5)}"
    return f"{said}. Take it out where you made the file" if pieces else ""


def unread_problem(pages: list[int]) -> str:
    """Nobody takes a page for clean that was not looked through: which ones those are is told before the paper is kept.

    Source: promise 19; the ICO's guidance on disclosing information safely.
    """
    runs: list[list[int]] = []
    for page in sorted(pages):
        runs = [*runs[:-1], [runs[-1][0], page]] if runs and runs[-1][1] == page - 1 else [*runs, [page, page]]
    said = [str(first) if first == last else f"{first} to {last}" for first, last in runs]
    which = listed([*said[:5], *(["others"] if len(said) > 5 else [])])
    told = f"{'Page' if len(pages) == 1 else 'Pages'} {which} could not be looked through for text that does not show. Look there"
    return f"{told} whether what is blacked out was taken out as well, or print it to a new PDF" if pages else ""


def changes_problem(tracked: bool, deleted: list[str], comments: int) -> str:
    """Tracked changes are accepted and comments left out, so that deleted words and who wrote what are gone; it is said before.

    Source: promise 19; the case of papers, 62.
    """
    said = (
        [f"tracked changes are accepted{f', and what was deleted goes for good: {quoted(deleted, 3)}' if deleted else ''}"]
        if tracked
        else []
    )
    said += [f"{plural(comments, 'comment')} {'is' if comments == 1 else 'are'} left out"] if comments else []
    return f"When it is kept, {'; '.join(said)}. To decide otherwise, review them where you made the document" if said else ""


def unseen_problem(sheets: list[str], counted: Mapping[str, int], words: list[str]) -> str:
    """What a document holds and does not show is told before it is kept, since whoever opens it can have it shown.

    Source: the ICO's guidance on disclosing information safely; promise 19.
    """
    said = [f"the hidden {'sheet' if len(sheets) == 1 else 'sheets'} {quoted(sheets, 5)}"] if sheets else []
    said += [plural(count, *(PLURALS.get(one, (one,)))) for one, count in counted.items() if count]
    said += [f"hidden words: {quoted(words, 3)}"] if words else []
    return f"It does not show, but stays in the file: {'; '.join(said)}. Delete it where you made the document" if said else ""


def quoted(pieces: list[str], most: int) -> str:
    """The first few pieces of text, each cut where it is long."""
    return ", ".join(f"“{one[:60]}”" for one in pieces[:most]) + (" and more" if len(pieces) > most else "")


def sure_problem(asked: list[str]) -> str:
    """Nothing goes out of a paper, and nothing hidden stays in it, without the uploader's yes before it is kept.

    Source: promise 19; the cases of papers, 34 to 36 and 62.
    """
    said = ". ".join(filter(None, asked))
    return f"{said}. Or tick this box" if said else ""


def format_and_size(of: str, size: int) -> str:
    """A file is told by its format and its size: 'PDF, 340 KB'."""
    return f"{Format(of).label}, {in_megabytes(size)}"


def in_megabytes(size: int) -> str:
    """Sizes are told as people know them: 340 KB, 2.4 MB."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0 MB", " MB")
