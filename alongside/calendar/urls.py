from django.urls import path

from alongside.calendar import views

app_name = "calendar"
urlpatterns = [
    path("p/<slug:slug>/calendar/", views.holidays, name="holidays"),
    path("p/<slug:slug>/calendar/nation/", views.nation, name="nation"),
    path("p/<slug:slug>/calendar/<slug:holiday>/remove/", views.remove_holiday, name="remove_holiday"),
]
