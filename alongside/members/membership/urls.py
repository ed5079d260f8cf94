from django.urls import path

from alongside.members.membership.views import answering, choosing, office, public, reminding, rolls, texts

app_name = "membership"
urlpatterns = [
    path("p/<slug:slug>/", public.prospectus, name="prospectus"),
    path("p/<slug:slug>/version/<int:number>/", public.older, name="older"),
    path("p/<slug:slug>/answer/<str:token>/", answering.invited, name="invited"),
    path("p/<slug:slug>/answer/<str:token>/pass-on/", answering.pass_on, name="pass_on"),
    path("p/<slug:slug>/answer/<str:token>/read/", answering.read_prospectus, name="read_prospectus"),
    path("p/<slug:slug>/membership/", office.overview, name="overview"),
    path("p/<slug:slug>/membership/answer/<int:urn>/", answering.answer, name="answer"),
    path("p/<slug:slug>/membership/answer/<int:urn>/withdraw/", answering.withdraw, name="withdraw"),
    path("p/<slug:slug>/membership/answer/<int:urn>/reopen/", answering.reopen, name="reopen"),
    path("p/<slug:slug>/membership/<int:urn>/", office.school, name="school"),
    path("p/<slug:slug>/membership/<int:urn>/release/", answering.release, name="release"),
    path("p/<slug:slug>/membership/<int:urn>/contact/", office.contact, name="contact"),
    path("p/<slug:slug>/membership/<int:urn>/paper/", office.paper, name="paper"),
    path("p/<slug:slug>/membership/phone-list/", office.phone_list, name="phone_list"),
    path("p/<slug:slug>/membership/questions/", office.questions, name="questions"),
    path("p/<slug:slug>/membership/questions/<str:key>/", office.question, name="question"),
    path("p/<slug:slug>/membership/chase/", reminding.chase, name="chase"),
    path("p/<slug:slug>/membership/roll/", rolls.roll, name="roll"),
    path("p/<slug:slug>/membership/roll.csv", rolls.roll_csv, name="roll_csv"),
    path("p/<slug:slug>/membership/schools/", choosing.schools, name="schools"),
    path("p/<slug:slug>/membership/invite/", choosing.invite, name="invite"),
    path("p/<slug:slug>/membership/letters/", choosing.letters, name="letters"),
    path("p/<slug:slug>/membership/associates/", choosing.associates, name="associates"),
    path("p/<slug:slug>/membership/associates/<int:urn>/add/", choosing.associate, name="associate"),
    path("p/<slug:slug>/membership/dates/", texts.dates, name="dates"),
    path("p/<slug:slug>/membership/prospectus/", texts.edit_prospectus, name="edit_prospectus"),
    path("p/<slug:slug>/membership/prospectus/preview/", texts.preview_prospectus, name="preview_prospectus"),
    path("p/<slug:slug>/membership/working-group/", texts.working_group, name="working_group"),
]
