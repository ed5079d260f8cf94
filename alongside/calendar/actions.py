"""Typing the holidays of a partnership."""

from datetime import date

from django.db import transaction

from alongside.audit import actions as audit
from alongside.calendar.models import Holiday
from alongside.calendar.permissions import may_change_holidays
from alongside.calendar.rules import holiday_problem
from alongside.core.standing import Standing
from alongside.core.verdict import Conflict, Invalid, require
from alongside.partnerships.models import Partnership
from alongside.web.rows import lock


@transaction.atomic
def add_holiday(*, partnership: Partnership, name: str, first_on: date, last_on: date, by: Standing) -> Holiday:
    """Type a holiday. Raises Invalid when its days make no sense or overlap with another."""
    require(may_change_holidays(by, partnership.pk))
    lock(partnership)
    others = Holiday.objects.filter(partnership=partnership).values_list("name", "first_on", "last_on")
    if problem := holiday_problem(name, first_on, last_on, others):
        raise Invalid(**problem)
    holiday = Holiday.objects.create(partnership=partnership, name=name.strip(), first_on=first_on, last_on=last_on)
    audit.record(
        "calendar.add_holiday",
        row=holiday.pk,
        partnership=partnership.pk,
        facts={"first_on": first_on.isoformat(), "last_on": last_on.isoformat()},
        by=by,
    )
    return holiday


@transaction.atomic
def remove_holiday(*, partnership: Partnership, holiday_id: str, by: Standing) -> None:
    """Take a holiday out again. Raises Conflict when it is gone already."""
    require(may_change_holidays(by, partnership.pk))
    gone, _ = Holiday.objects.filter(partnership=partnership, pk=holiday_id).delete()
    if not gone:
        raise Conflict("This holiday has been taken out already.")
    audit.record("calendar.remove_holiday", row=holiday_id, partnership=partnership.pk, by=by)
