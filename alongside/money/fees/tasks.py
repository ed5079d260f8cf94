"""Work after the transaction."""

from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.money.fees.actions import issuing

FOLLOWS = (("membership", "date_years"),)


def date_years(partnership_id: str) -> None:
    """Work the days of every fee year out anew: the dates that they follow from were changed."""
    issuing.date_years(partnership=Partnership.objects.get(pk=partnership_id), by=Standing.system())
