from django.urls import path

from alongside.ground.work import views

app_name = "work"
urlpatterns = [
    path("me/progress/", views.jobs, name="jobs"),
    path("me/progress/<str:key>/", views.job, name="job"),
]
