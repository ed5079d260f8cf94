from django.urls import path

from alongside.work import views

app_name = "work"
urlpatterns = [
    path("me/work/", views.jobs, name="jobs"),
    path("me/work/<str:key>/", views.job, name="job"),
]
