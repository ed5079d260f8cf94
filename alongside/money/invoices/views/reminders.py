"""Reminders: what is due and when, what went out, whom to ring."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Pounds, Text
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import require
from alongside.ground.core.words import near_date, plural, short_date, weekday_near
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, on_its_way, press, seen_on
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.office import see_message
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.money.invoices.actions import reminders as deeds
from alongside.money.invoices.forms import CallForm, ReminderDaysForm
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.reminders import chair_of, coming_steps, latest_steps, whom_to_ring
from alongside.money.invoices.rules.reminders import Step, is_due_today, shown_chair, shown_steps
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings
from alongside.money.invoices.views.invoice import address_of

COMING = (
    Column("on", "Day", cell=lambda row: weekday_near(row.on, clock.today()), where=Where.PAGE),
    Column("day", "Day", cell=lambda row: row.on, where=Where.FILE),
    Column("school", "School", cell=lambda row: row.invoice.school_name),
    Column("number", "Number", cell=lambda row: row.invoice.reference),
    Column("step", "What"),
    Column("owed", "Owed", numeric=True, cell=lambda row: Pounds(row.invoice.owed)),
)
TAKEN = (
    Column("on", "Day", cell=lambda row: near_date(row.on, clock.today()), classes="fees-number", where=Where.PAGE),
    Column("day", "Day", cell=lambda row: row.on, where=Where.FILE),
    Column("school", "School", cell=lambda row: Text(row.invoice.school_name, address_of(row.invoice), row.invoice.reference)),
    Column("step", "What", cell=lambda row: Step(row.step)),
    Column("to", "To", cell=lambda row: Text(_outcome(row), under=row.words), classes="fees-email"),
)


def reminders(request: Asked, slug: str) -> HttpResponse:
    """Whom to ring, which steps come next and when, and what went out."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    settings = settings_of(request.partnership, IssuerSettings)
    coming = coming_steps(request.partnership, settings, viewer=request.who)
    late, waiting, taken = _steps(request)
    due = [one for one in coming if is_due_today((one.step, one.on), clock.today())]
    context = {
        "settings": settings,
        "elsewhere": settings.issuer if settings.issuer != Issuer.PARTNERSHIP else "",
        "coming": listed(COMING, coming[:100]),
        "due": due,
        "seen": shown_steps([one.said for one in due]),
        "calls": waiting,
        "all_steps_taken": bool(late),
        "taken": listed(TAKEN, taken),
    }
    return render(request, "invoices/reminders.html", context)


def _steps(request: Asked) -> tuple[list[Reminder], list[Reminder], list[Reminder]]:
    """The steps about invoices that are owed still; of these what waits for somebody; and what was done, newest first."""
    latest = latest_steps(request.partnership, viewer=request.who)
    late = [one for one in latest if one.invoice.owed > 0 and not one.invoice.queried]
    waiting = [one for one in late if not one.done_at]
    return late, waiting, sorted((one for one in latest if one not in waiting), key=lambda one: one.made_at, reverse=True)


def coming_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The steps that come next, for a spreadsheet."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    settings = settings_of(request.partnership, IssuerSettings)
    coming = coming_steps(request.partnership, settings, viewer=request.who)
    return list_sheet(request, f"{slug}-reminders-to-come", COMING, coming)


def taken_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The steps that were taken, for a spreadsheet."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    return list_sheet(request, f"{slug}-reminders", TAKEN, _steps(request)[2])


def send_reminders(request: Asked, slug: str) -> HttpResponse:
    """Take the steps that are due now."""

    def done(taken: int) -> str:
        if taken:
            return f"{plural(taken, 'step is', 'steps are')} taken."
        is_open = school_days_of(request.partnership).is_open(clock.today())
        return f"Nothing was sent: {'no step is due' if is_open else 'schools are closed'} today."

    deed = partial(deeds.send_reminders, partnership=request.partnership, seen=seen_on(request))
    return press(request, deed, done=done, next=reverse("invoices:reminders", args=[slug]))


def reminder_days(request: Asked, slug: str) -> HttpResponse:
    """After how many days each step comes."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    settings, back = settings_of(request.partnership, IssuerSettings), reverse("invoices:reminders", args=[slug])
    shown = {name: getattr(settings, name) for name in deeds.STEP_DAYS}

    def done(now: IssuerSettings) -> str:
        days = f"{now.first_reminder} and {now.second_reminder} days, somebody rings after {plural(now.call_after, 'day')}"
        return f"Reminders go out after {days}."

    return form_page(
        request, partial(ReminderDaysForm, initial={**shown, "version": mark_of(settings, deeds.STEP_DAYS)}),
        partial(deeds.change_reminders, partnership=request.partnership),
        title="When reminders go out", caption="Fees", back=("Reminders", back), done=done, next=back,
        lead="Days are counted from the due date. A step that falls on a day without school waits for the next school day.",
    )  # fmt: skip


def _outcome(one: Reminder) -> str:
    if one.done_at:
        return one.to or (f"spoke to {one.spoke_to}" if one.spoke_to else "done")
    return "not needed: settled since" if one.invoice.owed <= 0 else "not needed yet: queried since"


def _reminder(request: Asked, key: str) -> Reminder:
    require(may_issue_invoices(request.who, request.partnership.pk))
    return find(Reminder.objects.select_related("invoice__partnership", "invoice__school__current"), request, pk=key)


def note_call(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ring a school about an invoice, and note what was said."""
    step, back = _reminder(request, key), reverse("invoices:reminders", args=[slug])
    invoice, phone = step.invoice, step.invoice.school.phone
    contacts, chair = whom_to_ring(invoice, viewer=request.who), chair_of(invoice, viewer=request.who)

    def done(row: Reminder) -> Done:
        return Done(f"What {row.invoice.school_name} said about {row.invoice} is noted.", (("See the note", request.path),))

    return form_page(
        request, CallForm, partial(deeds.note_call, reminder=step), title=f"Ring {invoice.school_name}",
        caption=invoice.reference, lead=f"{pounds(invoice.owed)} was due on {short_date(invoice.due_on)}.",
        back=("Reminders", back), button="Note it", done=done, next=back, page="invoices/note_call.html",
        reminder=step, invoice=invoice, is_call=step.step == Step.CALL, chair=chair,
        seen=shown_chair(*chair, invoice.owed) if chair else "",
        ring_rows=[
            *([("The school, from the register", phone)] if phone else []),
            *((f"{name}, {post}", number) for name, post, number in contacts),
        ],
    )  # fmt: skip


def write_to_chair(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write to the chair of governors."""

    def done(written: Notice) -> Done:
        words = f"A letter to the chair of governors, {written.to}, is {on_its_way()}."
        return Done(words, see_message(written.to, partnership=request.partnership, viewer=request.who))

    deed = partial(deeds.write_to_chair, reminder=_reminder(request, key), seen=seen_on(request))
    return press(request, deed, done=done, next=reverse("invoices:note_call", args=[slug, key]))
