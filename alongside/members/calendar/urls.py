from django.urls import path

from alongside.members.calendar import views

app_name = "calendar"
urlpatterns = [
    path("p/<slug:slug>/calendar/", views.year, name="year"),
    path("p/<slug:slug>/calendar/settings/", views.settings, name="settings"),
    path("p/<slug:slug>/calendar/<int:start>/dates/", views.edit_year, name="edit_year"),
    path("p/<slug:slug>/calendar/kept-free/", views.blackouts, name="blackouts"),
    path("p/<slug:slug>/calendar/kept-free/<slug:blackout>/remove/", views.remove_blackout, name="remove_blackout"),
    path("p/<slug:slug>/calendar/schools/", views.schools, name="schools"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/", views.school_year, name="school_year"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/<int:start>/dates/", views.edit_school_year, name="edit_school_year"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/<int:start>/drop/", views.drop_own_year, name="drop_own_year"),
    path("p/<slug:slug>/calendar/schools/<int:urn>/closures/<slug:closure>/remove/", views.remove_closure, name="remove_closure"),
    path("p/<slug:slug>/calendar/dates/", views.clocks, name="clocks"),
    path("p/<slug:slug>/calendar/dates/work-out/", views.work_out, name="work_out"),
    path("p/<slug:slug>/calendar/dates/keep/<slug:place>/", views.keep_clock, name="keep_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/", views.clock, name="clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/stop/", views.stop_clock, name="stop_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/restart/", views.restart_clock, name="restart_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/extend/", views.extend_clock, name="extend_clock"),
    path("p/<slug:slug>/calendar/dates/<slug:key>/end/", views.end_clock, name="end_clock"),
]
