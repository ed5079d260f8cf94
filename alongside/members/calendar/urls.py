from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.calendar.views import clocks, schools, years

app_name = "calendar"
urlpatterns = [
    page("p/<slug:slug>/calendar/", years.year, A.ASKED),
    page("p/<slug:slug>/calendar/settings/", years.settings, A.MANAGER),
    page("p/<slug:slug>/calendar/<int:start>/dates/", years.edit_year, A.MANAGER),
    page("p/<slug:slug>/calendar/kept-free/", years.blackouts, A.MANAGER),
    page("p/<slug:slug>/calendar/kept-free/<slug:blackout>/remove/", years.remove_blackout, A.MANAGER),
    page("p/<slug:slug>/calendar/schools/", schools.schools, A.ASKED),
    page("p/<slug:slug>/calendar/schools/<int:urn>/", schools.school_year, A.ASKED, to_post=A.DAYS),
    page("p/<slug:slug>/calendar/schools/<int:urn>/<int:start>/dates/", schools.edit_school_year, A.DAYS),
    page("p/<slug:slug>/calendar/schools/<int:urn>/<int:start>/drop/", schools.drop_own_year, A.DAYS),
    page("p/<slug:slug>/calendar/schools/<int:urn>/closures/<slug:closure>/remove/", schools.remove_closure, A.DAYS),
    page("p/<slug:slug>/calendar/dates/", clocks.clocks, A.ASKED),
    page("p/<slug:slug>/calendar/dates/work-out/", clocks.work_out, A.ASKED),
    page("p/<slug:slug>/calendar/dates/keep/<slug:place>/", clocks.keep_clock, A.DATES),
    page("p/<slug:slug>/calendar/dates/<slug:key>/", clocks.clock, A.DATES),
    page("p/<slug:slug>/calendar/dates/<slug:key>/stop/", clocks.stop_clock, A.DATES),
    page("p/<slug:slug>/calendar/dates/<slug:key>/restart/", clocks.restart_clock, A.DATES),
    page("p/<slug:slug>/calendar/dates/<slug:key>/extend/", clocks.extend_clock, A.DATES),
    page("p/<slug:slug>/calendar/dates/<slug:key>/end/", clocks.end_clock, A.DATES),
]
