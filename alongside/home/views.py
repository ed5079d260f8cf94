"""Pages across apps."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.core import clock
from alongside.home import queries
from alongside.schools import queries as schools


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """The front page of an installation that is not a demonstration."""
    return render(request, "home/front.html", {"mine": queries.my_partnerships(viewer=request.who)})


def me(request: HttpRequest) -> HttpResponse:
    """A person's own page: their partnerships, their schools, what needs them."""
    return render(request, "home/me.html", {"page": queries.my_page(viewer=request.who), "now": clock.now()})


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """A partnership as the person sees it: what needs them, how it stands, what comes next."""
    return render(request, "home/overview.html", {"page": queries.overview_of(request.partnership, viewer=request.who)})


@login_not_required
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """One school: facts from the register, its place, its memberships, its history."""
    found = schools.school_with_urn(urn, viewer=request.who)
    if found is None:
        raise Http404
    return render(request, "home/school.html", {"page": queries.school_page(found, urn, viewer=request.who)})
