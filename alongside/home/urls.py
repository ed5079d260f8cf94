from django.urls import path

from alongside.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("me/", views.me, name="me"),
    path("p/<slug:slug>/overview/", views.overview, name="overview"),
    path("schools/<int:urn>/", views.school, name="school"),
]
