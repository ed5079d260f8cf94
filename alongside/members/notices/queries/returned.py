"""Addresses that do not work, for whoever shows or writes to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of
from alongside.members.notices.models import Returned
from alongside.members.notices.rules.bounces import Came

DEAD = [Came.PERMANENT.value, Came.FULL.value, Came.BLOCKED.value]


@dataclass(frozen=True)
class CameBack:
    """Mail to an address came back: when, why, and what the office may do about it."""

    on: date
    why: str
    remedy: str


def mail_that_came_back(addresses: Iterable[str], *, viewer: Standing) -> dict[str, CameBack]:
    """Of these addresses, in lower case, those from which mail came back and that the office has not settled.

    The latest of each address, in one query for a page.
    """
    asked = {one.lower() for one in addresses if one}
    if not asked:
        return {}
    rows = Returned.objects.visible_to(viewer).filter(address__in=asked, came__in=DEAD, cleared_at=None).order_by("at")
    return {
        address: CameBack(day_of(at), Came(came).label, Came(came).what_to_do)
        for address, came, at in rows.values_list("address", "came", "at")
    }
