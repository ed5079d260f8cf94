"""Chasing those that have not answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.verdict import Invalid, first_no, no, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done, say_and_go
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.membership.actions import chasing as chasing_actions
from alongside.members.membership.forms.office import ChaseForm
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries import schools, texts
from alongside.members.membership.rules.chase import fill, may_remind_today, words_for
from alongside.members.membership.rules.dates import dates_of


def chase(request: Asked, slug: str) -> HttpResponse:
    """Who would get a reminder now and who not; the words; and sending, on school days only, or looking at the mail first."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    settings = texts.settings_now(partnership, viewer=who)
    sign_by = dates_of(settings, partnership.started_on).sign_by
    subject, body = words_for(clock.today(), sign_by)
    form = ChaseForm(request.POST or None, initial={"subject": subject, "body": body})
    preview = request.POST.get("deed") == "preview"
    if request.method == "POST" and form.is_valid() and not preview:
        try:
            sent = chasing_actions.chase(partnership=partnership, **form.cleaned_data, by=who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            told = fill(sent.subject, partnership.name, sign_by, "their school")
            words = f"{plural(sent.count, 'reminder is', 'reminders are')} on the way: “{told}”."
            messages = ("See the messages", f"{reverse('notices:list', args=[slug])}?kind=membership.reminder")
            return say_and_go(request, sent, Done(words, (messages,)), reverse("membership:overview", args=[slug]))
    days = school_days_of(partnership)
    chasing, today = schools.chase_list(partnership, settings, days, viewer=who), may_remind_today(clock.today(), days)
    shown = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    example = chasing.reached[0][1] if chasing.reached else "a school"
    return render(
        request,
        "membership/chase.html",
        {
            "form": form,
            "chasing": chasing,
            "today": today,
            "may_send": first_no(today, no("No school can be reminded now.")) if not chasing.reached else today,
            "example": example,
            "preview": preview,
            "subject": fill(shown["subject"], partnership.name, sign_by, example),
            "paragraphs": fill(shown["body"], partnership.name, sign_by, example).replace("\r\n", "\n").split("\n\n"),
        },
    )
