from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.inviting.views import reminding, schools

app_name = "inviting"
urlpatterns = [
    page("p/<slug:slug>/membership/phone-list/", reminding.phone_list, A.OFFICE),
    page("p/<slug:slug>/membership/chase/", reminding.chase, A.MANAGER),
    page("p/<slug:slug>/membership/schools/", schools.schools, A.MANAGER),
    page("p/<slug:slug>/membership/invite/", schools.invite, A.MANAGER),
    page("p/<slug:slug>/membership/letters/", schools.letters, A.MANAGER),
    page("p/<slug:slug>/membership/associates/", schools.associates, A.MANAGER),
    page("p/<slug:slug>/membership/associates/<int:urn>/add/", schools.associate, A.MANAGER),
]
