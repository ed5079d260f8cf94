from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.membership.views import answers, links, office, prospectus

app_name = "membership"
urlpatterns = [
    page("p/<slug:slug>/", prospectus.prospectus, A.EVERYONE),
    page("p/<slug:slug>/version/<int:number>/", prospectus.older, A.EVERYONE),
    page("p/<slug:slug>/answer/<str:token>/", links.invited, A.EVERYONE, opened_by="token"),
    page("p/<slug:slug>/answer/<str:token>/pass-on/", links.pass_on, A.EVERYONE, opened_by="token"),
    page("p/<slug:slug>/answer/<str:token>/read/", links.read_prospectus, A.EVERYONE, opened_by="token"),
    page("p/<slug:slug>/membership/", office.overview, A.OFFICE),
    page("p/<slug:slug>/membership/answer/<int:urn>/", answers.answer, A.SCHOOL),
    page("p/<slug:slug>/membership/answer/<int:urn>/signed/", answers.signed, A.SCHOOL),
    page("p/<slug:slug>/membership/answer/<int:urn>/withdraw/", answers.withdraw, A.SIGNER),
    page("p/<slug:slug>/membership/answer/<int:urn>/reopen/", answers.reopen, A.KEEPERS),
    page("p/<slug:slug>/membership/<int:urn>/", office.school, A.OFFICE),
    page("p/<slug:slug>/membership/<int:urn>/release/", answers.release, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/contact/", office.contact, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/telephone/", office.telephone, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/note/<str:key>/off/", office.note_off, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/paper/", office.paper, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/stop/", office.stop, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/ask-again/", office.ask_again, A.MANAGER),
    page("p/<slug:slug>/membership/questions/", office.questions, A.OFFICE),
    page("p/<slug:slug>/membership/questions/<str:key>/", office.question, A.OFFICE, to_post=A.MANAGER),
    page("p/<slug:slug>/membership/roll/", office.roll, A.OFFICE, to_post=A.MANAGER),
    page("p/<slug:slug>/membership/roll.csv", office.roll_csv, A.OFFICE),
    page("p/<slug:slug>/membership/dates/", prospectus.dates, A.MANAGER),
    page("p/<slug:slug>/membership/prospectus/", prospectus.edit_prospectus, A.MANAGER),
    page("p/<slug:slug>/membership/prospectus/preview/", prospectus.preview_prospectus, A.MANAGER),
    page("p/<slug:slug>/membership/working-group/", prospectus.working_group, A.MANAGER),
]
