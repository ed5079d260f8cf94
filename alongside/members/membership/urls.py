from django.urls import path

from alongside.members.membership import views

app_name = "membership"
urlpatterns = [
    path("p/<slug:slug>/", views.prospectus, name="prospectus"),
    path("p/<slug:slug>/version/<int:number>/", views.older, name="older"),
    path("p/<slug:slug>/answer/<str:token>/", views.invited, name="invited"),
    path("p/<slug:slug>/answer/<str:token>/pass-on/", views.pass_on, name="pass_on"),
    path("p/<slug:slug>/answer/<str:token>/read/", views.read_prospectus, name="read_prospectus"),
    path("p/<slug:slug>/membership/", views.overview, name="overview"),
    path("p/<slug:slug>/membership/answer/<int:urn>/", views.answer, name="answer"),
    path("p/<slug:slug>/membership/answer/<int:urn>/withdraw/", views.withdraw, name="withdraw"),
    path("p/<slug:slug>/membership/answer/<int:urn>/reopen/", views.reopen, name="reopen"),
    path("p/<slug:slug>/membership/<int:urn>/", views.school, name="school"),
    path("p/<slug:slug>/membership/<int:urn>/release/", views.release, name="release"),
    path("p/<slug:slug>/membership/<int:urn>/contact/", views.contact, name="contact"),
    path("p/<slug:slug>/membership/<int:urn>/paper/", views.paper, name="paper"),
    path("p/<slug:slug>/membership/phone-list/", views.phone_list, name="phone_list"),
    path("p/<slug:slug>/membership/questions/", views.questions, name="questions"),
    path("p/<slug:slug>/membership/questions/<str:key>/", views.question, name="question"),
    path("p/<slug:slug>/membership/chase/", views.chase, name="chase"),
    path("p/<slug:slug>/membership/roll/", views.roll, name="roll"),
    path("p/<slug:slug>/membership/roll.csv", views.roll_csv, name="roll_csv"),
    path("p/<slug:slug>/membership/schools/", views.schools, name="schools"),
    path("p/<slug:slug>/membership/invite/", views.invite, name="invite"),
    path("p/<slug:slug>/membership/letters/", views.letters, name="letters"),
    path("p/<slug:slug>/membership/associates/", views.associates, name="associates"),
    path("p/<slug:slug>/membership/associates/<int:urn>/add/", views.associate, name="associate"),
    path("p/<slug:slug>/membership/dates/", views.dates, name="dates"),
    path("p/<slug:slug>/membership/prospectus/", views.edit_prospectus, name="edit_prospectus"),
    path("p/<slug:slug>/membership/prospectus/preview/", views.preview_prospectus, name="preview_prospectus"),
    path("p/<slug:slug>/membership/working-group/", views.working_group, name="working_group"),
]
