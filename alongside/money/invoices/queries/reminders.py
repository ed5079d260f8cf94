"""Which step is due for which overdue invoice, and which were taken."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery

from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import plural
from alongside.ground.web.needs import figure
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.models import Role
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import OPEN
from alongside.money.invoices.rules.reminders import Overdue, Step, days_after_due, is_due_today, next_step
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings


@dataclass(frozen=True)
class Coming:
    """The next step of an overdue invoice and its school day."""

    invoice: Invoice
    step: Step
    on: date

    @property
    def said(self) -> tuple[str, str, str, int, str]:
        """Its line: number, school, step, what is owed, where it goes."""
        one = self.invoice
        return one.reference, one.school_name, str(self.step), one.owed, one.payer_email


def coming_steps(partnership: Partnership, settings: IssuerSettings, *, viewer: Standing) -> list[Coming]:
    """The next step of every invoice that is past its day and not queried, soonest first: one query beside the calendar's."""
    days, after = school_days_of(partnership), days_after_due(settings)
    taken = {
        f"{step.value}_on": Subquery(Reminder.objects.filter(invoice=OuterRef("pk"), step=step).values("on")) for step in Step
    }
    found = (
        Invoice.objects.visible_to(viewer)
        .filter(OPEN, partnership=partnership, queried=False, due_on__lt=clock.today(), issuer=Issuer.PARTNERSHIP)
        .annotate(**taken)
        .select_related("partnership", "school__current")
    )
    coming = []
    for invoice in found.order_by("series_id", "number"):
        done = {step: on for step in Step if (on := getattr(invoice, f"{step.value}_on"))}
        step = next_step(Overdue(invoice.due_on, invoice.owed, invoice.queried, done), after, days)
        if step:
            coming.append(Coming(invoice, *step))
    return sorted(coming, key=lambda one: one.on)


def steps_due(partnership: Partnership, settings: IssuerSettings, on: date, *, viewer: Standing) -> list[Coming]:
    """The steps that are to be taken on the day."""
    coming = coming_steps(partnership, settings, viewer=viewer)
    return [one for one in coming if is_due_today((one.step, one.on), on)]


def who_reminds(*, viewer: Standing) -> list[Partnership]:
    """The partnerships that issue invoices themselves, have some that are late, and let reminders go by themselves."""
    late = Invoice.objects.visible_to(viewer).filter(OPEN, due_on__lt=clock.today(), issuer=Issuer.PARTNERSHIP)
    found = Partnership.objects.filter(pk__in=late.values("partnership"), ended_on=None)
    return [one for one in found if settings_of(one, IssuerSettings).reminders_by_themselves]


def latest_steps(partnership: Partnership, *, viewer: Standing, most: int = 200) -> list[Reminder]:
    """The steps that wait for somebody, then those that were taken, newest first: one query."""
    found = Reminder.objects.visible_to(viewer).filter(invoice__partnership=partnership).select_related("invoice__partnership")
    return list(found.order_by(F("done_at").asc(nulls_first=True), "-made_at", "-invoice__number")[:most])


def chair_of(invoice: Invoice, *, viewer: Standing) -> tuple[str, str] | None:
    """(name, e-mail) of the chair of governors of an invoice's school, where one is known."""
    held = Role.objects.visible_to(viewer).held(clock.today()).filter(school=invoice.school_id, post=Post.GOVERNOR_CHAIR)
    known = held.exclude(person__email=None).exclude(person__email="").order_by(F("from_on").desc())
    found = known.values_list("person__name", "person__email").first()
    return (found[0], str(found[1])) if found else None


def whom_to_ring(invoice: Invoice, *, viewer: Standing) -> list[tuple[str, str, str]]:
    """(name, post, phone) of those of the school who deal with its money, where a telephone number is known."""
    posts = (Post.BUSINESS_MANAGER, Post.HEAD, Post.SCHOOL_ADMIN)
    held = Role.objects.visible_to(viewer).held(clock.today()).filter(school=invoice.school_id, post__in=posts)
    rows = held.exclude(person__phone="").values_list("person__name", "post", "person__phone")
    return [(name, Post(post).label, phone) for name, post, phone in rows[:6]]


def reminders_stand(*, partnership: Partnership, viewer: Standing) -> Figures:
    """Whom to ring, and how many invoices are past their day."""

    def words(late: int, calls: int) -> str:
        if not late:
            return "No invoice is past its day"
        ring = f"{plural(calls, 'school')} to ring; " if calls else ""
        return f"{ring}{plural(late, 'invoice is', 'invoices are')} past the due date"

    found = Invoice.objects.visible_to(viewer).filter(OPEN, partnership=partnership, queried=False)
    late = found.filter(due_on__lt=clock.today(), issuer=Issuer.PARTNERSHIP)
    calls = Reminder.objects.filter(invoice__in=found, done_at=None)
    return Figures({"late": figure(late), "calls": figure(calls, of="invoice__partnership")}, words)
