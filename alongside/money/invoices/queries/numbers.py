"""The numbers that were given out, and none that is lost."""

from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice, Series
from alongside.money.invoices.rules.invoices import numbers_missing, series_for


def suggested_series(partnership: Partnership, *, viewer: Standing) -> str:
    """The initials of the partnership that no other one uses; its own once chosen."""
    taken = dict(Series.objects.values_list("partnership_id", "prefix"))  # every partnership's: a number names one invoice
    return taken.get(partnership.pk) or series_for(partnership.name, taken.values())


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
