"""How a partnership's fees are set up, and its fee year."""

from dataclasses import dataclass

from django.db.models import IntegerField, Subquery

from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.bank.queries import lines_waiting
from alongside.money.budget.models import FeeYear
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.rules.settings import Issuer, missing_details


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


def standing_of_fees(partnership: Partnership, settings: FeeSettings | None = None, *, viewer: Standing) -> FeesNow:
    """How the fees of a partnership are set up, as far as the viewer has to do with it: two queries, one with the settings."""
    found = FeeYear.objects.visible_to(viewer).select_related("partnership__invoice_series")
    lines = Subquery(lines_waiting(partnership, viewer=viewer), output_field=IntegerField())
    years = tuple(found.filter(partnership=partnership).annotate(lines=lines).order_by("number"))
    year = years[-1] if years else None
    series = year.partnership.invoice_series if year else None
    prefix, last = (series.prefix, series.last) if series else ("", 0)
    return FeesNow(settings or settings_of(partnership, FeeSettings), year, prefix, last, years, (year.lines or 0) if year else 0)
