"""Choosing the issuer, and opening a fee year."""

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.rows import lock
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.fees.actions.dating import date_years
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.actions.numbers import choose_series
from alongside.money.invoices.models.invoices import FeeYear, Invoice, Series
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.numbers import suggested_series
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import Issuer


@transaction.atomic
def set_up_fees(*, partnership: Partnership, settings: FeeSettings, prefix: str = "", version: str, by: Standing) -> FeeYear:
    """Settle who issues, what stands on an invoice and the first year's fee. Raises Invalid with what to do, Stale.

    The issuer, the series and the fee of a year stay as they are once an invoice has been issued.
    """
    require(may_issue_invoices(by, partnership.pk))
    issued = Invoice.objects.filter(partnership=partnership).exists()
    _check(settings, settings_of(partnership, FeeSettings), issued)
    choose_series(partnership, prefix or suggested_series(partnership, viewer=by), issued)
    partnerships.change_settings(partnership=partnership, settings=settings, version=version, by=Standing.system(by.person))
    year = open_fee_year(
        partnership=partnership,
        number=1,
        amount=settings.year_one_fee,
        support_words=settings.support_words,
        payment_days=settings.payment_days,
        by=by,
    )
    audit.record(
        "fees.set_up",
        row=year.pk,
        partnership=partnership.pk,
        facts={"issuer": str(settings.issuer), "fee": settings.year_one_fee},
        by=by,
    )
    return year


def _check(settings: FeeSettings, before: FeeSettings, issued: bool) -> None:
    problems = {}
    if settings.issuer not in {one.value for one in Issuer if one.value}:
        problems["issuer"] = "Choose who issues the invoices"
    if settings.vat_code not in {one.value for one in VatCode}:
        problems["vat_code"] = "Choose a VAT code"
    if settings.vat_code == VatCode.STANDARD and not settings.vat_number.strip():
        problems["vat_code"] = "Only a supplier who is registered for VAT can charge it: enter the VAT registration number first"
    if issued and settings.issuer != before.issuer:
        problems["issuer"] = "The issuer was chosen when the first invoices went out and stays"
    if problems:
        raise Invalid(**problems)


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
        year = FeeYear.objects.create(partnership=partnership, number=number, opened_at=clock.now(), **values)
        date_years(partnership, by)
        audit.record("fees.open_year", row=year.pk, partnership=partnership.pk, facts={"number": number, "amount": amount}, by=by)
        return year
    if amount != year.amount and Invoice.objects.filter(fee_year=year).exists():
        raise Invalid(year_one_fee="Invoices for this year have gone out: every school pays the same, so the fee stays")
    FeeYear.objects.filter(pk=year.pk).update(**values)
    year.refresh_from_db()
    return year
