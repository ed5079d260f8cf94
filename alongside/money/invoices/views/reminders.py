"""Reminders: what is due and when, what went out, whom to ring."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import near_date, plural, weekday_date
from alongside.ground.web.asked import Asked
from alongside.members.calendar.queries import school_days_of
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.money.invoices.actions import reminders as deeds
from alongside.money.invoices.forms.reminders import CallForm, ReminderDaysForm
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.reminders import chair_of, coming_steps, latest_steps, reminder_at, whom_to_ring
from alongside.money.invoices.rules.reminders import Step
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings


def reminders(request: Asked, slug: str) -> HttpResponse:
    """Whom to ring, which steps come next and when, and what went out."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    settings = settings_of(request.partnership, IssuerSettings)
    coming = coming_steps(request.partnership, settings, viewer=request.who)
    latest = latest_steps(request.partnership, viewer=request.who)
    waiting = [one for one in latest if not one.done_at and one.invoice.owed > 0 and not one.invoice.queried]
    today = clock.today()
    return render(
        request,
        "invoices/reminders.html",
        {
            "settings": settings,
            "elsewhere": settings.issuer if settings.issuer != Issuer.PARTNERSHIP else "",
            "coming": coming,
            "coming_rows": [
                (weekday_date(one.on), one.invoice.school_name, one.invoice.reference, one.step.label, pounds(one.invoice.owed))
                for one in coming[:100]
            ],
            "due": [one for one in coming if one.on <= today],
            "calls": waiting,
            "all_steps_taken": any(one.invoice.owed > 0 and not one.invoice.queried for one in latest),
            "taken_rows": [
                (
                    near_date(one.on, today),
                    one.invoice.school_name,
                    one.invoice.reference,
                    Step(one.step).label,
                    _outcome(one),
                    one.words,
                )
                for one in sorted(latest, key=lambda one: one.made_at, reverse=True)
                if one.done_at or one not in waiting
            ],
        },
    )


@require_POST
def send_reminders(request: Asked, slug: str) -> HttpResponse:
    """Take the steps that are due now."""
    taken = deeds.send_reminders(partnership=request.partnership, by=request.who)
    if taken:
        messages.success(request, f"{plural(taken, 'step is', 'steps are')} taken.")
    elif not school_days_of(request.partnership).is_open(clock.today()):
        messages.info(request, "Nothing was sent: schools are closed today.")
    else:
        messages.info(request, "Nothing was sent: no step is due today.")
    return redirect("invoices:reminders", slug)


def reminder_days(request: Asked, slug: str) -> HttpResponse:
    """After how many days each step comes."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    settings = settings_of(request.partnership, IssuerSettings)
    names = ("first_reminder", "second_reminder", "call_after")
    initial = {name: getattr(settings, name) for name in names} | {"by_themselves": settings.reminders_by_themselves}
    initial["version"] = mark_of(settings, deeds.STEP_DAYS)
    form = ReminderDaysForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.change_reminders(partnership=request.partnership, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Saved.")
            return redirect("invoices:reminders", slug)
    return render(request, "invoices/reminder_days.html", {"form": form})


def _outcome(one: Reminder) -> str:
    if one.done_at:
        return one.to or (f"spoke to {one.spoke_to}" if one.spoke_to else "done")
    return "not needed: settled since" if one.invoice.owed <= 0 else "not needed yet: queried since"


def _reminder(request: Asked, key: str) -> Reminder:
    require(may_issue_invoices(request.who, request.partnership.pk))
    found = reminder_at(key, request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    return found


def note_call(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ring a school about an invoice, and note what was said."""
    found = _reminder(request, key)
    form = CallForm(request.POST or None)
    contacts = whom_to_ring(found.invoice, viewer=request.who)
    school = [("The school, from the register", found.invoice.school.phone)] if found.invoice.school.phone else []
    if request.method == "POST" and form.is_valid():
        deeds.note_call(reminder=found, **form.cleaned_data, by=request.who)
        messages.success(request, "Noted.")
        return redirect("invoices:reminders", slug)
    return render(
        request,
        "invoices/note_call.html",
        {
            "form": form,
            "reminder": found,
            "invoice": found.invoice,
            "is_call": found.step == Step.CALL,
            "chair": chair_of(found.invoice, viewer=request.who),
            "ring_rows": [*school, *((f"{name}, {post}", phone) for name, post, phone in contacts)],
        },
    )


@require_POST
def write_to_chair(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write to the chair of governors."""
    deeds.write_to_chair(reminder=_reminder(request, key), by=request.who)
    messages.success(request, "The chair of governors has been written to.")
    return redirect("invoices:note_call", slug, key)
