from django.urls import path

from alongside.members.calendar.views import clocks, schools, years

app_name = "calendar"
urlpatterns = [
    path("p/<slug:slug>/calendar/", years.year, name="year"),
    path("p/<slug:slug>/calendar/settings/", years.settings, name="settings"),
    path("p/<slug:slug>/calendar/<int:start>/dates/", years.edit_year, name="edit_year"),
    path("p/<slug:slug>/calendar/kept-free/", years.blackouts, name="blackouts"),
    path("p/<slug:slug>/calendar/kept-free/<slug:blackout>/remove/", years.remove_blackout, name="remove_blackout"),
    path("p/<slug:slug>/calendar/schools/", schools.schools, name="schools"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/", schools.school_year, name="school_year"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/<int:start>/dates/", schools.edit_school_year, name="edit_school_year"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/<int:start>/drop/", schools.drop_own_year, name="drop_own_year"),
    path(
        "p/<slug:slug>/calendar/schools/<int:urn>/closures/<slug:closure>/remove/", schools.remove_closure, name="remove_closure"
    ),
    path("p/<slug:slug>/calendar/dates/", clocks.clocks, name="clocks"),
    path("p/<slug:slug>/calendar/dates/work-out/", clocks.work_out, name="work_out"),
    path("p/<slug:slug>/calendar/dates/keep/<slug:place>/", clocks.keep_clock, name="keep_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/", clocks.clock, name="clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/stop/", clocks.stop_clock, name="stop_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/restart/", clocks.restart_clock, name="restart_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/extend/", clocks.extend_clock, name="extend_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/end/", clocks.end_clock, name="end_clock"),
]
