"""The front page, a partnership's overview and year, a school's page, and the search."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.across.home.permissions import may_export_partnership, may_export_school
from alongside.across.home.queries import finding, me, overview as overview_queries, school as school_queries, ways
from alongside.across.home.rules import year as year_rules
from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of, read_academic_year
from alongside.ground.core.declaration import Door
from alongside.ground.web.asked import Asked, found
from alongside.members.partnerships.middleware import frame_of
from alongside.members.partnerships.permissions import may_see_office
from alongside.members.schools.queries import schools


def front(request: Asked) -> HttpResponse:
    """The front page of an installation that is not a demonstration."""
    return render(request, "home/front.html", {"mine": me.my_partnerships(viewer=request.who)})


def overview(request: Asked, slug: str) -> HttpResponse:
    """A partnership as the person sees it: where we are, what needs them, how it stands, what comes next."""
    term = year_rules.school_term(clock.today())
    if may_see_office(request.who, request.partnership.pk):
        office = overview_queries.office_page(request.partnership, viewer=request.who)
        return render(request, "home/office.html", {"page": office, "term": term})
    schools_page = overview_queries.schools_page(request.partnership, viewer=request.who)
    return render(request, "home/overview.html", {"page": schools_page, "term": term})


def door(request: Asked, slug: str, door: Door) -> HttpResponse:
    """What stands behind one door of the partnership, with what stands in each place now."""
    places = found(ways.door_page(door, request.partnership, viewer=request.who) or None)
    return render(request, "home/door.html", {"door": door, "places": places})


def year(request: Asked, slug: str) -> HttpResponse:
    """Everything dated of a partnership in one academic year."""
    wanted = read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())
    page = overview_queries.our_year(request.partnership, wanted, viewer=request.who)
    may_export = may_export_partnership(request.who, request.partnership.pk)
    return render(request, "home/year.html", {"page": page, "may_export": may_export})


def school(request: Asked, urn: int) -> HttpResponse:
    """One school: facts from the register, its place, its memberships, its history."""
    place = found(schools.school_with_urn(urn, viewer=request.who))
    page = school_queries.school_page(place, viewer=request.who)
    may_export = may_export_school(request.who, place.pk)
    return render(request, "home/school.html", {"page": page, "urn": urn, "may_export": may_export})


def search(request: Asked) -> HttpResponse:
    """Everything that the words find and the person may see."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    frame = frame_of(request)
    pages = (
        ways.pages_matching(words.split(), slug=frame.slug, partnership=frame.partnership, viewer=request.who)
        if frame and words
        else []
    )
    return render(
        request, "home/search.html", {"words": words, "pages": pages, "found": finding.found_for(words, viewer=request.who)}
    )
