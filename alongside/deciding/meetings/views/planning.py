"""The meetings of a partnership, planning them, and what fills their agendas."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.actions import planning as actions
from alongside.deciding.meetings.forms import planning as forms
from alongside.deciding.meetings.models import Business, Meeting, MeetingSeries
from alongside.deciding.meetings.permissions import may_keep_meeting, may_see_meetings
from alongside.deciding.meetings.queries import lists, planning as queries
from alongside.deciding.meetings.queries.telling import hearing_of
from alongside.deciding.meetings.rules.deciding import ways_of
from alongside.deciding.meetings.rules.kinds import AHEAD, MeetingSettings
from alongside.deciding.meetings.rules.rhythm import look_first
from alongside.ground.core.clock import LONDON, start_of
from alongside.ground.core.verdict import Verdict, no, require
from alongside.ground.core.words import long_date, moment, plural
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, press
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import settings_of

ROOM = "meetings:meetings"
NONE_KEPT = no("Meetings are planned by the clerk and the chair of a body, and by the partnership's office.")


def kept(request: Asked, key: str, *more: str) -> Meeting:
    """The meeting of the address, for who keeps it."""
    one = find(Meeting.objects.select_related("body", "partnership", "series", *more), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.body_id))
    return one


def page_of(meeting: Meeting, page: str = "meeting") -> str:
    """One of its pages."""
    return reverse(f"meetings:{page}", args=[meeting.partnership.slug, meeting.pk])


def meetings(request: Asked, slug: str) -> HttpResponse:
    """The meetings that are for the viewer: to come, and past."""
    require(may_see_meetings(request.who, request.partnership.pk))
    chosen, own = request.GET.get("body", "")[:12], settings_of(request.partnership, MeetingSettings)
    bodies = list(lists.bodies_kept(request.partnership, viewer=request.who))
    context = {
        "found": lists.meetings_of(request.partnership, body=chosen, viewer=request.who),
        "bodies": bodies,
        "written": [one for one in bodies if not ways_of(BodyKind(one.kind), own).no_written],
        "settles": may_run_partnership(request.who, request.partnership.pk),
    }
    return render(request, "meetings/meetings.html", context)


def _bodies(request: Asked) -> Any:
    bodies = lists.bodies_kept(request.partnership, viewer=request.who)
    require(Verdict(bodies.exists()) or NONE_KEPT)
    return bodies


def plan(request: Asked, slug: str) -> HttpResponse:
    """Plan one meeting."""

    def planned(made: Meeting) -> Done:
        where = (("Not right? Change it", page_of(made, "move")), ("Cancel it", page_of(made, "cancel")))
        clash = f" Schools are closed that day: {made.clash}." if made.clash else ""
        said = f"{made.body.name} meets on {long_date(made.on)}; it goes into the diaries of who sits there.{clash}"
        return Done(f"{said} Its agenda is begun: look it through, then send it.", where)

    def look(said: dict[str, Any]) -> list[str]:
        return look_first(queries.day_for(said["body"], said["kind"], said["on"], viewer=request.who))

    return form_page(
        request, partial(forms.PlanForm, bodies=_bodies(request)), actions.plan_meeting, title="Plan a meeting",
        caption="Meetings", look=look,
        back=("Meetings", reverse(ROOM, args=[slug])), button="Plan it", done=planned, next=page_of,
    )  # fmt: skip


def series(request: Asked, slug: str) -> HttpResponse:
    """Plan a body's meetings for a year."""

    def planned(made: MeetingSeries) -> str:
        rows = list(made.meetings.all())
        clashes = sum(bool(one.clash) for one in rows)
        warn = f" On {plural(clashes, 'day')} of them schools are closed: choose another day for each." if clashes else ""
        return f"{plural(len(rows), 'meeting')} planned. They go into the diaries of who sits there, two months ahead.{warn}"

    return form_page(
        request, partial(forms.SeriesForm, bodies=_bodies(request)), actions.plan_series, title="Plan a series",
        caption="Meetings", lead="A Headboard: in turn, Strategy on Monday, Business on Wednesday, over teaching weeks.",
        back=("Meetings", reverse(ROOM, args=[slug])), button="Plan them", done=planned,
        next=lambda made: f"{reverse(ROOM, args=[slug])}?body={made.body_id}",
    )  # fmt: skip


def settings(request: Asked, slug: str) -> HttpResponse:
    """How the partnership's own bodies decide."""
    require(may_run_partnership(request.who, request.partnership.pk))
    now, page = settings_of(request.partnership, MeetingSettings), reverse(ROOM, args=[slug])
    return form_page(
        request, partial(forms.WaysForm, now=now), partial(change_settings, partnership=request.partnership,
        may=may_run_partnership),
        title="How we decide", caption="Meetings", back=("Meetings", page), next=page, done="From now on your bodies decide so.",
        lead="Governing bodies of maintained schools decide as the law has it, a trust’s board and members as its articles do.",
    )  # fmt: skip


def move(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let a meeting be on another day: one of two by one press where schools are closed, or any."""
    one = kept(request, key)
    page = page_of(one)
    offered = queries.other_days(one, viewer=request.who) if one.clash and one.state in AHEAD else []
    times = one.starts_at.astimezone(LONDON)

    def look(said: dict[str, Any]) -> list[str]:
        starts = start_of(said["on"], said["begins"].hour, said["begins"].minute)
        if starts == one.starts_at or said["on"] in {day.day for day in offered}:  # nobody has to come at another time; or seen
            return []
        closed = look_first(queries.day_for(one.body, one.kind, said["on"], viewer=request.who)) if said["on"] != one.on else []
        moves = f"It moves from {moment(one.starts_at)} to {moment(starts)}. Whoever had accepted is asked once more."
        return [*closed, moves, hearing_of(one, viewer=request.who).words]

    return form_page(
        request, partial(forms.MoveForm, row=one), partial(actions.change_meeting, meeting=one),
        title="Another day, time or place", look=look,
        caption=str(one), back=(one.body.name, page), button="Change it", next=page, page="meetings/move.html", meeting=one,
        offered=offered, times={"begins": f"{times:%H:%M}", "lasts": one.lasts, "place": one.place, "link": one.link},
        done=lambda made: f"{made.body.name} meets on {moment(made.starts_at)}. {hearing_of(made, viewer=request.who).words}",
    )  # fmt: skip


def cancel(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that a meeting does not take place."""
    one = kept(request, key)
    page = page_of(one)
    again = (("Plan another", reverse("meetings:plan", args=[slug])),)
    return form_page(
        request, forms.CancelForm, partial(actions.cancel_meeting, meeting=one), title=f"Cancel {one}", caption="Meetings",
        lead="A meeting that moves is changed instead.", back=(one.body.name, page), button="Cancel the meeting",
        done=lambda made: Done(f"Cancelled. {hearing_of(made, viewer=request.who).words}", again),
        next=page,
    )  # fmt: skip


def body_kept(request: Asked, key: str) -> Body:
    """The body of the address, for who keeps its meetings."""
    one = find(Body.objects.select_related("partnership"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, one.pk))
    return one


def year(request: Asked, slug: str, key: str) -> HttpResponse:
    """What fills a body's agendas: its standing items, and the year by month."""
    one = body_kept(request, key)
    lines = lists.business_of(one, viewer=request.who)
    ways = queries.ways_for(one)
    return render(request, "meetings/year.html", {"body": one, "lines": lines, "months": dict(forms.MONTHS), "ways": ways})


def add_business(request: Asked, slug: str, key: str) -> HttpResponse:
    """Add a line to what fills a body's agendas."""
    one, page = body_kept(request, key), reverse("meetings:year", args=[slug, key])
    return form_page(
        request, forms.BusinessForm, partial(actions.add_business, body=one), title="Add a line", caption=one.name,
        lead="It comes onto each agenda that is begun from now on; those that are begun stay as they are.",
        back=("The year", page), button="Add it", done=lambda made: f"“{made.title}” fills agendas from now on.", next=page,
    )  # fmt: skip


def end_business(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a line out of the agendas to come."""
    line = find(Business.objects.select_related("body"), request, pk=key)
    require(may_keep_meeting(request.who, request.partnership.pk, line.body_id))
    page = reverse("meetings:year", args=[slug, line.body_id])

    def out(made: Business) -> Done:
        again = reverse("meetings:add_business", args=[slug, made.body_id])
        return Done(f"“{made.title}” comes onto no agenda that is begun from now on.", (("Add it again", again),))

    return press(request, partial(actions.end_business, line=line, version=version_of(request)), done=out, next=page)


def version_of(request: Asked) -> int:
    """The version that the page of a button showed; none that there is where it was lost."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
