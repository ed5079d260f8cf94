"""Taking all data out: of a partnership, of a school, of oneself."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from alongside.across.home import actions
from alongside.across.home.packing import packed
from alongside.across.home.permissions import may_export_own, may_export_partnership, may_export_school
from alongside.across.home.queries import exports as exports_queries, me
from alongside.across.home.queries.exports import ExportTable, TakenOut, calendar_of, files_of, tables_of
from alongside.ground.core import clock
from alongside.ground.core.verdict import require
from alongside.ground.core.words import slug_of
from alongside.ground.documents.actions import pdf_of
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.tables import Column, listed
from alongside.members.schools.queries import schools
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.settings import Issuer

Files = Iterator[tuple[str, bytes]]


def _what_it_holds(table: ExportTable) -> str:
    return table.words.split(". ")[0].rstrip(".") + "."


TABLES = Column("file", "Table"), Column("words", "What it holds", cell=_what_it_holds)


def export(request: Asked, slug: str) -> HttpResponseBase:
    """All data of a partnership in open formats, for its manager."""
    require(may_export_partnership(request.who, request.partnership.pk))
    taken = exports_queries.of_partnership(request.partnership, viewer=request.who)
    return _sent(request, taken) if request.method == "POST" else _shown(request, taken)


def export_school(request: Asked, urn: int) -> HttpResponseBase:
    """All data of a school in open formats, with its invoices as PDFs, for those who look after its people."""
    school = found(schools.school_with_urn(urn, viewer=request.who))
    require(may_export_school(request.who, school.pk))
    taken = exports_queries.of_school(school, viewer=request.who)
    return _sent(request, taken, _with_papers) if request.method == "POST" else _shown(request, taken, school=school)


def my_data(request: Asked) -> HttpResponseBase:
    """What is kept of the person who asks."""
    require(may_export_own(request.who))
    if request.method == "POST":
        return _sent(request, exports_queries.of_person(viewer=request.who))
    person, roles, deeds = me.my_data(viewer=request.who)
    return render(request, "home/my_data.html", {"person": person, "roles": roles, "deeds": deeds})


def _shown(request: Asked, taken: TakenOut, **more: object) -> HttpResponse:
    table = listed(TABLES, tables_of(taken, viewer=taken.viewer))
    return render(request, "home/export.html", {"taken": taken, "table": table, **more})


def _files(taken: TakenOut) -> Files:
    from alongside.across.home import ics  # only where used, with its library

    dates = calendar_of(taken, viewer=taken.viewer)
    yield "calendar.ics", ics.written(dates, name=taken.name, address=settings.ADDRESS.rstrip("/"))
    yield from files_of(taken, viewer=taken.viewer)


def _with_papers(taken: TakenOut) -> Files:
    yield from _files(taken)
    own = Invoice.objects.visible_to(taken.viewer).filter(school=taken.key).exclude(issuer=Issuer.HOST)  # a host sends its own
    for invoice in own.order_by("reference"):
        yield f"invoices/{invoice.reference}.pdf", pdf_of(paper=invoice, by=taken.viewer)


def _sent(request: Asked, taken: TakenOut, files: Callable[[TakenOut], Files] = _files) -> StreamingHttpResponse:
    """The ZIP, when it is written down who takes it out."""
    of = {taken.kind: taken.key} if taken.kind != "person" else {}
    actions.note_export(of=taken.kind, **of, by=request.who)
    name = f"{slug_of(taken.name) or 'data'}-{clock.today().isoformat()}.zip"
    return StreamingHttpResponse(
        packed(taken, tables_of(taken, viewer=taken.viewer), files(taken)),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
