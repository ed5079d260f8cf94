"""Pages across apps."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.across.home import queries
from alongside.across.home.rules import urgency
from alongside.ground.web.asked import Asked
from alongside.members.partnerships.permissions import may_see_office
from alongside.members.schools import queries as schools


@login_not_required
def front(request: Asked) -> HttpResponse:
    """The front page of an installation that is not a demonstration."""
    return render(request, "home/front.html", {"mine": queries.my_partnerships(viewer=request.who)})


def me(request: Asked) -> HttpResponse:
    """A person's own page; whoever has to do with one partnership only goes straight to it."""
    page = queries.my_page(viewer=request.who)
    if len(page.partnerships) == 1:
        return redirect("home:overview", slug=page.partnerships[0][0])
    return render(request, "home/me.html", {"page": page})


def overview(request: Asked, slug: str) -> HttpResponse:
    """A partnership as the person sees it: what needs them, how it stands, what comes next."""
    if may_see_office(request.who, request.partnership.pk):
        office = queries.office_page(request.partnership, viewer=request.who)
        return render(request, "home/office.html", {"page": office, "urgency": urgency})
    return render(request, "home/overview.html", {"page": queries.schools_page(request.partnership, viewer=request.who)})


@login_not_required
def school(request: Asked, urn: int) -> HttpResponse:
    """One school: facts from the register, its place, its memberships, its history."""
    found = schools.school_with_urn(urn, viewer=request.who)
    if found is None:
        raise Http404
    return render(request, "home/school.html", {"page": queries.school_page(found, viewer=request.who), "urn": urn})
