"""What every app has waiting for somebody, and what it has dated: each of both joined into one question to the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from alongside.across.home.rules.calendar import Dated
from alongside.across.home.rules.overview import urgency
from alongside.ground.core import clock
from alongside.ground.core.declaration import RowWords
from alongside.ground.core.standing import Standing
from alongside.ground.web import compiled, declared
from alongside.ground.web.needs import DATE_COLUMNS, NEED_COLUMNS, DateRow, NeedRow, joined
from alongside.members.calendar.queries import dates as calendar
from alongside.members.membership.queries import needs as membership
from alongside.members.partnerships.models import Partnership


def all_needs(*, viewer: Standing, on: date, open_now: frozenset[str], ripe: frozenset[str], written_by: date) -> QuerySet[Any]:
    """What waits for the viewer, of all apps. The few rows are put in order afterwards: SQLite would sort each part by itself."""
    return joined(declared.gathered("needs", viewer=viewer, on=on, open_now=open_now, ripe=ripe, written_by=written_by))


def all_dates(*, viewer: Standing, start: date, end: date, nations: frozenset[str]) -> QuerySet[Any]:
    """What has a date for the viewer, of all apps."""
    return joined(declared.gathered("dates", viewer=viewer, start=start, end=end, nations=sorted(nations)))


MOST_NEEDS, MOST_DATES = 200, 1_000
MANY = 3  # so many of one kind stand as one on a page that shows the year at a glance
URGENCY = ("Late", "Today", "This week", "Soon")


@dataclass(frozen=True)
class Need:
    """Something that waits for the viewer: how soon in words and colour, what, and the address where it is done; its kind, and
    how many minutes it takes."""

    when: str
    tone: str
    words: str
    href: str
    due_on: date | None
    partnership: str
    what: str
    minutes: int


@dataclass(frozen=True)
class DatesFound:
    """Dated things in the order in which they come; `more` when there are more than are shown."""

    rows: list[Dated]
    more: bool = False


def within(viewer: Standing, partnership: Partnership) -> Standing:
    """The viewer with nothing but what they are in one partnership."""
    schools = viewer.schools_in(partnership.pk)
    return replace(
        viewer,
        roles=frozenset(role for role in viewer.roles if role.partnership == partnership.pk or role.school in schools),
        memberships=frozenset(pair for pair in viewer.memberships if pair[0] == partnership.pk),
    )


def needs_of(
    partnership: Partnership | None = None, *, viewer: Standing, running: membership.Signups | None = None
) -> list[Need]:
    """What waits for the viewer, soonest first: in all their partnerships, or in one.

    `running` are the sign-ups, for a page that also asks for dates.
    """
    today = clock.today()
    who = within(viewer, partnership) if partnership else viewer
    running = membership.signups(viewer=who, on=today) if running is None else running
    open_now, ripe = membership.open_and_ripe(running, viewer=who, on=today)
    cut = membership.told_by(open_now, running, on=today)
    found = compiled.rows(all_needs, NEED_COLUMNS, viewer=who, on=today, open_now=open_now, ripe=ripe, written_by=cut)
    rows = membership.on_their_days((NeedRow(*row) for row in found), running)
    wanted = [_need(row, today) for row in rows if not partnership or row.slug in {partnership.slug, ""}]
    wanted.sort(key=lambda need: (URGENCY.index(need.when), need.due_on or date.max, need.partnership, need.words))
    return wanted[:MOST_NEEDS]


def dates_of(
    start: date,
    end: date,
    partnership: Partnership | None = None,
    *,
    viewer: Standing,
    running: membership.Signups | None = None,
    most: int = MOST_DATES,
) -> DatesFound:
    """What has a date from the first day to the last, as far as the viewer may know: everywhere, or in one partnership."""
    who = within(viewer, partnership) if partnership else viewer
    running = membership.signups(viewer=who, on=clock.today()) if running is None else running
    nations = frozenset(calendar.nations_of(viewer=who))
    found = compiled.rows(all_dates, DATE_COLUMNS, viewer=who, start=start, end=end, nations=nations)
    both = [*membership.days_of(running, start=start, end=end), *(DateRow(*row) for row in found)]
    rows = sorted(both, key=lambda row: row.first_on)[:most]
    shown = [_dated(row) for row in rows if not partnership or row.slug in {partnership.slug, ""}]
    return DatesFound(sorted(shown, key=_in_order), len(both) > most)


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


def _in_order(one: Dated) -> tuple[date, float, str]:
    return one.first_on, one.starts_at.timestamp() if one.starts_at else 0.0, one.words


def _need(row: NeedRow, today: date) -> Need:
    said = declared.rows()[row.what]
    when, tone = urgency(row.due_on, today, said.soon)
    words = said.words(row.label, row.number, row.partnership)
    return Need(
        when, tone, words, _address(said, row.slug, row.key), row.due_on, row.partnership, row.what, said.minutes * row.number
    )


def _dated(row: DateRow) -> Dated:
    said, tone = declared.rows()[row.what], declared.tones()[row.what.partition(".")[0]]
    words, href = said.words(row.label, 1, row.partnership), _address(said, row.slug, row.key)
    when = row.first_on, row.last_on or row.first_on, row.starts_at, row.ends_at, bool(row.is_cancelled)
    return Dated(f"{row.what}/{row.slug}/{row.key}", row.what, words, href, tone, row.slug, row.partnership, *when, said.off)


def _address(said: RowWords, slug: str, key: str) -> str:
    return reverse(said.page, kwargs=said.keywords(slug, key)) if said.page else ""
