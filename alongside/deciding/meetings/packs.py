"""A meeting's agenda and papers as one PDF, with contents and page numbers."""

from io import BytesIO
from typing import Any

from alongside.deciding.meetings.queries.agendas import Agenda
from alongside.ground.core.words import clock_time, long_date, moment
from alongside.ground.documents.typesetting import typeset
from alongside.ground.files.models import StoredFile
from alongside.ground.files.queries import content_of
from alongside.ground.files.rules import Format


def pack_of(agenda: Agenda) -> bytes:
    """The pack of an agenda as one viewer sees it: a page of contents, then each PDF behind it; a paper of another format is
    named there and opened by itself."""
    from pikepdf import Pdf, Rectangle  # only where used: a web process that makes no pack does not carry it

    papers = [paper for one in agenda.items for paper in one.papers]
    files = {one.pk: one for one in StoredFile.objects.filter(pk__in=[paper.file for paper in papers], format=Format.PDF)}
    opened = {paper.pk: Pdf.open(BytesIO(content_of(files[paper.file]))) for paper in papers if paper.file in files}
    starts = dict.fromkeys(opened, 1)
    front = Pdf.open(BytesIO(_front(agenda, starts)))
    at = len(front.pages) + 1
    for key, one in opened.items():
        starts[key], at = at, at + len(one.pages)
    made = Pdf.open(BytesIO(_front(agenda, starts)))
    behind = len(made.pages)
    for one in opened.values():
        made.pages.extend(one.pages)
    if opened:
        foot = {"title": "Page numbers", "first": behind + 1, "last": len(made.pages), "foot": str(agenda.meeting)}
        numbers = Pdf.open(BytesIO(typeset("meetings/numbers", foot, dated=agenda.meeting.on)))
        for page, number in zip(list(made.pages)[behind:], numbers.pages, strict=True):
            page.add_overlay(number, Rectangle(page.trimbox))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _front(agenda: Agenda, starts: dict[str, int]) -> bytes:
    meeting = agenda.meeting
    items: list[dict[str, Any]] = [
        {
            "number": str(one.number), "title": one.item.title, "at": clock_time(one.at), "kind": one.item.item_kind.label,
            "presenter": one.item.presenter, "about": one.item.about, "restricted": one.item.is_restricted,
            "papers": [
                [paper.title, f"page {starts[paper.pk]}" if paper.pk in starts else f"{Format(paper.format).label}, by itself"]
                for paper in one.papers
            ],
        }
        for one in agenda.items
    ]  # fmt: skip
    words = {
        "title": f"{meeting.body}, {long_date(meeting.on)}", "body": str(meeting.body), "kind": meeting.meeting_kind.label,
        "when": moment(meeting.starts_at), "place": meeting.place, "items": items,
    }  # fmt: skip
    return typeset("meetings/pack", words, dated=meeting.on)
