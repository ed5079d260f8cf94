"""Taking all data out: of a partnership, of a school, of oneself."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from alongside.across.home import ics
from alongside.across.home.actions import exports
from alongside.across.home.packing import packed
from alongside.across.home.permissions import may_export_own, may_export_partnership, may_export_school
from alongside.across.home.queries import exports as exports_queries, me
from alongside.across.home.queries.exports import TakenOut, calendar_of, files_of
from alongside.ground.core import clock
from alongside.ground.core.verdict import require
from alongside.ground.core.words import slug_of
from alongside.ground.documents.actions import pdf_of
from alongside.ground.web.asked import Asked, found
from alongside.members.schools.queries import schools
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.settings import Issuer


def export(request: Asked, slug: str) -> HttpResponseBase:
    """All data of a partnership in open formats, for its manager."""
    partnership = request.partnership
    require(may_export_partnership(request.who, partnership.pk))
    taken = exports_queries.of_partnership(partnership, viewer=request.who)
    if request.method == "POST":
        exports.note_export(of="partnership", partnership=partnership.pk, by=request.who)
        return _sent(taken, _files(taken))
    return _shown(request, taken)


def export_school(request: Asked, urn: int) -> HttpResponseBase:
    """All data of a school in open formats, with its invoices as PDFs, for those who look after its people."""
    school = found(schools.school_with_urn(urn, viewer=request.who))
    require(may_export_school(request.who, school.pk))
    taken = exports_queries.of_school(school, viewer=request.who)
    if request.method == "POST":
        exports.note_export(of="school", school=school.pk, by=request.who)
        return _sent(taken, _with_papers(taken))
    return _shown(request, taken, school=school)


def my_data(request: Asked) -> HttpResponseBase:
    """What is kept of the person who asks."""
    require(may_export_own(request.who))
    taken = exports_queries.of_person(viewer=request.who)
    if request.method == "POST":
        exports.note_export(of="person", by=request.who)
        return _sent(taken, _files(taken))
    return render(request, "home/my_data.html", {"page": me.my_data(viewer=request.who)})


def _shown(request: Asked, taken: TakenOut, **more: object) -> HttpResponse:
    tables = [
        (table.file, table.words.split(". ")[0].rstrip(".") + ".")
        for table in exports_queries.tables_of(taken, viewer=taken.viewer)
    ]
    return render(request, "home/export.html", {"taken": taken, "tables": tables, **more})


def _sent(taken: TakenOut, files: Iterator[tuple[str, bytes]]) -> StreamingHttpResponse:
    tables = exports_queries.tables_of(taken, viewer=taken.viewer)
    name = f"{slug_of(taken.name) or 'data'}-{clock.today().isoformat()}.zip"
    return StreamingHttpResponse(
        packed(taken, tables, files),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _calendar(taken: TakenOut) -> bytes:
    return ics.written(calendar_of(taken, viewer=taken.viewer), name=taken.name, address=settings.ADDRESS.rstrip("/"))


def _files(taken: TakenOut) -> Iterator[tuple[str, bytes]]:
    yield "calendar.ics", _calendar(taken)
    yield from files_of(taken, viewer=taken.viewer)


def _with_papers(taken: TakenOut) -> Iterator[tuple[str, bytes]]:
    yield from _files(taken)
    own = Invoice.objects.visible_to(taken.viewer).filter(school=taken.key).exclude(issuer=Issuer.HOST)  # a host sends its own
    for invoice in own.order_by("reference"):
        yield f"invoices/{invoice.reference}.pdf", pdf_of(paper=invoice, by=taken.viewer)
