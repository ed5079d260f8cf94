"""Choosing the issuer, and opening the first fee year."""

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.budget.actions.years import open_fee_year
from alongside.money.budget.models import FeeYear
from alongside.money.fees.actions.dating import date_years
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.actions.issuing import choose_series
from alongside.money.invoices.models.invoices import Invoice
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
    date_years(partnership, by)
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
