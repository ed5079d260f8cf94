"""The numbers that were given out, and none that is lost."""

from alongside.ground.core.standing import Standing
from alongside.ground.documents.rules import numbers_missing
from alongside.members.partnerships.models import Partnership
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice, MoneyPaper, Series
from alongside.money.invoices.rules.invoices import series_for


def suggested_series(partnership: Partnership, *, viewer: Standing) -> str:
    """The initials of the partnership that no other one uses; its own once chosen."""
    taken = dict(Series.objects.values_list("partnership_id", "prefix"))  # every partnership's: a number names one invoice
    return taken.get(partnership.pk) or series_for(partnership.name, taken.values())


def numbers_lost(partnership: Partnership, *, viewer: Standing) -> list[int]:
    """Numbers that were given out and have no invoice: none, ever."""
    return _lost(Invoice, "last", partnership, viewer)


def credits_lost(partnership: Partnership, *, viewer: Standing) -> list[int]:
    """Numbers that were given out and have no credit note: none, ever."""
    return _lost(CreditNote, "last_credit", partnership, viewer)


def _lost(papers: type[MoneyPaper], column: str, partnership: Partnership, viewer: Standing) -> list[int]:
    last = Series.objects.visible_to(viewer).filter(partnership=partnership).values_list(column, flat=True).first()
    numbers = papers._default_manager.filter(series__partnership=partnership).values_list("number", flat=True)
    return numbers_missing(numbers, last) if last else []
