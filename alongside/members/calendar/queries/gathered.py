"""The calendar's rows among what `home` gathers."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.standing import Standing
from alongside.ground.web.gathered import TEXT, as_dates, as_needs
from alongside.members.calendar.models import BankHoliday, Clock, Closure, HalfTerm, Year, known_schools
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.closures import ClosureKind
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
        as_needs(years, "calendar.examples", key=_text("start"), label=_year_name()),
    ]


def dates(*, viewer: Standing, start: date, end: date, nations: Iterable[str]) -> list[QuerySet[Any]]:
    """When half-terms begin and end, the viewer's schools' closures, bank holidays, and the dates that they keep."""
    halves: Any = HalfTerm.objects.visible_to(viewer).filter(
        Q(year__partnership__in=viewer.partnerships)
        | Q(year__school__in=viewer.schools) & Q(year__school__in=known_schools(viewer))
    )
    own: Any = Closure.objects.visible_to(viewer).filter(first_on__lte=end, last_on__gte=start)
    own = own.filter(school__in=viewer.schools).filter(school__in=known_schools(viewer))
    clocks: Any = Clock.objects.visible_to(viewer).filter(due_on__range=(start, end))
    place = {
        "slug": Coalesce("year__partnership__slug", _home("year__school", "slug", viewer), Value("")),
        "partnership": Coalesce("year__partnership__name", _home("year__school", "name", viewer), Value("")),
        "label": _half_name(),
    }
    return [
        as_dates(halves.filter(first_on__range=(start, end)), "calendar.begins", **place, key=_keyed("b"), first_on="first_on"),
        as_dates(halves.filter(last_on__range=(start, end)), "calendar.ends", **place, key=_keyed("e"), first_on="last_on"),
        as_dates(
            own,
            "calendar.closure",
            slug=Coalesce(_home("school", "slug", viewer), Value("")),
            partnership=Coalesce(_home("school", "name", viewer), Value("")),
            label=Concat(_chosen("kind", {k.value: k.label for k in ClosureKind}), Value(", "), "school__current__name"),
            first_on="first_on",
            last_on="last_on",
        ),
        as_dates(
            clocks,
            "calendar.clock",
            label=_clock_of(viewer),
            first_on="due_on",
            is_cancelled=Case(When(ended_on=None, then=Value(False)), default=Value(True)),
            changed_at="changed_at",
        ),
        as_dates(
            BankHoliday.objects.filter(nation__in=nations, day__range=(start, end)),
            "calendar.bank_holiday",
            slug=Value(""),
            partnership=Value(""),
            label="title",
            first_on="day",
        ),
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


def _home(school: str, column: str, viewer: Standing) -> Subquery:
    rows = Membership.objects.visible_to(viewer).current(clock.today()).filter(school=OuterRef(school))
    return Subquery(rows.order_by("partnership__slug").values(f"partnership__{column}")[:1])


def _chosen(column: str, words: Mapping[Any, str]) -> Case:
    return Case(*(When(**{column: key}, then=Value(word)) for key, word in words.items()), default=Value(""), output_field=TEXT)


def _half_name() -> Case:
    """'Autumn term, first half', with the school's name where the dates are its own."""
    name = _chosen("number", dict(enumerate(HALF_TERMS, 1)))
    own = Concat(name, Value(", "), "year__school__current__name", output_field=TEXT)
    return Case(When(year__school=None, then=name), default=own, output_field=TEXT)


def _clock_name() -> Concat:
    law = _chosen("law", {law.value: law.label for law in Law})
    return Concat(law, Case(When(label="", then=Value("")), default=Concat(Value(", "), "label"), output_field=TEXT))


def _clock_of(viewer: Standing) -> Case:
    """The clock with the name of its school, for whoever does not keep that school's dates alone."""
    own = next(iter(viewer.schools)) if len(viewer.schools) == 1 and not viewer.offices else None
    named = Concat(_clock_name(), Value(", "), "school__current__name", output_field=TEXT)
    return Case(When(Q(school=None) | Q(school=own), then=_clock_name()), default=named, output_field=TEXT)


def _keyed(letter: str) -> Concat:
    return Concat(F("pk"), Value(letter), output_field=TEXT)


def _text(column: str) -> Any:
    return Concat(F(column), Value(""), output_field=TEXT)


def _year_name() -> Case:
    first = academic_year_of(clock.today()).start
    return _chosen("start", {year: f"{year}/{(year + 1) % 100:02d}" for year in range(first - 1, first + 6)})
