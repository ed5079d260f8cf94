"""What stands on the pages across apps: `overview` (setting up, how soon),
`year` (months and weeks), `feeds` (what a calendar is told)."""

from alongside.across.home.rules.feeds import Entry as Entry, Remembered as Remembered, entries_after as entries_after
from alongside.across.home.rules.overview import (
    Standing as Standing,
    is_set_up as is_set_up,
    set_up_tasks as set_up_tasks,
    urgency as urgency,
)
from alongside.across.home.rules.year import (
    Period as Period,
    by_month as by_month,
    by_week as by_week,
    month_after as month_after,
    month_read as month_read,
    months_of as months_of,
    on_day as on_day,
    school_term as school_term,
    weeks_of as weeks_of,
)
