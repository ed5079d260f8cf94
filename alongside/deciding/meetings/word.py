"""A meeting's agenda as a Word document."""

from io import BytesIO

from alongside.deciding.meetings.queries.agendas import Agenda
from alongside.ground.core.words import clock_time, moment, plural


def word_of(agenda: Agenda) -> bytes:
    """The agenda as one viewer sees it, with room for minutes below each item."""
    from docx import Document  # only where used: a web process that writes none does not carry it
    from docx.shared import Mm

    meeting, document = agenda.meeting, Document()
    document.core_properties.author, document.core_properties.comments = "", ""
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.add_heading(_shown(f"{meeting.body}: {meeting.meeting_kind.label}"), level=0)
    document.add_paragraph(_shown(", ".join(filter(None, (moment(meeting.starts_at), meeting.place)))))
    for one in agenda.items:
        document.add_heading(
            _shown(f"{one.number}. {one.item.title}{' (restricted)' if one.item.is_restricted else ''}"), level=1
        )
        said = f"{clock_time(one.at)}, {plural(one.item.minutes, 'minute')}. {one.item.item_kind.label}"
        document.add_paragraph(_shown(f"{said}. {one.item.presenter}" if one.item.presenter else said))
        for words in (one.item.about, *(paper.title for paper in one.papers)):
            for line in filter(str.strip, words.splitlines()):
                document.add_paragraph(_shown(line))
        document.add_paragraph()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _shown(words: str) -> str:
    """Without the letters that no document holds."""
    return "".join(letter for letter in words if letter.isprintable())
