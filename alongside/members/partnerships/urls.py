from django.urls import path

from alongside.members.partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("p/<slug:slug>/settings/", views.settings, name="settings"),
    path("p/<slug:slug>/settings/about/", views.about, name="about"),
    path("p/<slug:slug>/schools/", views.schools, name="schools"),
]
