"""The register's pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """Search the register."""
    return HttpResponse("soon")
