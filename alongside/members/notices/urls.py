from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.notices import views

app_name = "notices"
urlpatterns = [
    page("me/notices/", views.mine, A.SIGNED_IN),
    page("me/notices/preferences/", views.preferences, A.SIGNED_IN),
    page("me/notices/all-read/", views.all_read, A.SIGNED_IN),
    page("me/notices/<str:key>/", views.mine_shown, A.MANAGER),
    page("p/<slug:slug>/notices/", views.everything, A.OFFICE, name="list"),
    page("p/<slug:slug>/notices/address-works/", views.address_works, A.OFFICE),
    page("p/<slug:slug>/notices/<str:key>/", views.show, A.OFFICE),
    page("p/<slug:slug>/notices/<str:key>/again/", views.again, A.OFFICE),
]
