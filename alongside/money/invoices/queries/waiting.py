"""What waits about invoices, and when they are due, for the pages that gather from every app."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, DateTimeField, ExpressionWrapper, Min, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import short_date
from alongside.ground.web.models import of_own_schools
from alongside.ground.web.needs import as_dates, as_needs
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import SETTLED, Invoice, Query
from alongside.money.invoices.queries.invoices import OPEN

ANSWERED_WITHIN = timedelta(days=7)  # of the asking, however old the invoice is
OF = ("partnership_id", "partnership__slug", "partnership__name")


def _counted(rows: QuerySet[Any], what: str, first: str, of: tuple[str, ...] = OF) -> QuerySet[Any]:
    grouped = rows.order_by().values(*of).annotate(how_many=Count("pk"), first=Min(first))
    slug, name = of[1], of[2]
    return as_needs(grouped, what, key=of[0], slug=slug, partnership=name, number="how_many", due_on="first")


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """For the office what is overdue, queried and to ring about; for a school what is to be paid; for both who pays later."""
    office = Invoice.objects.visible_to(viewer).filter(OPEN, partnership__in=viewer.offices)
    calls = Reminder.objects.filter(invoice__in=office.filter(queried=False), done_at=None)
    own = Invoice.objects.visible_to(viewer).filter(OPEN, of_own_schools(viewer), queried=False)
    asked = Invoice.objects.visible_to(viewer).filter(
        Q(partnership__in=viewer.offices) | of_own_schools(viewer), payer_asked=True
    )
    through = ("invoice__partnership_id", "invoice__partnership__slug", "invoice__partnership__name")
    open_queries = Query.objects.filter(invoice__in=office.filter(queried=True), answered_at=None)
    due = TruncDate(ExpressionWrapper(Min("asked_at") + ANSWERED_WITHIN, output_field=DateTimeField()), tzinfo=clock.LONDON)
    grouped = open_queries.order_by().values(*through)
    queries = grouped.annotate(how_many=Count("invoice", distinct=True), reference=Min("invoice__reference"), due=due)
    columns = {"slug": through[1], "partnership": through[2], "due_on": "due"}
    return [
        _counted(office.filter(queried=False, due_on__lt=on), "invoices.overdue", "due_on"),
        as_needs(queries.filter(how_many=1), "invoices.query", **columns, key="reference", label="reference"),
        as_needs(queries.filter(how_many__gt=1), "invoices.queried", **columns, key="invoice__partnership_id", number="how_many"),
        _counted(calls, "invoices.to_ring", "on", through),
        as_needs(asked, "invoices.payer_asked", key="reference", label="school_name"),
        as_needs(own, "invoices.to_pay", key="reference", label="school_name", due_on="due_on"),
    ]


def stays_asked_for(*, partnership: Partnership, school: School, viewer: Standing) -> list[str]:
    """When a school leaves, its invoices stand: those that are open, and those that are paid."""
    rows = Invoice.objects.visible_to(viewer).filter(partnership=partnership, school=school).order_by("issued_on", "number")

    def said(one: Invoice) -> str:
        shows = viewer.sees_money_of(partnership.pk)
        return f": {pounds(one.owed)} is due on {short_date(one.due_on)}" if shows else ""

    return [
        f"Invoice {one.reference} stands{said(one)}. Withdrawing does not cancel it: "
        "the office issues a credit note where nothing is owed any more."
        if one.owed
        else f"Invoice {one.reference} is paid: withdrawing brings no money back by itself."
        for one in rows
        if one.owed or one.paid
    ]


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """When a school's invoices are due; for the office one date for each run. What is settled stays, as cancelled."""
    due = Invoice.objects.visible_to(viewer).filter(due_on__range=(start, end))
    settled = Case(When(total__lte=SETTLED, then=Value(True)), default=Value(False), output_field=BooleanField())
    runs = due.filter(partnership__in=viewer.offices).order_by().values("run_id", "due_on", *OF[1:]).annotate(
        still=Count("pk", filter=Q(total__gt=SETTLED))
    )  # fmt: skip
    over = Case(When(still=0, then=Value(True)), default=Value(False), output_field=BooleanField())
    return [
        as_dates(
            due.filter(of_own_schools(viewer)), "invoices.due", key="reference", label="school_name", first_on="due_on",
            is_cancelled=settled,
        ),
        as_dates(runs, "invoices.run_due", key="run_id", first_on="due_on", is_cancelled=over),
    ]  # fmt: skip
