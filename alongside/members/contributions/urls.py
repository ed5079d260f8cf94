from django.urls import path

from alongside.members.contributions import views

app_name = "contributions"
urlpatterns = [
    path("p/<slug:slug>/give-and-receive/", views.overview, name="overview"),
    path("p/<slug:slug>/give-and-receive/sheet.csv", views.sheet, name="sheet"),
    path("p/<slug:slug>/give-and-receive/note/", views.note, name="note"),
    path("p/<slug:slug>/give-and-receive/<int:urn>/", views.school, name="school"),
    path("p/<slug:slug>/give-and-receive/<str:key>/take-back/", views.take_back, name="take_back"),
]
