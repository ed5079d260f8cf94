"""Deeds on calendars and kept dates."""

from alongside.members.calendar.actions.bank_holidays import HolidayReport, import_bank_holidays
from alongside.members.calendar.actions.clocks import (
    end_clock,
    extend_clock,
    keep_clock,
    restart_clock,
    stop_clock,
)
from alongside.members.calendar.actions.years import (
    add_blackout,
    add_closure,
    drop_own_year,
    remove_blackout,
    remove_closure,
    save_year,
)

__all__ = [
    "HolidayReport",
    "add_blackout",
    "add_closure",
    "drop_own_year",
    "end_clock",
    "extend_clock",
    "import_bank_holidays",
    "keep_clock",
    "remove_blackout",
    "remove_closure",
    "restart_clock",
    "save_year",
    "stop_clock",
]
