"""What pages and other parts ask about days."""

from alongside.members.calendar.queries.clocks import (
    OFFICE,
    Running,
    body_of_school,
    calendars_of,
    changes_of,
    clocks_of,
    ended_clocks,
    reckoned,
    running_of,
    schools_to_choose,
    work_out_for,
)
from alongside.members.calendar.queries.days import bank_holidays, days_of_schools, published, school_days_of
from alongside.members.calendar.queries.touched import touched_on
from alongside.members.calendar.queries.years import (
    YearPage,
    blackouts_in,
    blackouts_to_suggest,
    school_in,
    schools_with_days,
    teaching_year,
    typed_year,
    year_page,
)

__all__ = [
    "OFFICE",
    "Running",
    "YearPage",
    "bank_holidays",
    "blackouts_in",
    "blackouts_to_suggest",
    "body_of_school",
    "calendars_of",
    "changes_of",
    "clocks_of",
    "days_of_schools",
    "ended_clocks",
    "published",
    "reckoned",
    "running_of",
    "school_days_of",
    "school_in",
    "schools_to_choose",
    "schools_with_days",
    "teaching_year",
    "touched_on",
    "typed_year",
    "work_out_for",
    "year_page",
]
