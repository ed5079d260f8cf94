"""Steps about invoices that are not paid in time: letters go out on school days, a call waits for somebody to ring."""

from dataclasses import replace

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.later import one_by_one
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.notices.models import Notice
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.invoices.actions.payments import record_about
from alongside.money.invoices.actions.sending import write_about
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.reminders import Coming, chair_of, steps_due
from alongside.money.invoices.rules.reminders import Step, shown_chair, shown_steps, step_days_problem
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

TEMPLATES = {Step.FIRST: "invoices/first_reminder.txt", Step.SECOND: "invoices/second_reminder.txt"}


def send_reminders(*, partnership: Partnership, seen: WasSeen, by: Standing) -> int:
    """Take every step that is due today, each once and in its own transaction; gives how many. On school days only.

    Raises Conflict when other steps are due than were `seen`.
    """
    require(may_issue_invoices(by, partnership.pk))
    settings = settings_of(partnership, IssuerSettings)
    if settings.issuer != Issuer.PARTNERSHIP or not school_days_of(partnership).is_open(clock.today()):
        return 0
    due = steps_due(partnership, settings, clock.today(), viewer=Standing.system(by.person or by.on_behalf_of))
    if due:
        shown_steps([one.said for one in due]).agree(seen, "Nothing was sent.")

    def take(one: Coming) -> bool:
        with transaction.atomic():
            return _take(one.invoice, one.step, settings, by)

    return sum(one_by_one(due, take))


def _take(invoice: Invoice, step: Step, settings: IssuerSettings, by: Standing) -> bool:
    mailed = step in TEMPLATES and bool(invoice.payer_email)
    _, is_first = Reminder.objects.get_or_create(
        invoice=invoice, step=step.value,
        defaults={
            "on": clock.today(), "to": invoice.payer_email if step in TEMPLATES else "", "owed": invoice.owed,
            "made_at": clock.now(), "done_at": clock.now() if mailed else None,
        },
    )  # fmt: skip
    if not is_first:  # another process took this step a moment ago
        return False
    if mailed:
        write_about(invoice, TEMPLATES[step], settings, by)
    record_about("invoices.remind", invoice, by, step=step.value, owed=invoice.owed)
    return True


@transaction.atomic
def note_call(*, reminder: Reminder, spoke_to: str, words: str, by: Standing) -> Reminder:
    """Write down what came of a call to a school, or of a letter by post. Raises Conflict when somebody did already."""
    invoice = reminder.invoice
    require(may_issue_invoices(by, invoice.partnership_id))
    if not words.strip():
        raise Invalid(words="Enter what was said")
    waiting = Reminder.objects.filter(pk=reminder.pk, done_at=None)
    if not waiting.update(spoke_to=spoke_to.strip(), words=words.strip(), done_at=clock.now()):
        raise Conflict("Somebody has noted this already. Open the list to see what was said.")
    record_about("invoices.note_call", invoice, by)
    return reminder


@transaction.atomic
def write_to_chair(*, reminder: Reminder, seen: WasSeen, by: Standing) -> Notice:
    """Write to the chair of governors about an invoice that is long overdue, once, after the reminders."""
    invoice = reminder.invoice
    require(may_issue_invoices(by, invoice.partnership_id))
    if reminder.step != Step.CALL:
        raise Conflict("The chair of governors is written to after the reminders, when a call is due.")
    if invoice.owed <= 0 or invoice.queried:
        raise Conflict("This invoice is settled or being queried by now. Nothing was sent.")
    chair = chair_of(invoice, viewer=Standing.system(by.person or by.on_behalf_of))
    if chair is None:
        raise Conflict("No address of the chair of governors is known. Add the chair to the school's people first.")
    shown_chair(*chair, invoice.owed).agree(seen, "Nothing was sent.")
    if not Reminder.objects.filter(pk=reminder.pk, chair_at=None).update(chair_at=clock.now()):
        raise Conflict("The chair of governors has been written to already.")
    name, email = chair
    settings = settings_of(invoice.partnership, IssuerSettings)
    written = write_about(invoice, "invoices/to_chair.txt", settings, by, to=email, name=name, left=pounds(invoice.owed))
    record_about("invoices.write_to_chair", invoice, by)
    return written


STEP_DAYS = ("first_reminder", "second_reminder", "call_after", "reminders_by_themselves")


@transaction.atomic
def change_reminders(
    *,
    partnership: Partnership,
    first_reminder: int,
    second_reminder: int,
    call_after: int,
    reminders_by_themselves: bool,
    version: str,
    by: Standing,
) -> IssuerSettings:
    """Settle after how many days each step comes, and whether reminders go out by themselves. Raises Invalid, Stale."""
    require(may_issue_invoices(by, partnership.pk))
    if problems := step_days_problem(first_reminder, second_reminder, call_after):
        raise Invalid(**problems)
    now = settings_of(partnership, IssuerSettings)
    settings = replace(
        now,
        first_reminder=first_reminder,
        second_reminder=second_reminder,
        call_after=call_after,
        reminders_by_themselves=reminders_by_themselves,
    )
    partnerships.change_settings(
        partnership=partnership, settings=settings, names=STEP_DAYS, version=version, may=may_issue_invoices, by=by
    )
    audit.record("invoices.change_reminders", row=partnership.pk, partnership=partnership.pk, by=by)
    return settings
