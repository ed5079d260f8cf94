"""What every app has waiting for somebody, joined into one question to the database; and dates at a glance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from alongside.across.home.rules.overview import urgency
from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.declaration import Urgency
from alongside.ground.core.standing import Standing
from alongside.ground.web import compiled, declared
from alongside.ground.web.needs import NEED_COLUMNS, NeedRow, address_of, joined
from alongside.members.membership.queries import needs as membership
from alongside.members.partnerships.models import Partnership


def all_needs(*, viewer: Standing, on: date, open_now: frozenset[str], ripe: frozenset[str], written_by: date) -> QuerySet[Any]:
    """What waits for the viewer, of all apps. The few rows are put in order afterwards: SQLite would sort each part by itself."""
    return joined(declared.gathered("needs", viewer=viewer, on=on, open_now=open_now, ripe=ripe, written_by=written_by))


MOST_NEEDS = 200
MANY = 3  # so many of one kind stand as one on a page that shows the year at a glance
SOONEST = list(Urgency)


@dataclass(frozen=True)
class Need:
    """Something that waits for the viewer: how soon, what, and the address where it is done; its kind, how
    many minutes it takes, and for which school where the viewer has several."""

    when: Urgency
    words: str
    href: str
    due_on: date | None
    partnership: str
    what: str
    minutes: int
    school: str = ""

    @property
    def about(self) -> str:
        """For which school, and of which partnership."""
        return ", ".join(filter(None, [self.school, self.partnership]))


def needs_of(
    partnership: Partnership | None = None, *, viewer: Standing, running: membership.Signups | None = None
) -> list[Need]:
    """What waits for the viewer, soonest first: in all their partnerships, or in one.

    `running` are the sign-ups, for a page that also asks for dates.
    """
    today = clock.today()
    who = viewer.within(partnership.pk) if partnership else viewer
    running = membership.signups(viewer=who, on=today) if running is None else running
    open_now, ripe = membership.open_and_ripe(running, viewer=who, on=today)
    cut = membership.told_by(open_now, running, on=today)
    found = compiled.rows(all_needs, NEED_COLUMNS, viewer=who, on=today, open_now=open_now, ripe=ripe, written_by=cut)
    rows = membership.on_their_days((NeedRow(*row) for row in found), running)
    several = len(viewer.schools) > 1
    wanted = [_need(row, today, several) for row in rows if not partnership or row.slug in {partnership.slug, ""}]
    wanted.sort(key=lambda need: (SOONEST.index(need.when), need.due_on or date.max, need.partnership, need.words, need.school))
    return wanted[:MOST_NEEDS]


def at_a_glance(rows: Sequence[Dated]) -> list[Dated]:
    """The same dates, where many of one kind in a partnership stand as one: '10 schools decide whether to sign', from the first
    to the last."""
    kinds = Counter((one.what, one.slug) for one in rows if not one.is_cancelled)
    many = {kind for kind, count in kinds.items() if count >= MANY and declared.rows()[kind[0]].many}
    shown: dict[Any, Dated] = {}
    for one in rows:
        kind = one.what, one.slug
        if kind not in many or one.is_cancelled:
            shown[one.id] = one
        elif kind in shown:
            shown[kind] = replace(shown[kind], last_on=max(shown[kind].last_on, one.last_on))
        else:
            year, words = reverse("home:year", args=[one.slug]), declared.rows()[one.what].words(number=kinds[kind])
            shown[kind] = replace(one, words=words, href=f"{year}#m{one.first_on:%Y-%m}", starts_at=None, ends_at=None)
    return list(shown.values())


def _need(row: NeedRow, today: date, several: bool) -> Need:
    said = declared.rows()[row.what]
    when, words = urgency(row.due_on, today, said.soon), said.words(row.label, row.number, row.partnership)
    school = row.school if several and not row.label.endswith(row.school) else ""
    href, minutes = address_of(said, row.slug, row.key, row.label), said.minutes * row.number
    return Need(when, words, href, row.due_on, row.partnership, row.what, minutes, school)
