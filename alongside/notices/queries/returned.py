"""Addresses that do not work, for whoever shows or writes to them."""

from collections.abc import Iterable

from alongside.core.standing import Standing
from alongside.notices.models import Returned
from alongside.notices.rules import Came

DEAD = [Came.PERMANENT.value, Came.FULL.value, Came.BLOCKED.value]


def addresses_that_came_back(addresses: Iterable[str], *, viewer: Standing) -> dict[str, str]:
    """Of these addresses, in lower case, those from which mail came back and that the office has not settled, with why."""
    asked = {one.lower() for one in addresses if one}
    rows = Returned.objects.visible_to(viewer).filter(address__in=asked, came__in=DEAD, cleared_at=None).order_by("at")
    return {address: Came(came).label for address, came in rows.values_list("address", "came")}
