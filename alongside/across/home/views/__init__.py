"""Pages across apps: `pages` (front, overview, year, school, search), `mine` (one's own pages), `feeds`, `exports`."""

from alongside.across.home.views.exports import export as export, export_school as export_school, my_data as my_data
from alongside.across.home.views.feeds import end_feed as end_feed, feed as feed, public_calendar as public_calendar
from alongside.across.home.views.mine import calendar as calendar, me as me, settings as settings
from alongside.across.home.views.pages import (
    door as door,
    front as front,
    overview as overview,
    school as school,
    search as search,
    year as year,
)
