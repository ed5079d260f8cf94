"""Which schools have confirmed their people this academic year."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from alongside.core import clock
from alongside.core.academic_year import AcademicYear, academic_year_of
from alongside.core.standing import Standing
from alongside.partnerships.models import Partnership
from alongside.people.models import SeptemberCheck
from alongside.schools.models import School


def september_check_of(school: School, *, partnership: Partnership, viewer: Standing) -> tuple[str, datetime] | None:
    """(by whom, when) a school has confirmed its people this academic year."""
    checks = SeptemberCheck.objects.visible_to(viewer).filter(
        partnership=partnership, school=school, year=academic_year_of(clock.today()).start
    )
    row = checks.values_list("confirmed_by__name", "confirmed_at").first()
    return (row[0] or "the office", row[1]) if row else None


def september_count(partnership: Partnership, *, viewer: Standing) -> tuple[AcademicYear, int]:
    """(academic year, schools that have confirmed)."""
    year = academic_year_of(clock.today())
    return year, SeptemberCheck.objects.visible_to(viewer).filter(partnership=partnership, year=year.start).count()


def unconfirmed(memberships: Any, on: date) -> Any:
    """Those memberships whose school has not confirmed its people in the academic year of that day."""
    done = SeptemberCheck.objects.filter(
        year=academic_year_of(on).start, partnership=OuterRef("partnership"), school=OuterRef("school")
    )
    return memberships.filter(~Exists(done))
