"""Opening a year of a partnership's money, with the claim by which its schools are asked for the fee."""

from datetime import date

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import lock
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.models import FeeYear
from alongside.money.invoices.actions.issuing import open_claim
from alongside.money.invoices.models.invoices import Invoice, Series
from alongside.money.invoices.permissions import may_issue_invoices

FEE = "fee"  # the kind of a fee year's claim


@transaction.atomic
def open_fee_year(
    *, partnership: Partnership, number: int, amount: int, support_words: str = "", payment_days: int = 30, by: Standing
) -> FeeYear:
    """Open a fee year, or change one from which nothing has been issued yet. Raises Invalid when it is too late."""
    require(may_issue_invoices(by, partnership.pk))
    lock(Series.objects.get(partnership=partnership))  # no run starts while the fee changes
    values = {"amount": amount, "support_words": support_words, "payment_days": payment_days}
    year = FeeYear.objects.filter(partnership=partnership, number=number).first()
    if year is None:
        if number != 1 and not FeeYear.objects.filter(partnership=partnership, number=number - 1).exists():
            raise Conflict(f"Fee year {number} comes after fee year {number - 1}.")
        year = FeeYear(partnership=partnership, number=number, opened_at=clock.now(), **values)
        year.claim = open_claim(partnership=partnership, kind=FEE, row=year.pk, words=f"Fee for year {number}", by=by)
        year.save(force_insert=True)
        facts = {"number": number, "amount": amount}
        audit.record("budget.open_year", row=year.pk, partnership=partnership.pk, facts=facts, by=by)
        return year
    if amount != year.amount and Invoice.objects.filter(claim=year.claim_id).exists():
        raise Invalid(year_one_fee="Invoices for this year have gone out: every school pays the same, so the fee stays")
    FeeYear.objects.filter(pk=year.pk).update(**values)
    year.refresh_from_db()
    return year


def date_years(partnership: Partnership, days: dict[str, dict[str, date | str | None]]) -> None:
    """Keep the days that calendars show beside each fee year of that id, as they are worked out above."""
    for year, of_year in days.items():
        FeeYear.objects.filter(pk=year, partnership=partnership).update(**of_year)
