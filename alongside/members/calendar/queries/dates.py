"""What of the calendar has a date or waits for somebody: its rows among what `home` gathers, and what lies on a day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import TEXT, as_dates, as_needs
from alongside.members.calendar.models import Blackout, Clock, Closure, HalfTerm, Year, known_schools
from alongside.members.calendar.queries.days import told
from alongside.members.calendar.rules.bank_holidays import Touched, dated_on
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.calendar.rules.days import Named
from alongside.members.calendar.rules.settings import CalendarSettings, Nation
from alongside.members.calendar.rules.years import HALF_TERMS
from alongside.members.partnerships.models import Membership, Setting


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """A kept date due within five working days, for those who keep it; term dates still examples, for the office."""
    clocks: Any = Clock.objects.visible_to(viewer).filter(ended_on=None, warn_on__lte=on)
    years: Any = Year.objects.visible_to(viewer).filter(
        is_example=True, partnership__in=viewer.offices, start__gte=academic_year_of(on).start
    )
    return [
        as_needs(clocks, "calendar.clock_due", label=_clock_of(viewer), due_on="due_on"),
        as_needs(years, "calendar.examples", key=Concat("start", Value(""), output_field=TEXT), label=_year_name()),
    ]


def dates(*, viewer: Standing, start: date, end: date, nations: Iterable[str]) -> list[QuerySet[Any]]:
    """When half-terms begin and end, the viewer's schools' closures, days kept free, bank holidays, and the dates that they
    keep."""
    halves: Any = HalfTerm.objects.visible_to(viewer).filter(
        Q(year__partnership__in=viewer.partnerships)
        | Q(year__school__in=viewer.schools) & Q(year__school__in=known_schools(viewer))
    )
    own: Any = Closure.objects.visible_to(viewer).filter(first_on__lte=end, last_on__gte=start)
    own = own.filter(school__in=viewer.schools).filter(school__in=known_schools(viewer))
    clocks: Any = Clock.objects.visible_to(viewer).filter(due_on__range=(start, end))
    free: Any = Blackout.objects.visible_to(viewer).filter(first_on__lte=end, last_on__gte=start)
    bank = told().filter(nation__in=nations, day__range=(start, end))
    year = {**_place("year__school", viewer, "year__partnership"), "label": _half_name()}
    begins, ends = halves.filter(first_on__range=(start, end)), halves.filter(last_on__range=(start, end))
    kind = Concat(_chosen("kind", dict(ClosureKind.choices())), Value(", "), "school__current__name")
    closure = {**_place("school", viewer), "label": kind}
    answered = Case(When(ended_on=None, then=Value(False)), default=Value(True))
    clock_facts = {"label": _clock_of(viewer), "is_cancelled": answered, "changed_at": "changed_at"}
    return [
        as_dates(begins, "calendar.begins", **year, key=Concat("pk", Value("b")), first_on="first_on"),
        as_dates(ends, "calendar.ends", **year, key=Concat("pk", Value("e")), first_on="last_on"),
        as_dates(own, "calendar.closure", **closure, first_on="first_on", last_on="last_on"),
        as_dates(free, "calendar.kept_free", label="name", first_on="first_on", last_on="last_on"),
        as_dates(clocks, "calendar.clock", **clock_facts, first_on="due_on"),
        as_dates(bank, "calendar.bank_holiday", slug=Value(""), partnership=Value(""), label="title", first_on="day"),
    ]


def nations_of(*, viewer: Standing) -> list[str]:
    """The nations whose bank holidays the viewer's partnerships live by: one query."""
    if not viewer.partnerships:
        return []
    rows = Setting.objects.filter(partnership__in=viewer.partnerships, app=CalendarSettings.app, from_on__lte=clock.today())
    said: dict[str, str] = {}
    for key, values in rows.order_by("from_on").values_list("partnership_id", "values"):
        said[key] = values.get("nation", said.get(key, ""))
    usual = str(Nation.ENGLAND_AND_WALES)
    return sorted({said.get(key) or usual for key in viewer.partnerships})


def touched_on(days: Collection[date], *, viewer: Standing) -> list[Touched]:
    """Everything of the calendar that is dated on those days, by day, as far as the viewer may see it.

    What other apps have on a day is in their own `dates(viewer=…, start=day, end=day)`.
    """
    if not days:
        return []
    inside = {"first_on__lte": max(days), "last_on__gte": min(days)}
    halves = HalfTerm.objects.visible_to(viewer).filter(Q(first_on__in=days) | Q(last_on__in=days))
    closures = Closure.objects.visible_to(viewer).filter(**inside).select_related("school__current")
    windows = Blackout.objects.visible_to(viewer).filter(**inside).select_related("partnership")
    clocks = Clock.objects.visible_to(viewer).filter(due_on__in=days, ended_on=None)
    rows = [
        *(one.named._replace(name=f"{one.school}: {one.name}") for one in closures),
        *(one.named._replace(name=f"{one.partnership}: {one.name}") for one in windows),
    ]
    for one in halves.select_related("year__partnership", "year__school__current"):
        name = f"{one.year.partnership or one.year.school}: {one.name}"
        rows += [Named(f"{name} begins", one.first_on, one.first_on), Named(f"{name} ends", one.last_on, one.last_on)]
    for kept in clocks.select_related("partnership", "school__current"):
        if kept.due_on:
            rows.append(Named(f"{kept.whose}: {kept.name} is due", kept.due_on, kept.due_on))
    return dated_on(days, rows)


def _place(school: str, viewer: Standing, *own: str) -> dict[str, Coalesce]:
    """The partnership of a row: its own, else the first of its school's that the viewer may know."""
    rows = Membership.objects.visible_to(viewer).current(clock.today()).filter(school=OuterRef(school))

    def of(column: str) -> Coalesce:
        known = Subquery(rows.order_by("partnership__slug").values(f"partnership__{column}")[:1])
        return Coalesce(*(f"{one}__{column}" for one in own), known, Value(""))

    return {"slug": of("slug"), "partnership": of("name")}


def _chosen(column: str, words: Mapping[Any, str]) -> Case:
    return Case(*(When(**{column: key}, then=Value(word)) for key, word in words.items()), default=Value(""), output_field=TEXT)


def _half_name() -> Case:
    """'Autumn term, first half', with the school's name where the dates are its own."""
    name = _chosen("number", dict(enumerate(HALF_TERMS, 1)))
    own = Concat(name, Value(", "), "year__school__current__name", output_field=TEXT)
    return Case(When(year__school=None, then=name), default=own, output_field=TEXT)


def _clock_of(viewer: Standing) -> Case:
    """The clock with the name of its school, for whoever does not keep that school's dates alone."""
    own = next(iter(viewer.schools)) if len(viewer.schools) == 1 and not viewer.offices else None
    law = _chosen("law", dict(Law.choices()))
    name = Concat(law, Case(When(label="", then=Value("")), default=Concat(Value(", "), "label"), output_field=TEXT))
    named = Concat(name, Value(", "), "school__current__name", output_field=TEXT)
    return Case(When(Q(school=None) | Q(school=own), then=name), default=named, output_field=TEXT)


def _year_name() -> Case:
    first = academic_year_of(clock.today()).start
    return _chosen("start", {year: str(AcademicYear(year)) for year in range(first - 1, first + 6)})
