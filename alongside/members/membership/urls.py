from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.membership.views import answering, choosing, office, public, reminding, rolls, texts

app_name = "membership"
urlpatterns = [
    page("p/<slug:slug>/", public.prospectus, A.EVERYONE),
    page("p/<slug:slug>/version/<int:number>/", public.older, A.EVERYONE),
    page("p/<slug:slug>/answer/<str:token>/", answering.invited, A.EVERYONE),
    page("p/<slug:slug>/answer/<str:token>/pass-on/", answering.pass_on, A.EVERYONE),
    page("p/<slug:slug>/answer/<str:token>/read/", answering.read_prospectus, A.EVERYONE),
    page("p/<slug:slug>/membership/", office.overview, A.OFFICE),
    page("p/<slug:slug>/membership/answer/<int:urn>/", answering.answer, A.SCHOOL),
    page("p/<slug:slug>/membership/answer/<int:urn>/withdraw/", answering.withdraw, A.SIGNER),
    page("p/<slug:slug>/membership/answer/<int:urn>/reopen/", answering.reopen, A.KEEPERS),
    page("p/<slug:slug>/membership/<int:urn>/", office.school, A.OFFICE),
    page("p/<slug:slug>/membership/<int:urn>/release/", answering.release, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/contact/", office.contact, A.MANAGER),
    page("p/<slug:slug>/membership/<int:urn>/paper/", office.paper, A.MANAGER),
    page("p/<slug:slug>/membership/phone-list/", office.phone_list, A.OFFICE),
    page("p/<slug:slug>/membership/questions/", office.questions, A.OFFICE),
    page("p/<slug:slug>/membership/questions/<str:key>/", office.question, A.OFFICE, to_post=A.MANAGER),
    page("p/<slug:slug>/membership/chase/", reminding.chase, A.MANAGER),
    page("p/<slug:slug>/membership/roll/", rolls.roll, A.OFFICE, to_post=A.MANAGER),
    page("p/<slug:slug>/membership/roll.csv", rolls.roll_csv, A.OFFICE),
    page("p/<slug:slug>/membership/schools/", choosing.schools, A.MANAGER),
    page("p/<slug:slug>/membership/invite/", choosing.invite, A.MANAGER),
    page("p/<slug:slug>/membership/letters/", choosing.letters, A.MANAGER),
    page("p/<slug:slug>/membership/associates/", choosing.associates, A.MANAGER),
    page("p/<slug:slug>/membership/associates/<int:urn>/add/", choosing.associate, A.MANAGER),
    page("p/<slug:slug>/membership/dates/", texts.dates, A.MANAGER),
    page("p/<slug:slug>/membership/prospectus/", texts.edit_prospectus, A.MANAGER),
    page("p/<slug:slug>/membership/prospectus/preview/", texts.preview_prospectus, A.MANAGER),
    page("p/<slug:slug>/membership/working-group/", texts.working_group, A.MANAGER),
]
