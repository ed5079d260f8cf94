"""Pages of the school year, of schools' own days, and of statutory dates."""

from alongside.members.calendar.views.clocks import (
    clock,
    clocks,
    end_clock,
    extend_clock,
    keep_clock,
    restart_clock,
    stop_clock,
    work_out,
)
from alongside.members.calendar.views.schools import (
    drop_own_year,
    edit_school_year,
    remove_closure,
    school_year,
    schools,
)
from alongside.members.calendar.views.years import blackouts, edit_year, remove_blackout, settings, year

__all__ = [
    "blackouts",
    "clock",
    "clocks",
    "drop_own_year",
    "edit_school_year",
    "edit_year",
    "end_clock",
    "extend_clock",
    "keep_clock",
    "remove_blackout",
    "remove_closure",
    "restart_clock",
    "school_year",
    "schools",
    "settings",
    "stop_clock",
    "work_out",
    "year",
]
