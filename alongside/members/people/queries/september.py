"""Which schools have confirmed their people this academic year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Role, SeptemberCheck
from alongside.members.people.rules.roles import is_september_check_asked
from alongside.members.schools.models import School


@dataclass(frozen=True)
class September:
    """How a school stands in the check of an academic year: who confirmed it when, or whether it is asked to."""

    done: tuple[str, datetime] | None = None
    is_asked: bool = False


def september_of(school: School, *, partnership: Partnership, viewer: Standing) -> September:
    """Whether a school has confirmed its people this academic year, or is to: one query."""
    today = clock.today()
    checks = SeptemberCheck.objects.filter(
        year=academic_year_of(today).start, partnership=OuterRef("partnership"), school=OuterRef("school")
    )
    found = Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership, school=school)
    row = (
        found.annotate(by=Subquery(checks.values("confirmed_by__name")), at=Subquery(checks.values("confirmed_at")))
        .annotate(says=_has_somebody(today))
        .values_list("by", "at", "says", "kind")
        .first()
    )
    if row is None:
        return September()
    by, at, says, kind = row
    if at:
        return September((by or "the office", at))
    return September(is_asked=says and kind != Belonging.ASKED and is_september_check_asked(today))


@dataclass(frozen=True)
class SeptemberCount:
    """Of an academic year: how many schools have confirmed their people, of how many that are asked to."""

    year: AcademicYear
    confirmed: int
    asked: int


def september_count(partnership: Partnership, *, viewer: Standing) -> SeptemberCount:
    """How far a partnership's September check is: one query."""
    today = clock.today()
    asked = _asked(Membership.objects.visible_to(viewer).current(today).filter(partnership=partnership), today)
    counts = asked.annotate(is_done=_done(today)).aggregate(done=Count("pk", filter=Q(is_done=True)), asked=Count("pk"))
    return SeptemberCount(academic_year_of(today), counts["done"], counts["asked"])


def unconfirmed(memberships: Any, on: date) -> Any:
    """Those memberships whose school is asked to confirm its people in the academic year of that day, and has not."""
    return _asked(memberships, on).filter(~_done(on))


def _asked(memberships: Any, on: date) -> Any:
    """Schools that belong and where somebody holds a post: one only asked to join, or without anybody, has nothing to say."""
    return memberships.exclude(kind=Belonging.ASKED).filter(_has_somebody(on))


def _has_somebody(on: date) -> Exists:
    here = Q(through=None) | Q(through=OuterRef("partnership"))
    return Exists(Role.objects.held(on).filter(here, school=OuterRef("school")))


def _done(on: date) -> Exists:
    return Exists(
        SeptemberCheck.objects.filter(
            year=academic_year_of(on).start, partnership=OuterRef("partnership"), school=OuterRef("school")
        )
    )
