from django.urls import path

from alongside.members.schools import views

app_name = "schools"
urlpatterns = [
    path("schools/", views.search, name="search"),
    path("schools/map/", views.map, name="map"),
    path("schools/trust/<int:uid>/", views.trust, name="trust"),
    path("schools/successions/", views.successions, name="successions"),
]
