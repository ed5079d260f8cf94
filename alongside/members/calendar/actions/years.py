"""Typing a year's term dates, a school's own days, and what the partnership keeps free."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.web.models import Stale, already, lock, once, save_if_unchanged, unless_taken
from alongside.members.calendar.actions.clocks import recompute
from alongside.members.calendar.models import Blackout, Clock, Closure, HalfTerm, Year
from alongside.members.calendar.permissions import may_change_school_days, may_change_year
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.closures import ClosureKind, blackout_problem, closure_problem
from alongside.members.calendar.rules.days import Span
from alongside.members.calendar.rules.years import HALF_TERMS, half_terms_problem
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import at_home_elsewhere, belongs
from alongside.members.schools.models import School


def _require_own_days(partnership: Partnership, school: School, by: Standing) -> None:
    """A school's days hold in every partnership: one that has only asked a school of another's leaves them alone."""
    require(may_change_school_days(by, partnership.pk, school.pk))
    require(belongs(partnership, school, now=True))
    if not by.is_system and at_home_elsewhere(partnership).filter(school=school).exists():
        raise Refused("This school belongs to another partnership and has not joined this one: its days are typed there.")


@transaction.atomic
def save_year(
    *,
    partnership: Partnership,
    start: int,
    half_terms: Sequence[Span],
    is_example: bool,
    school: School | None = None,
    version: int = 0,
    by: Standing,
) -> Year:
    """Type the six half-terms of a year for a partnership, or those of one school where they differ.

    `version` 0 types a new year. Raises Invalid when the dates make no sense, Conflict when somebody typed the year
    meanwhile, Stale with both texts when somebody changed it.
    """
    year = AcademicYear(start)
    if school:
        _require_own_days(partnership, school, by)
    else:
        require(may_change_year(by, partnership.pk))
    if len(half_terms) != len(HALF_TERMS):
        raise Invalid(first_1="Enter all six half-terms")
    if problem := half_terms_problem(year, half_terms):
        raise Invalid(**problem)
    halves = [HalfTerm(number=number, first_on=first, last_on=last) for number, (first, last) in enumerate(half_terms, 1)]
    row = _versioned_year(year, {"school": school} if school else {"partnership": partnership}, version, halves, is_example)
    _write_halves(row, halves)
    _record("save_year", row, partnership, school, by, year=str(year), is_example=is_example)
    touched = Clock.objects.filter(school=school) if school else Clock.objects.filter(partnership=partnership)
    recompute(touched, f"Term dates of {year} {'of the school ' if school else ''}typed", by=by)
    return row


def _write_halves(year: Year, halves: Sequence[HalfTerm]) -> None:
    """A half-term that is there keeps its id, by which calendars know it, and gets its new days."""
    there = {one.number: one.pk for one in HalfTerm.objects.filter(year=year)}
    for one in halves:
        one.year, one.pk = year, there.get(one.number, one.pk)
    HalfTerm.objects.bulk_update([one for one in halves if one.number in there], ["first_on", "last_on"])
    HalfTerm.objects.bulk_create([one for one in halves if one.number not in there])


def _versioned_year(
    year: AcademicYear, owner: dict[str, Any], version: int, halves: Sequence[HalfTerm], is_example: bool
) -> Year:
    if not version:
        try:
            with transaction.atomic():
                return Year.objects.create(start=year.start, is_example=is_example, **owner)
        except IntegrityError:
            raise Conflict(f"Somebody has typed the dates of {year} meanwhile: open the page again to see them.") from None
    row = Year.objects.filter(start=year.start, **owner).first()
    if row is None:
        raise Conflict(f"Somebody has taken the dates of {year} out meanwhile.")
    row.is_example = is_example
    try:
        save_if_unchanged(row, version, "is_example")
    except Stale as stale:
        mine, there = ({one.name: one.span for one in some} for some in (halves, row.half_terms.order_by("number")))
        raise Stale(row, stale.mine | mine, stale.theirs | there) from None
    return row


@transaction.atomic
def drop_own_year(*, partnership: Partnership, school: School, start: int, by: Standing) -> Year:
    """Let a school follow the partnership's dates again. Raises Conflict when it does already."""
    _require_own_days(partnership, school, by)
    year = Year.objects.filter(school=school, start=start).first()
    if year is None or not Year.objects.filter(pk=year.pk).delete()[0]:
        raise Conflict("The school follows the partnership’s dates already.")
    _record("drop_own_year", school, partnership, school, by, year=str(year))
    recompute(Clock.objects.filter(school=school), f"The school follows the partnership’s dates of {year} again", by=by)
    return year


@transaction.atomic
def add_closure(
    *,
    key: str,
    partnership: Partnership,
    school: School,
    kind: ClosureKind,
    first_on: date,
    last_on: date | None = None,
    by: Standing,
) -> Closure:
    """Add an INSET day or another closure of one school, and work its running clocks out again. The same key twice adds once."""
    _require_own_days(partnership, school, by)
    lock(school)
    last = last_on or first_on
    closure = Closure(pk=key, school=school, kind=kind, first_on=first_on, last_on=last)
    if (there := already(closure)) is not None:
        return there
    rows = Closure.objects.filter(school=school, first_on__lte=last, last_on__gte=first_on)
    if problem := closure_problem(kind, first_on, last, [row.named for row in rows]):
        raise Invalid(**problem)
    if kind is ClosureKind.INSET and (holiday := school_days_of(partnership).bank_holidays.get(first_on)):
        raise Invalid(first_on=f"{holiday} is on that day: choose one on which the school would be open")
    once(closure)
    _record("add_closure", closure, partnership, school, by, kind=closure.kind, **_days(closure))
    recompute(Clock.objects.filter(school=school), f"{closure.name}, {closure.span}, added", by=by)
    return closure


@transaction.atomic
def remove_closure(*, partnership: Partnership, school: School, closure_id: str, by: Standing) -> Closure:
    """Take an INSET day or closure out again. Raises Conflict when it is gone already."""
    _require_own_days(partnership, school, by)
    lock(school)
    closure = Closure.objects.filter(school=school, pk=closure_id).first()
    if closure is None:
        raise Conflict("This day has been taken out already.")
    _record("remove_closure", closure, partnership, school, by, kind=closure.kind, **_days(closure))
    Closure.objects.filter(pk=closure.pk).delete()
    recompute(Clock.objects.filter(school=school), f"{closure.name}, {closure.span}, taken out", by=by)
    return closure


def _record(act: str, row: Model, partnership: Partnership, school: School | None, by: Standing, **facts: str | bool) -> None:
    owner = {"partnership": partnership.pk, "school": school.pk if school else ""}
    audit.record(f"calendar.{act}", row=row.pk, **owner, facts=facts, by=by)


def _days(row: Closure | Blackout) -> dict[str, str]:
    return {"first_on": row.first_on.isoformat(), "last_on": row.last_on.isoformat()}


@transaction.atomic
def add_blackout(*, key: str, partnership: Partnership, name: str, first_on: date, last_on: date, by: Standing) -> Blackout:
    """Keep days free of the partnership's own meetings and visits. The same key twice keeps them once."""
    require(may_change_year(by, partnership.pk))
    lock(partnership)
    row = Blackout(pk=key, partnership=partnership, name=name.strip(), first_on=first_on, last_on=last_on)
    if (there := already(row)) is not None:
        return there
    others = [one.named for one in Blackout.objects.filter(partnership=partnership)]
    if problem := blackout_problem(row.named, others):
        raise Invalid(**problem)
    with unless_taken(name=f"“{row.name}” begins on this day already: take that out first"):
        once(row)
    _record("add_blackout", row, partnership, None, by, **_days(row))
    return row


@transaction.atomic
def remove_blackout(*, partnership: Partnership, blackout_id: str, by: Standing) -> Blackout:
    """Free the days again. Raises Conflict when they are free already."""
    require(may_change_year(by, partnership.pk))
    row = Blackout.objects.filter(partnership=partnership, pk=blackout_id).first()
    if row is None or not Blackout.objects.filter(pk=row.pk).delete()[0]:
        raise Conflict("This has been taken out already.")
    _record("remove_blackout", row, partnership, None, by)
    return row
