"""What R3 and R30 say, as plain functions: `days`, `years`, `closures`, `bank_holidays`, `teaching`, `clocks`."""

from alongside.members.calendar.rules.bank_holidays import WorkingDays as WorkingDays
from alongside.members.calendar.rules.days import DAY as DAY, SchoolDays as SchoolDays
from alongside.members.calendar.rules.settings import (
    Alternation as Alternation,
    CalendarSettings as CalendarSettings,
    Nation as Nation,
)
