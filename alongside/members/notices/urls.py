from django.urls import path

from alongside.members.notices import views

app_name = "notices"
urlpatterns = [
    path("me/notices/", views.mine, name="mine"),
    path("me/notices/preferences/", views.preferences, name="preferences"),
    path("me/notices/all-read/", views.all_read, name="all_read"),
    path("me/notices/<str:key>/", views.mine_shown, name="mine_shown"),
    path("p/<slug:slug>/notices/", views.everything, name="list"),
    path("p/<slug:slug>/notices/address-works/", views.address_works, name="address_works"),
    path("p/<slug:slug>/notices/<str:key>/", views.show, name="show"),
    path("p/<slug:slug>/notices/<str:key>/again/", views.again, name="again"),
]
