"""How a partnership's fees are set up, and its fee year."""

from dataclasses import dataclass

from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.schools.models import School
from alongside.money.fees.models import CreditNote, FeeYear, Invoice, Series
from alongside.money.fees.rules import FeeSettings, Issuer, missing_details, numbers_missing, series_for


@dataclass(frozen=True)
class FeesNow:
    """The settings in force today, the latest fee year, and the series of its numbers."""

    settings: FeeSettings
    year: FeeYear | None
    prefix: str
    last: int
    years: tuple[FeeYear, ...] = ()

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
    years = tuple(found.filter(partnership=partnership).order_by("number"))
    year = years[-1] if years else None
    series = year.partnership.invoice_series if year else None
    prefix, last = (series.prefix, series.last) if series else ("", 0)
    return FeesNow(settings or settings_of(partnership, FeeSettings), year, prefix, last, years)


def suggested_series(partnership: Partnership, *, viewer: Standing) -> str:
    """The initials of the partnership that no other one uses; its own once chosen."""
    taken = dict(Series.objects.values_list("partnership_id", "prefix"))  # every partnership's: a number names one invoice
    return taken.get(partnership.pk) or series_for(partnership.name, taken.values())


def school_of(partnership: Partnership, urn: int, *, viewer: Standing) -> School | None:
    """The school of the partnership that has, or once had, that URN, where the viewer may know that it belongs."""
    seen = Membership.objects.visible_to(viewer).filter(partnership=partnership, school__establishments__urn=urn)
    return School.objects.filter(pk__in=seen.values("school")).first()


def numbers_lost(partnership: Partnership, *, viewer: Standing) -> list[int]:
    """Numbers that were given out and have no invoice: none, ever."""
    series = Series.objects.visible_to(viewer).filter(partnership=partnership).first()
    if series is None:
        return []
    return numbers_missing(Invoice.objects.filter(series=series).values_list("number", flat=True), series.last)


def credits_lost(partnership: Partnership, *, viewer: Standing) -> list[int]:
    """Numbers that were given out and have no credit note: none, ever."""
    series = Series.objects.visible_to(viewer).filter(partnership=partnership).first()
    if series is None:
        return []
    return numbers_missing(CreditNote.objects.filter(series=series).values_list("number", flat=True), series.last_credit)
