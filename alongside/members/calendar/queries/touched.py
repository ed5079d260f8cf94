"""What a bank holiday touches that was proclaimed late."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from alongside.ground.core.standing import Standing
from alongside.members.calendar.models import Blackout, Clock, Closure, HalfTerm
from alongside.members.calendar.rules.bank_holidays import dated_on
from alongside.members.calendar.rules.years import HALF_TERMS


def touched_on(days: Collection[date], *, viewer: Standing) -> list[tuple[str, date]]:
    """(what, day) of everything of the calendar that is dated on those days, as far as the viewer may see it.

    What other apps have on a day is in their own `gathered.dates(viewer=…, start=day, end=day)`.
    """
    if not days:
        return []
    rows: list[tuple[str, date, date]] = []
    for term in (
        HalfTerm.objects.visible_to(viewer)
        .filter(Q(first_on__in=days) | Q(last_on__in=days))
        .select_related("year__partnership", "year__school__current")
    ):
        owner, name = term.year.partnership or term.year.school, HALF_TERMS[term.number - 1]
        rows += [(f"{owner}: {name} begins", term.first_on, term.first_on), (f"{owner}: {name} ends", term.last_on, term.last_on)]
    first, last = min(days), max(days)
    inside = {"first_on__lte": last, "last_on__gte": first}
    for closure in Closure.objects.visible_to(viewer).filter(**inside).select_related("school__current"):
        rows.append((f"{closure.school}: {closure.name}", closure.first_on, closure.last_on))
    for window in Blackout.objects.visible_to(viewer).filter(**inside).select_related("partnership"):
        rows.append((f"{window.partnership}: {window.name}", window.first_on, window.last_on))
    for clock in (
        Clock.objects.visible_to(viewer).filter(due_on__in=days, ended_on=None).select_related("partnership", "school__current")
    ):
        if clock.due_on:
            rows.append((f"{clock.school or clock.partnership}: {clock.name} is due", clock.due_on, clock.due_on))
    return sorted(dated_on(days, rows), key=lambda row: (row[1], row[0]))
