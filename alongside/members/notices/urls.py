from django.urls import path

from alongside.members.notices.views import mine, office

app_name = "notices"
urlpatterns = [
    path("me/notices/", mine.mine, name="mine"),
    path("me/notices/preferences/", mine.preferences, name="preferences"),
    path("me/notices/all-read/", mine.all_read, name="all_read"),
    path("me/notices/<str:key>/", mine.mine_shown, name="mine_shown"),
    path("p/<slug:slug>/notices/", office.everything, name="list"),
    path("p/<slug:slug>/notices/address-works/", office.address_works, name="address_works"),
    path("p/<slug:slug>/notices/<str:key>/", office.show, name="show"),
    path("p/<slug:slug>/notices/<str:key>/again/", office.again, name="again"),
]
