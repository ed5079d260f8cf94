"""What waits, and what is dated, about year 2, the board's decisions and schools that have gone."""

from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import as_dates, as_needs
from alongside.members.membership.models import Roll
from alongside.members.partnerships.rules import Template
from alongside.money.budget.models import FeeYear
from alongside.money.fees.models import Reduction, Settled
from alongside.money.fees.queries.due import still_to_ask
from alongside.money.fees.queries.liability import gone_by, to_take_back
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import OPEN

IN_TIME = timedelta(days=60)  # year 2 is to be opened so long before its invoices go out


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """For the office: a next year to be opened, a reduction that nobody has decided, schools gone without a decision or withdrawn
    with an invoice, and those that can be asked for their fee."""
    years = FeeYear.objects.visible_to(viewer).filter(partnership__in=viewer.offices)
    later = FeeYear.objects.filter(partnership=OuterRef("partnership"), number__gt=OuterRef("number"))
    decided = Reduction.objects.filter(fee_year=OuterRef("pk"), decision__superseded_by=None)
    asked = Invoice.objects.filter(claim__fee_year=OuterRef("pk"))
    to_open = years.filter(~Exists(later), next_on__lte=on + IN_TIME)
    undecided = years.filter(~Exists(decided), ~Exists(asked), number__gt=1)
    return [
        as_needs(to_open, "fees.open_year_two", label=Cast(F("number") + 1, CharField()), due_on="next_on"),
        as_needs(undecided, "fees.reduction_undecided", label=Cast("number", CharField())),
        _liabilities(viewer, on),
        _to_take_back(viewer),
        _to_ask(viewer, on),
    ]


def _to_ask(viewer: Standing, on: date) -> QuerySet[Any]:
    """Schools that can be asked for a year's fee: the first year's once the roll stands, a later one's from its day on."""
    of = {"partnership": OuterRef("partnership")}
    before = FeeYear.objects.filter(**of, number=OuterRef("year") - 1)
    begun = Exists(Roll.objects.filter(**of)) | Q(partnership__template=Template.TRUST) | Exists(Invoice.objects.filter(**of))
    waiting = still_to_ask(viewer, on).annotate(day=Subquery(before.values("next_on")[:1])).filter(
        begun, Q(day=None) | Q(day__lte=on)
    )  # fmt: skip
    grouped = waiting.order_by().values("partnership_id", "partnership__slug", "partnership__name", "year", "day").annotate(
        how_many=Count("school", distinct=True)
    )  # fmt: skip
    words = {"label": Cast("year", CharField()), "number": "how_many", "due_on": "day"}
    return as_needs(grouped, "fees.to_ask", key="partnership_id", **words)


def _to_take_back(viewer: Standing) -> QuerySet[Any]:
    """Schools that withdrew after they had been asked, with an invoice that is still to be credited."""
    rows = to_take_back(viewer).filter(partnership__in=viewer.offices).order_by()
    grouped = rows.values("partnership_id", "partnership__slug", "partnership__name").annotate(
        how_many=Count("school", distinct=True), first=Min("school_name")
    )  # fmt: skip
    return as_needs(grouped, "fees.to_take_back", key="partnership_id", label="first", number="how_many")


def _liabilities(viewer: Standing, on: date) -> QuerySet[Any]:
    of = {"partnership": OuterRef("partnership"), "school": OuterRef("school")}
    settled = Settled.objects.filter(**of, replaced_at=None)
    asked = Invoice.objects.filter(**of)
    first = Exists(asked.filter(OPEN, claim__fee_year__number=1)) & ~Exists(settled.filter(year=1))
    second = ~Exists(asked.exclude(OPEN).filter(claim__fee_year__number=2)) & ~Exists(settled.filter(year=2))
    gone = gone_by(on, viewer).filter(first | second, partnership__in=viewer.offices)
    grouped = (
        gone.exclude(partnership__template=Template.TRUST)
        .order_by()
        .values("partnership_id", "partnership__slug", "partnership__name")
        .annotate(how_many=Count("school", distinct=True))
    )
    return as_needs(grouped, "fees.liabilities", key="partnership_id", number="how_many")


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """For the office: when the next year's invoices go out, when a supported year ends, and the evaluation."""
    years = FeeYear.objects.visible_to(viewer).filter(partnership__in=viewer.offices)
    between, this = (start, end), Cast("number", CharField())
    return [
        as_dates(
            years.filter(next_on__range=between), "fees.year_out", label=Cast(F("number") + 1, CharField()), first_on="next_on"
        ),
        as_dates(years.filter(supported_until__range=between), "fees.year_ends", label=this, first_on="supported_until"),
        as_dates(years.filter(evaluation_on__range=between), "fees.evaluation", first_on="evaluation_on"),
    ]
