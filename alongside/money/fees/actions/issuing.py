"""Setting the fees up, the issue run of a year's fee, and the days of the years that calendars show."""

from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.documents.rules import reference
from alongside.ground.web.models import says_the_same
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.budget.actions import years
from alongside.money.budget.actions.years import open_fee_year
from alongside.money.budget.models import FeeYear
from alongside.money.fees.permissions import may_charge
from alongside.money.fees.queries.due import schools_due
from alongside.money.fees.queries.signed import signed_texts
from alongside.money.fees.queries.terms import terms_of
from alongside.money.fees.queries.year_two import days_of_years
from alongside.money.fees.rules.issuing import shown_in_run
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.rules.signed import fee_problem
from alongside.money.invoices.actions.issuing import choose_series, issue_run, run_before
from alongside.money.invoices.models.invoices import Invoice, IssueRun, Series
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.papers import suggested_series
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import Issuer, missing_details


@transaction.atomic
def set_up_fees(*, partnership: Partnership, settings: FeeSettings, prefix: str = "", version: str, by: Standing) -> FeeYear:
    """Settle who issues, what stands on an invoice and the first year's fee. Raises Invalid with what to do, Stale.

    The issuer, the series and the fee of a year stay as they are once an invoice has been issued.
    """
    require(may_issue_invoices(by, partnership.pk))
    issued = Invoice.objects.filter(partnership=partnership).exists()
    _check(settings, settings_of(partnership, FeeSettings), issued)
    if not issued and (why := fee_problem(settings.year_one_fee, signed_texts(partnership, 1, viewer=by))):
        raise Invalid(year_one_fee=why)
    choose_series(partnership, prefix or suggested_series(partnership, viewer=by), issued)
    partnerships.change_settings(partnership=partnership, settings=settings, version=version, may=may_issue_invoices, by=by)
    year = open_fee_year(
        partnership=partnership,
        number=1,
        amount=settings.year_one_fee,
        support_words=settings.support_words,
        payment_days=settings.payment_days,
        by=by,
    )
    date_years(partnership=partnership, by=by)
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
def issue_invoices(
    *,
    partnership: Partnership,
    key: str,
    number: int | None = None,
    seen: WasSeen,
    at_maximum: bool = False,
    by: Standing,
) -> IssueRun | None:
    """Issue the fee of a year (the latest) to every school that it is due from; gives the run, or nothing if none is due.

    `key` is made by the client: the same key again is the same run. `seen` is what the preview showed;
    Conflict when anything of that is otherwise by now, or when details are missing. A later year is issued when a decision on
    its reduction stands, or when whoever presses says that it goes out `at_maximum`.
    """
    require(may_issue_invoices(by, partnership.pk))
    settings = settings_of(partnership, FeeSettings)
    missing = missing_details(settings)
    years = tuple(FeeYear.objects.select_related("claim__partnership").filter(partnership=partnership).order_by("number"))
    year = next((one for one in reversed(years) if number in (None, one.number)), None)
    if missing or year is None:
        raise Conflict("Nothing was issued: the set-up of fees is not complete.")
    if (done := run_before(key, partnership)) is not None:
        return done if number is None else says_the_same(done, claim_id=year.claim_id)
    year.refresh_from_db(fields=["amount", "support_words", "payment_days"])
    terms = terms_of(partnership, year, years, settings, viewer=by)
    if year.number > 1 and terms.reduction is None and not at_maximum:
        raise Conflict(
            f"Nothing was issued: no decision on the reduction of the year {year.number} fee is written down. Enter the board's "
            "decision with its minute, or say that the invoices go out at the maximum."
        )
    ready, not_due = schools_due(terms, clock.today())
    series = Series.objects.get(partnership=partnership)
    shown = shown_in_run(ready, settings, reference(series.prefix, series.last + 1), terms.decision)
    shown.agree(seen, "Nothing was issued.")
    if not ready:
        if beyond := sum(1 for one in not_due if one.signed):
            raise Conflict(
                f"Nothing was issued: {plural(beyond, 'school')} signed for less than the fee that is set. Set the lower sum, or "
                "publish a version of the prospectus that says the higher one, for the schools to sign."
            )
        return None
    for one in ready:  # a member is charged its yearly fee and nothing else, here as everywhere
        require(may_charge(one.net, is_member=True, is_annual_fee=one.net <= year.amount))
    link = ("Who owes what", reverse("fees:overview", args=[partnership.slug]))
    run = issue_run(claim=year.claim, ready=ready, key=key, link=link, by=by)
    facts = {"year": year.number, "cut": terms.reduction.each if terms.reduction else 0}
    audit.record("fees.issue", row=run.pk, partnership=partnership.pk, facts=facts, by=by)
    date_years(partnership=partnership, by=by)
    return run


@transaction.atomic
def date_years(*, partnership: Partnership, by: Standing) -> None:
    """Work the days of every fee year out anew: after a year was opened, issued for the first time, or settled otherwise."""
    years.date_years(partnership, days_of_years(partnership, viewer=by))
