from django.urls import path

from alongside.notices import views

app_name = "notices"
urlpatterns = [
    path("p/<slug:slug>/notices/", views.everything, name="list"),
    path("p/<slug:slug>/notices/<str:key>/", views.show, name="show"),
]
