from django.urls import path

from alongside.schools import views

app_name = "schools"
urlpatterns = [path("schools/", views.search, name="search")]
