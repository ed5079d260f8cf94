"""The holidays of a partnership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.calendar import actions, queries
from alongside.calendar.forms import HolidayForm, NationForm
from alongside.calendar.permissions import may_change_holidays
from alongside.calendar.rules import CalendarSettings
from alongside.core.verdict import Invalid, require
from alongside.partnerships.actions import change_settings
from alongside.partnerships.queries import settings_of


def holidays(request: HttpRequest, slug: str) -> HttpResponse:
    """The partnership's school days: bank holidays, and holidays that the manager types."""
    require(may_change_holidays(request.who, request.partnership.pk))
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_holiday(partnership=request.partnership, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "The holiday is in the calendar.")
            return redirect("calendar:holidays", slug=slug)
    nation = settings_of(request.partnership, CalendarSettings).nation
    coming = queries.next_bank_holidays(request.partnership, viewer=request.who)
    typed = queries.holidays_of(request.partnership, viewer=request.who)
    return render(
        request,
        "calendar/holidays.html",
        {"form": form, "nation_form": NationForm(initial={"nation": nation}), "coming": coming, "typed": typed},
    )


@require_POST
def nation(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose whose bank holidays count."""
    require(may_change_holidays(request.who, request.partnership.pk))
    form = NationForm(request.POST)
    if form.is_valid():
        change_settings(partnership=request.partnership, settings=CalendarSettings(**form.cleaned_data), by=request.who)
        messages.success(request, "The bank holidays are changed.")
    return redirect("calendar:holidays", slug=slug)


@require_POST
def remove_holiday(request: HttpRequest, slug: str, holiday: str) -> HttpResponse:
    """Take a holiday out."""
    actions.remove_holiday(partnership=request.partnership, holiday_id=holiday, by=request.who)
    messages.success(request, "The holiday is taken out of the calendar.")
    return redirect("calendar:holidays", slug=slug)
