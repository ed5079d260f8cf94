"""Giving out bytes: what somebody else made as an attachment that no browser opens inside our pages, our PDFs to read."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


def attachment(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file to save, under its name; were a browser to show it all the same, it may do nothing there."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def pdf_page(pdf: bytes, name: str) -> HttpResponse:
    """A PDF of ours in the browser, under its name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
