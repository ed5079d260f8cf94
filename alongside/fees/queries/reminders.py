"""Which step is due for which overdue invoice, and which were taken."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from alongside.calendar.queries import school_days_of
from alongside.core import clock
from alongside.core.standing import Post, Standing
from alongside.fees.models import Invoice, Reminder
from alongside.fees.queries.invoices import OPEN
from alongside.fees.rules import FeeSettings, Issuer, Overdue, Step, days_after_due, is_due_today, next_step
from alongside.partnerships.models import Partnership
from alongside.partnerships.queries import settings_of
from alongside.people.models import Role


@dataclass(frozen=True)
class Coming:
    """The next step of an overdue invoice and its school day."""

    invoice: Invoice
    step: Step
    on: date


def coming_steps(partnership: Partnership, *, viewer: Standing) -> list[Coming]:
    """The next step of every invoice that is past its day and not queried, soonest first: four queries."""
    settings, days = settings_of(partnership, FeeSettings), school_days_of(partnership)
    found = Invoice.objects.visible_to(viewer).filter(
        OPEN, partnership=partnership, queried=False, due_on__lt=clock.today(), issuer=Issuer.PARTNERSHIP
    )
    taken: dict[str, dict[Step, date]] = defaultdict(dict)
    for invoice, step, on in Reminder.objects.filter(invoice__in=found).values_list("invoice_id", "step", "on"):
        taken[invoice][Step(step)] = on
    coming = []
    for invoice in found.select_related("partnership", "school__current").order_by("series_id", "number"):
        overdue = Overdue(invoice.due_on, invoice.owed, invoice.queried, taken[invoice.pk])
        step = next_step(overdue, days_after_due(settings), days)
        if step:
            coming.append(Coming(invoice, *step))
    return sorted(coming, key=lambda one: one.on)


def steps_due(partnership: Partnership, on: date, *, viewer: Standing) -> list[tuple[Invoice, Step]]:
    """The steps that are to be taken on the day."""
    return [(one.invoice, one.step) for one in coming_steps(partnership, viewer=viewer) if is_due_today((one.step, one.on), on)]


def who_reminds(*, viewer: Standing) -> list[Partnership]:
    """The partnerships that issue invoices themselves, have some that are late, and let reminders go by themselves."""
    late = Invoice.objects.visible_to(viewer).filter(OPEN, due_on__lt=clock.today(), issuer=Issuer.PARTNERSHIP)
    found = Partnership.objects.filter(pk__in=late.values("partnership"), ended_on=None)
    return [one for one in found if settings_of(one, FeeSettings).reminders_by_themselves]


def calls_waiting(partnership: Partnership, *, viewer: Standing) -> QuerySet[Reminder]:
    """Calls (and letters without an address) that wait for somebody, of invoices that are still owed and not queried."""
    seen = Invoice.objects.visible_to(viewer).filter(OPEN, partnership=partnership, queried=False)
    return Reminder.objects.filter(invoice__in=seen, done_at=None).select_related("invoice").order_by("on", "invoice__number")


def steps_taken(
    partnership: Partnership, *, viewer: Standing, most: int = 100
) -> list[tuple[date, str, str, str, int, str, str]]:
    """(day, school, number, step, owed, to or spoke to, words) of the latest steps."""
    found = Reminder.objects.visible_to(viewer).filter(invoice__partnership=partnership).order_by("-made_at", "-invoice__number")
    rows = found.values_list(
        "on", "invoice__school_name", "invoice__reference", "step", "owed", "to", "spoke_to", "words", "done_at"
    )
    return [
        (on, school, number, Step(step).label, owed, to or spoke_to or ("" if done else "waiting"), words)
        for on, school, number, step, owed, to, spoke_to, words, done in rows[:most]
    ]


def steps_of(invoice: Invoice, *, viewer: Standing) -> list[tuple[date, str, str, str, datetime | None]]:
    """(day, step, to or spoke to, words, chair written to) of one invoice. The viewer has been let see it."""
    rows = invoice.reminders.order_by("on").values_list("on", "step", "to", "spoke_to", "words", "chair_at")
    return [(on, Step(step).label, to or spoke_to, words, chair) for on, step, to, spoke_to, words, chair in rows]


def reminder_at(key: str, partnership: Partnership, *, viewer: Standing) -> Reminder | None:
    """One step of a partnership's."""
    found = Reminder.objects.visible_to(viewer).select_related("invoice__partnership", "invoice__school__current")
    return found.filter(pk=key, invoice__partnership=partnership).first()


def chair_of(invoice: Invoice, *, viewer: Standing) -> tuple[str, str] | None:
    """(name, e-mail) of the chair of governors of an invoice's school, where one is known."""
    held = Role.objects.visible_to(viewer).held(clock.today()).filter(school=invoice.school_id, post=Post.GOVERNOR_CHAIR)
    known = held.exclude(person__email=None).exclude(person__email="").order_by(F("from_on").desc())
    return known.values_list("person__name", "person__email").first()


def whom_to_ring(invoice: Invoice, *, viewer: Standing) -> list[tuple[str, str, str]]:
    """(name, post, phone) of those of the school who deal with its money, where a telephone number is known."""
    posts = (Post.BUSINESS_MANAGER, Post.HEAD, Post.SCHOOL_ADMIN)
    held = Role.objects.visible_to(viewer).held(clock.today()).filter(school=invoice.school_id, post__in=posts)
    rows = held.exclude(person__phone="").values_list("person__name", "post", "person__phone")
    return [(name, Post(post).label, phone) for name, post, phone in rows[:6]]
