"""The front page, a partnership's pages, a person's own, a school's, and the search."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.across.home.actions import set_aside_step
from alongside.across.home.permissions import may_export_partnership, may_export_school
from alongside.across.home.queries import calendars, finding, overview as overview_queries, ways
from alongside.across.home.queries.maps import schools_around
from alongside.across.home.queries.me import my_roles
from alongside.across.home.queries.needs_and_dates import needs_of
from alongside.across.home.rules import calendar as calendar_rules
from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year
from alongside.ground.core.declaration import Door
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import press
from alongside.members.calendar.queries.years import season_now
from alongside.members.partnerships.middleware import frame_of
from alongside.members.partnerships.permissions import may_run_partnership, may_see_office
from alongside.members.partnerships.queries import memberships_of, my_partnerships
from alongside.members.people.queries.acting import i_act_for
from alongside.members.schools.queries import facts, schools


def front(request: Asked) -> HttpResponse:
    """The front page of an installation that is not a demonstration."""
    return render(request, "home/front.html", {"mine": my_partnerships(viewer=request.who)})


def overview(request: Asked, slug: str) -> HttpResponse:
    """A partnership as the person sees it: where we are, what needs them, how it stands, what comes next."""
    in_office = may_see_office(request.who, request.partnership.pk)
    page_of = overview_queries.office_page if in_office else overview_queries.schools_page
    context = {
        "page": page_of(request.partnership, viewer=request.who),
        "term": season_now(request.partnership, viewer=request.who),
        "acts_for": i_act_for(request.partnership, viewer=request.who),
        "may_run": may_run_partnership(request.who, request.partnership.pk),
        "has_school": bool(request.who.schools_in(request.partnership.pk)),
        "shows_money": request.who.sees_money_of(request.partnership.pk),
    }
    return render(request, "home/office.html" if in_office else "home/overview.html", context)


def set_aside(request: Asked, slug: str) -> HttpResponse:
    """Do without a step of setting up, or take it up again."""
    aside = request.POST.get("aside") == "yes"
    deed = partial(set_aside_step, partnership=request.partnership, step=request.POST.get("step", "")[:40], aside=aside)
    return press(
        request, deed, done=lambda step: f"“{step.title}” is {'set aside' if aside else 'to be done again'}.",
        next=reverse("home:overview", args=[slug]),
    )  # fmt: skip


def door(request: Asked, slug: str, door: Door) -> HttpResponse:
    """What stands behind one door of the partnership, with what stands in each place now."""
    places = found(ways.door_page(door, request.partnership, viewer=request.who) or None)
    return render(request, "home/door.html", {"door": door, "places": places})


def year(request: Asked, slug: str) -> HttpResponse:
    """Everything dated of a partnership in one academic year."""
    wanted = read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())
    page = overview_queries.our_year(request.partnership, wanted, viewer=request.who)
    context = {
        "page": page,
        "before": AcademicYear(wanted.start - 1),
        "after": AcademicYear(wanted.start + 1),
        "may_export": may_export_partnership(request.who, request.partnership.pk),
    }
    return render(request, "home/year.html", context)


def me(request: Asked) -> HttpResponse:
    """A person's own page; whoever has to do with one partnership only goes straight to it."""
    who, mine = request.who, my_partnerships(viewer=request.who)
    if len(mine) == 1 and who.roles:
        return redirect("home:overview", slug=mine[0][0])
    shown = {"needs": needs_of(viewer=who), "acts_for": i_act_for(viewer=who)} if who.roles else {"roles": my_roles(viewer=who)}
    posts = sorted({role.title for role in who.roles})
    return render(request, "home/me.html", {"partnerships": mine, "posts": posts, **shown})


def calendar(request: Asked) -> HttpResponse:
    """Everything dated of the person's partnerships and schools, a month at a time."""
    month = calendar_rules.month_read(request.GET.get("month", ""), clock.today())
    context = {
        "page": calendars.my_month(month, request.GET.get("of", "")[:60], viewer=request.who),
        "before": calendar_rules.month_after(month, -1),
        "after": calendar_rules.month_after(month),
        "as_month": request.GET.get("show") == "month",
    }
    return render(request, "home/calendar.html", context)


def settings(request: Asked) -> HttpResponse:
    """Where everything is that a person sets for themselves."""
    context = {"pages": [one for one in declared.own_pages() if one.is_setting], "feed": calendars.feed_of(viewer=request.who)}
    return render(request, "home/settings.html", context)


def school(request: Asked, urn: int) -> HttpResponse:
    """One school: facts from the register, its place, its memberships, its history."""
    place = found(schools.school_with_urn(urn, viewer=request.who))
    context = {
        "school": place,
        "urn": urn,
        "not_open": facts.not_open_of(place, viewer=request.who),
        "facts": facts.facts_of(place, viewer=request.who),
        "past": facts.past_of(place, viewer=request.who),
        "history": facts.history_of(place, viewer=request.who),
        "map": schools_around(place, viewer=request.who),
        "memberships": memberships_of(place, viewer=request.who),
        "may_export": may_export_school(request.who, place.pk),
    }
    return render(request, "home/school.html", context)


def search(request: Asked) -> HttpResponse:
    """Everything that the words find and the person may see: pages first, then what is kept."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    found_here = finding.found_for(words, frame_of(request), viewer=request.who)
    return render(request, "home/search.html", {"words": words, "found": found_here})
