"""The letters before a partnership's numbers."""

import re

from django.db import IntegrityError, transaction

from alongside.ground.core.verdict import Invalid
from alongside.members.partnerships.models import Partnership
from alongside.money.invoices.models.invoices import Series


def choose_series(partnership: Partnership, prefix: str, issued: bool) -> None:
    """Choose the letters before the numbers; they stay once an invoice has gone out. Raises Invalid with what to do."""
    prefix = prefix.strip().upper()
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", prefix):
        raise Invalid(series="Enter two to eight letters or figures, beginning with a letter, like ELP")
    there = Series.objects.filter(partnership=partnership).first()
    if there is not None and there.prefix == prefix:
        return
    if there is not None and issued:
        raise Invalid(
            series=f"Invoices have gone out as {there.prefix}: the series stays, so that its numbers run on without a gap"
        )
    try:
        with transaction.atomic():
            if there is None:
                Series.objects.create(partnership=partnership, prefix=prefix)
            else:
                Series.objects.filter(pk=there.pk, last=0).update(prefix=prefix)
    except IntegrityError:
        raise Invalid(series=f"Another partnership here numbers its invoices {prefix}: choose other letters") from None
