"""Statutory dates: work one out, keep it, stop and extend its clock."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.ground.core.cells import Text
from alongside.ground.core.clock import today
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import long_date, moment, near_date, weekday_near
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.forms import Form
from alongside.ground.web.pages import Done, press, say_and_go
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Table, listed
from alongside.members.calendar.actions import clocks as actions
from alongside.members.calendar.forms import AskForm, ExtendForm, KeepForm, RestartForm, StopForm
from alongside.members.calendar.models import Clock
from alongside.members.calendar.permissions import may_keep_date
from alongside.members.calendar.queries import clocks as queries
from alongside.members.calendar.rules.clocks import EXTENDABLE
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody, authority_words, body_of
from alongside.members.calendar.rules.clocks.reckoning import (
    Counted,
    Reckoning,
    left_out,
    span_words,
    stops_allowed,
    waiting_now,
    weeks_of,
)
from alongside.members.calendar.views.schools import school_of
from alongside.members.schools.models import School

OFFICE = "office"  # in an address, where a school's URN would stand


def _days_of(reckoning: Reckoning) -> Table:
    """The working in a list, day by day; that of a breach counts hours from a moment, all others days after the first."""
    in_hours, starts_on = reckoning.law is Law.BREACH, reckoning.starts_on
    first = Counted(starts_on, True, "The day it came" if starts_on == reckoning.received_on else "The clock starts", 0)

    def counts(row: Counted) -> str:
        if row is first:
            return row.why
        return ", ".join(filter(None, ("yes", row.why))) if row.counted else f"no: {row.why}"

    columns = (
        Column("day", "Day", cell=lambda row: long_date(row.day)),
        Column("counts", "Counts", cell=counts),
        Column("running", "So far", cell=lambda row: f"{row.running} h" if in_hours else row.running),
    )
    return listed(columns, reckoning.days if in_hours else (first, *reckoning.days))


def answer_of(found: queries.WorkedOut, school: School | None) -> dict[str, Any]:
    """What the page shows of a working."""
    reckoning = found.reckoning
    who = (body_of(school.type), school.name, school.trust_name) if school else (PublicBody.OFFICE, "", "")
    return {
        "reckoning": reckoning,
        "weeks": weeks_of(reckoning) if reckoning.law is not Law.BREACH else [],
        "days": _days_of(reckoning),
        "left_out": left_out(reckoning),
        "span": span_words(reckoning),
        "warning": found.warning,
        "authority": authority_words(*who),
    }


def places(request: Asked) -> list[tuple[str, str]]:
    """The schools, and for the office itself, for which a date may be worked out."""
    found = [(str(one.urn), one.name) for one in queries.schools_to_choose(request.partnership, viewer=request.who)]
    if request.who.runs(request.partnership.pk):
        found = [*found, (OFFICE, "The partnership’s own office")]
    return found if len(found) == 1 else [("", "Choose one"), *found]


def school_at(request: Asked, place: str) -> School | None:
    """The school with that URN; None for the office. Raises Http404 when the viewer may not know that it belongs."""
    if place == OFFICE:
        return None
    return school_of(request, int(place) if place.isascii() and place.isdigit() and len(place) < 10 else 0)


def work_out(request: Asked, slug: str) -> HttpResponse:
    """Work out a date: what came in, where, and when; the answer shows the working."""
    choices = places(request)
    asked = request.GET if "law" in request.GET or "school" in request.GET else None
    form = AskForm(asked, places=choices, initial={"school": choices[0][0] if len(choices) == 1 else ""})
    return _worked_out(request, form, KeepForm())


def _worked_out(request: Asked, form: AskForm, keep: KeepForm) -> HttpResponse:
    shown: dict[str, Any] = {"form": form, "keep": keep, "answer": None}
    if form.is_bound and form.is_valid():
        school, given = school_at(request, form.cleaned_data["school"]), form.cleaned_data
        try:
            found = queries.work_out_for(
                request.partnership, school, given["law"], given["received_on"], form.moment, viewer=request.who
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            may_keep = may_keep_date(request.who, request.partnership.pk, school.pk if school else None)
            shown |= {"answer": answer_of(found, school), "school": school, "may_keep": may_keep}
    return render(request, "calendar/work_out.html", shown)


@require_POST
def keep_clock(request: Asked, slug: str, place: str) -> HttpResponse:
    """Keep the date that was worked out for a school (by its URN), or for the office: what was asked and its reference are
    two forms on one page."""
    school = school_at(request, place)
    require(may_keep_date(request.who, request.partnership.pk, school.pk if school else None))
    asked = request.POST.copy()
    asked["school"] = place
    form, keep = AskForm(asked, places=places(request)), KeepForm(request.POST)
    if not (form.is_valid() and keep.is_valid()):
        return _worked_out(request, form, keep)
    given = form.cleaned_data
    try:
        kept = actions.keep_clock(
            partnership=request.partnership, school=school, law=given["law"], received_on=given["received_on"],
            received_at=form.moment, **keep.cleaned_data, by=request.who,
        )  # fmt: skip
    except Invalid as problem:
        form.refuse(problem)
        return _worked_out(request, form, keep)
    words = f"{kept.name} is kept{_due(kept)}. It is worked out again whenever the calendar changes."
    return say_and_go(request, kept, words, reverse("calendar:clock", args=[slug, kept.pk]))


def _due(kept: Clock) -> str:
    return f": due {weekday_near(kept.due_on, today())}" if kept.due_on else ""


def _running(slug: str) -> tuple[Column, ...]:
    """The columns of kept dates that run."""

    def what(one: queries.Running) -> Text:
        kept = one.clock
        whose, came = kept.school.name if kept.school else "The partnership’s office", near_date(kept.received_on, today())
        return Text(kept.name, reverse("calendar:clock", args=[slug, kept.pk]), f"{whose}, came {came}")

    def due(one: queries.Running) -> Text:
        found = one.reckoning
        words = f"stands still since {near_date(found.paused_since, today())}" if found.paused_since else "no date"
        if found.due_on:
            words = moment(found.due_at) if found.due_at else weekday_near(found.due_on, today())
        return Text(words, under=one.warning)

    def aim(one: queries.Running) -> Text | None:
        found = one.reckoning
        return Text(near_date(found.aim_for, today()), under=found.aim_because) if found.aim_for else None

    return Column("what", "What", cell=what), Column("due", "Due", cell=due), Column("aim", "Aim for", cell=aim)


def clocks(request: Asked, slug: str) -> HttpResponseBase:
    """The kept dates that run, what is due first on top, as a file too, and those ticked off lately."""
    running = listed(_running(slug), queries.clocks_of(request.partnership, viewer=request.who))
    if "as" in request.GET:
        return list_sheet(request, f"{slug}-kept-dates", running.columns, running.rows)
    ended = queries.ended_clocks(request.partnership, viewer=request.who)
    return render(request, "calendar/clocks.html", {"running": running, "ended": ended})


def kept_clock(request: Asked, key: str) -> Clock:
    """The kept date of the address. Raises Http404 for those who may not see it."""
    return find(Clock.objects.select_related("school__current", "partnership"), request, pk=key)


def clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """A kept date with its working, its stops, and every time it moved."""
    return _clock_page(request, kept_clock(request, key))


# What may be said of a running clock, each in a form of its own beside it: form, deed, what was done.
CHANGES: dict[str, tuple[type[Form], Callable[..., Clock], str]] = {
    "stop": (StopForm, actions.stop_clock, "The clock of {name} stands still until the answer comes{due}."),
    "restart": (RestartForm, actions.restart_clock, "The clock of {name} goes on{due}."),
    "extend": (ExtendForm, actions.extend_clock, "The time for {name} is extended{due}."),
}


def _form(change: str, kept: Clock, sent: Any = None) -> Form:
    form = partial(CHANGES[change][0], sent, auto_id=f"{change}_%s")
    return form(law=Law(kept.law)) if change == "stop" else form()


def _clock_page(request: Asked, kept: Clock, **refused: Form) -> HttpResponse:
    running, law = queries.running_of(kept, viewer=request.who), Law(kept.law)
    waits = waiting_now(running.asked)
    fitting = {"restart": waits, "stop": not waits and stops_allowed(law), "extend": law in EXTENDABLE and not kept.extended_on}
    forms = {one: _form(one, kept) for one, fits in fitting.items() if fits and not kept.ended_on}
    return render(
        request,
        "calendar/clock.html",
        {
            "clock": kept,
            "school": kept.school,
            "answer": answer_of(running, kept.school),
            "stops": running.asked.stops,
            "changes": queries.changes_of(kept, viewer=request.who),
            "forms_here": {**forms, **refused},
            "refused": next(iter(refused.values()), None),
        },
        status=400 if refused else 200,
    )


@require_POST
def stop_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """Something was asked for, without which the clock stands still."""
    return _change(request, slug, key, "stop")


@require_POST
def restart_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """What was asked for has come."""
    return _change(request, slug, key, "restart")


@require_POST
def extend_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """The person was told that it takes longer."""
    return _change(request, slug, key, "extend")


def _change(request: Asked, slug: str, key: str, change: str) -> HttpResponse:
    """What is refused stands on the clock's own page, among its other forms."""
    kept, (_, deed, words) = kept_clock(request, key), CHANGES[change]
    form = _form(change, kept, request.POST)
    if form.is_valid():
        try:
            changed = deed(kept=kept, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            said = words.format(name=changed.name, due=_due(changed))
            return say_and_go(request, changed, said, reverse("calendar:clock", args=[slug, key]))
    return _clock_page(request, kept, **{change: form})


def end_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """It is answered."""
    page = reverse("calendar:clock", args=[slug, key])
    return press(
        request, partial(actions.end_clock, kept=kept_clock(request, key)),
        done=lambda kept: Done(f"Ticked off: {kept.name}. It waits for nobody any more.", (("See the date", page),)),
        next=reverse("calendar:clocks", args=[slug]),
    )  # fmt: skip
