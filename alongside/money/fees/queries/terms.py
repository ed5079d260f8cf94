"""How a partnership's fees are set up, and what a year asks of a school: its months, the term, what was taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import IntegerField, Subquery

from alongside.ground.core import clock
from alongside.ground.core.money import short_pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, plural
from alongside.members.calendar.queries.days import nation_of, typed_by
from alongside.members.calendar.rules.bank_holidays import WorkingDays
from alongside.members.calendar.rules.settings import Nation
from alongside.members.membership.rules.dates import Dates, MembershipSettings, dates_of, term_year
from alongside.members.partnerships.models import Partnership, Setting
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Template, in_force
from alongside.money.bank.queries import lines_waiting
from alongside.money.budget.models import FeeYear
from alongside.money.fees.models import Reduction
from alongside.money.fees.rules.issuing import fee_line
from alongside.money.fees.rules.liability import begins_with, owes_year
from alongside.money.fees.rules.reduction import JoinerFee, cut_for, cut_words, fee_for_year, months_left
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.rules.invoices import Line
from alongside.money.invoices.rules.settings import Issuer, missing_details


@dataclass(frozen=True)
class Terms:
    """What one fee year asks of the schools of a partnership."""

    partnership: Partnership
    year: FeeYear
    before: FeeYear | None
    opened: dict[int, date]
    settings: FeeSettings
    dates: Dates
    term_years: int
    reduction: Reduction | None
    nation: Nation | None = None

    @property
    def supported(self) -> tuple[date, date]:
        """The first and the last day of the months that the fee supports."""
        return term_year(self.dates, self.year.number)

    @cached_property
    def working(self) -> WorkingDays:
        """The working days of the partnership's nation: one query, two where the nation is not known yet."""
        return typed_by([]).working[self.nation or nation_of(self.partnership)]

    @property
    def decision(self) -> str:
        """The decision that the reduction rests on."""
        return str(self.reduction.decision) if self.reduction else ""

    def begins(self, joined_on: date) -> int:
        """The year with which a school that joined on that day begins."""
        return begins_with(joined_on, self.opened)

    def owes(self, joined_on: date, belongs: bool) -> bool:
        """Whether a signed member owes this year."""
        return owes_year(self.year.number, term_years=self.term_years, belongs=belongs, begins_with=self.begins(joined_on))

    def months(self, joined_on: date) -> int:
        """How many months of this year a school is asked for."""
        first, last = self.supported
        if self.settings.joiner_fee != JoinerFee.PRO_RATA or joined_on <= first:
            return 12
        return months_left((joined_on.year, joined_on.month), (first.year, first.month), (last.year, last.month))

    def cut(self, charged_before: int) -> int:
        """What is taken off for a school that was asked for so much the year before."""
        if self.reduction is None or self.before is None:
            return 0
        return cut_for(
            self.reduction.each,
            charged_before=charged_before,
            full_before=self.before.amount,
            joiners=self.settings.joiner_cut,
        )

    def line(self, joined_on: date, charged_before: int) -> Line:
        """The line of a school's invoice for this year."""
        cut, months, year = self.cut(charged_before), self.months(joined_on), self.year
        less = [cut_words(year.amount, cut, self.decision), f"For {months} of its twelve months." if months < 12 else ""]
        return fee_line(
            self.partnership.name,
            year.number,
            fee_for_year(year.amount, cut, months=months),
            year.support_words,
            self.settings.vat_code,
            " ".join(one for one in less if one),
        )


def standing_reduction(year: FeeYear, *, viewer: Standing) -> Reduction | None:
    """The reduction of a year that no later decision has taken the place of."""
    found = Reduction.objects.visible_to(viewer).select_related("decision")
    return found.filter(fee_year=year, decision__superseded_by=None).order_by("-decision__entered_at").first()


def terms_of(
    partnership: Partnership,
    year: FeeYear,
    years: Sequence[FeeYear],
    settings: FeeSettings,
    membership: MembershipSettings | None = None,
    nation: Nation | None = None,
    *,
    viewer: Standing,
) -> Terms:
    """The terms of one year among the years that have been opened: two queries, one where membership's settings are known."""
    membership = membership or settings_of(partnership, MembershipSettings)
    return Terms(
        partnership,
        year,
        next((one for one in years if one.number == year.number - 1), None),
        {one.number: day_of(one.opened_at) for one in years if one.number > 1},
        settings,
        dates_of(membership, partnership.started_on),
        0 if partnership.template_kind is Template.TRUST else membership.term_years,
        standing_reduction(year, viewer=viewer) if year.number > 1 else None,
        nation,
    )


def asked_of_joiners(*, partnership: Partnership, viewer: Standing) -> list[str]:
    """What a school that joins today is asked for: the year with which it begins, and that none before is asked."""
    years = list(FeeYear.objects.visible_to(viewer).filter(partnership=partnership).order_by("number"))
    today, fees = clock.today(), settings_of(partnership, FeeSettings)
    begins = begins_with(today, {one.number: day_of(one.opened_at) for one in years if one.number > 1})
    if (year := next((one for one in years if one.number == begins), None)) is None:
        return []
    terms = terms_of(partnership, year, years, fees, viewer=viewer)
    line, months = terms.line(today, 0), terms.months(today)
    vat = f" and {short_pounds(line.vat)} VAT" if line.vat else ""
    part = f" for {plural(months, 'month')} of it" if months < 12 else ""
    said = f"The fee begins with year {begins}: {short_pounds(line.net)}{vat}{part}."
    return [f"{said} Earlier years are not asked for." if begins > 1 else said]


def both_settings(partnership: Partnership, *, viewer: Standing) -> tuple[FeeSettings, MembershipSettings]:
    """The settings of fees and of membership that are in force today: one query."""
    fees, membership = settings_in_force(partnership, FeeSettings, MembershipSettings, viewer=viewer)
    return fees, membership


def settings_in_force(partnership: Partnership, *kinds: Any, viewer: Standing) -> list[Any]:
    """The settings of several rooms that are in force today: one query."""
    found = Setting.objects.visible_to(viewer).filter(partnership=partnership, app__in=[one.app for one in kinds])
    changes: dict[str, list[tuple[date, dict[str, Any]]]] = {}
    for app, from_on, values in found.values_list("app", "from_on", "values"):
        changes.setdefault(app, []).append((from_on, values))
    template, today = partnership.template_kind, clock.today()
    return [in_force(one.for_template(template), changes.get(one.app, ()), today) for one in kinds]


@dataclass(frozen=True)
class FeesNow:
    """The settings in force today, the latest fee year, the series of its numbers, and how many lines of the bank wait."""

    settings: FeeSettings
    year: FeeYear | None
    prefix: str
    last: int
    years: tuple[FeeYear, ...] = ()
    lines_waiting: int = 0

    def numbered(self, number: int | None) -> FeeYear | None:
        """The fee year of that number; the latest where none is named."""
        return self.year if number is None else next((one for one in self.years if one.number == number), None)

    @property
    def missing(self) -> list[str]:
        """What has to be said before anything can be issued."""
        return missing_details(self.settings)

    @property
    def document(self) -> str:
        """What schools get: invoice, charge or journal."""
        return Issuer(self.settings.issuer).document


def standing_of_fees(partnership: Partnership, settings: FeeSettings | None = None, *, viewer: Standing, **more: Any) -> FeesNow:
    """How the fees of a partnership are set up, as far as the viewer has to do with it: two queries, one with the settings;
    `more` is asked of each year."""
    found = FeeYear.objects.visible_to(viewer).select_related("partnership__invoice_series")
    lines = Subquery(lines_waiting(partnership, viewer=viewer), output_field=IntegerField())
    years = tuple(found.filter(partnership=partnership).annotate(lines=lines, **more).order_by("number"))
    year = years[-1] if years else None
    series = year.partnership.invoice_series if year else None
    prefix, last = (series.prefix, series.last) if series else ("", 0)
    return FeesNow(settings or settings_of(partnership, FeeSettings), year, prefix, last, years, (year.lines or 0) if year else 0)
