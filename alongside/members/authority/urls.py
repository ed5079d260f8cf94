from django.urls import path

from alongside.members.authority import views

app_name = "authority"
room = "p/<slug:slug>/authority/"
urlpatterns = [
    path(room, views.decisions, name="decisions"),
    path(f"{room}record/", views.record_decision, name="record_decision"),
]
