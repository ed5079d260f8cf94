"""A meeting's agenda as a Word document: headings and paragraphs, made without a library (a document is a ZIP of three files)."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from alongside.deciding.meetings.queries.agendas import Agenda
from alongside.ground.core.words import clock_time, moment, plural

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'{HEAD}<Types xmlns="{OFFICE}package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>'
)
LINKS = (
    f'{HEAD}<Relationships xmlns="{OFFICE}package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
DATED = (1980, 1, 1, 0, 0, 0)  # the same agenda, the same bytes


def word_of(agenda: Agenda) -> bytes:
    """The agenda as one viewer sees it, with room for minutes below each item."""
    body = "".join(_paragraph(words, half_points, level) for words, half_points, level in _lines(agenda))
    document = f'{HEAD}<w:document xmlns:w="{OFFICE}wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("[Content_Types].xml", TYPES), ("_rels/.rels", LINKS), ("word/document.xml", document)):
            package.writestr(zipfile.ZipInfo(name, DATED), text)
    return out.getvalue()


def _lines(agenda: Agenda) -> Iterator[tuple[str, int, int | None]]:
    meeting = agenda.meeting
    yield f"{meeting.body}: {meeting.meeting_kind.label}", 36, 0
    yield ", ".join(filter(None, (moment(meeting.starts_at), meeting.place))), 24, None
    for one in agenda.items:
        yield f"{one.number}. {one.item.title}{' (restricted)' if one.item.is_restricted else ''}", 26, 1
        said = f"{clock_time(one.at)}, {plural(one.item.minutes, 'minute')}. {one.item.item_kind.label}"
        yield f"{said}. {one.item.presenter}" if one.item.presenter else said, 20, None
        for words in (one.item.about, *(paper.title for paper in one.papers)):
            yield from ((line, 22, None) for line in words.splitlines() if line.strip())
        yield "", 22, None


def _paragraph(words: str, half_points: int, level: int | None) -> str:
    outline = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level is not None else ""
    bold = "<w:b/>" if level is not None else ""
    size = f'<w:rPr>{bold}<w:sz w:val="{half_points}"/></w:rPr>'
    text = "".join(letter for letter in words if letter.isprintable())
    return f'<w:p>{outline}<w:r>{size}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
