from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.notices.views import mine, office

app_name = "notices"
urlpatterns = [
    page("me/notices/", mine.mine, A.SIGNED_IN),
    page("me/notices/preferences/", mine.preferences, A.SIGNED_IN),
    page("me/notices/all-read/", mine.all_read, A.SIGNED_IN),
    page("me/notices/<str:key>/", mine.mine_shown, A.MANAGER),
    page("p/<slug:slug>/notices/", office.everything, A.OFFICE, name="list"),
    page("p/<slug:slug>/notices/address-works/", office.address_works, A.OFFICE),
    page("p/<slug:slug>/notices/<str:key>/", office.show, A.OFFICE),
    page("p/<slug:slug>/notices/<str:key>/again/", office.again, A.OFFICE),
]
