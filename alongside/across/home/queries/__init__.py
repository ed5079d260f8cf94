"""What the pages across apps show: `gathering` (needs and dates of every app), `overview`, `calendars`, `finding`, `me`,
`school`, `exports`."""

from alongside.across.home.queries.calendars import (
    Month as Month,
    feed_of as feed_of,
    feed_with as feed_with,
    my_month as my_month,
)
from alongside.across.home.queries.exports import (
    Table as Table,
    Taken as Taken,
    of_partnership as of_partnership,
    of_person as of_person,
    of_school as of_school,
    tables_of as tables_of,
)
from alongside.across.home.queries.finding import Found as Found, found_for as found_for
from alongside.across.home.queries.gathering import dates_of as dates_of, needs_of as needs_of
from alongside.across.home.queries.me import my_data as my_data, my_page as my_page, my_partnerships as my_partnerships
from alongside.across.home.queries.overview import office_page as office_page, our_year as our_year, schools_page as schools_page
from alongside.across.home.queries.school import school_page as school_page
from alongside.across.home.queries.ways import door_page as door_page, pages_matching as pages_matching
