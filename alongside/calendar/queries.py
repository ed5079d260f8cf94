"""What pages and other parts ask about days."""

import json
from datetime import date
from functools import cache

from django.conf import settings

from alongside.calendar.models import Holiday
from alongside.calendar.rules import CalendarSettings, Nation, SchoolDays
from alongside.core import clock
from alongside.core.standing import Standing
from alongside.partnerships.models import Partnership
from alongside.partnerships.queries import settings_of


@cache
def bank_holidays(nation: str = Nation.ENGLAND_AND_WALES.value) -> dict[date, str]:
    """A nation's bank holidays by day, as GOV.UK published them (the file says from when to when)."""
    published = json.loads((settings.REGISTER_DATA / "bank-holidays.json").read_text(encoding="utf-8"))
    return {date.fromisoformat(event["date"]): event["title"] for event in published[Nation(nation).value]["events"]}


def school_days_of(partnership: Partnership) -> SchoolDays:
    """The school days of a partnership: two queries."""
    nation = settings_of(partnership, CalendarSettings).nation
    typed = Holiday.objects.filter(partnership=partnership).order_by("first_on").values_list("name", "first_on", "last_on")
    return SchoolDays(bank_holidays(nation), tuple(typed))


def holidays_of(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str, date, date]]:
    """(id, name, first day, last day) of the holidays typed in, soonest first."""
    found = Holiday.objects.visible_to(viewer).filter(partnership=partnership)
    return list(found.order_by("first_on").values_list("id", "name", "first_on", "last_on"))


def next_bank_holidays(partnership: Partnership, *, viewer: Standing, count: int = 9) -> list[tuple[date, str]]:
    """The bank holidays to come, soonest first."""
    known = bank_holidays(settings_of(partnership, CalendarSettings).nation)
    return [(day, name) for day, name in sorted(known.items()) if day >= clock.today()][:count]
