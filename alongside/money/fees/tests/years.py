"""Partnerships in their second year."""

from datetime import date

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.partnerships.models import Partnership
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.tests import make
from alongside.money.invoices.models.invoices import Invoice

MINUTE = {"body": "Partnership Board", "decided_on": date(2023, 3, 13), "reference": "PB 23/07"}
MARCH, APRIL = clock.start_of(date(2023, 3, 20), 12), clock.start_of(date(2023, 4, 3), 12)


def opened(count: int = 3, **changes: object) -> Partnership:
    """A partnership whose first year has been asked for, with year 2 open; the clock stands in March 2023 after it."""
    of = make.issued(count, **changes)[0].partnership
    with clock.at(MARCH):
        year_two.open_next_year(partnership=of, by=make.office(of))
    return of


def issue(of: Partnership, **more: object) -> list[int]:
    """Issue year 2; gives the totals."""
    issuing.issue_invoices(partnership=of, key=keys.new_key(), number=2, seen=UNSEEN, by=make.office(of), **more)
    return list(Invoice.objects.filter(claim__fee_year__number=2).order_by("number").values_list("total", flat=True))
