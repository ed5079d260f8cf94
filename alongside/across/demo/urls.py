from django.urls import path

from alongside.across.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.doors, name="doors"),
    path("demo/head/", views.as_head, name="as_head"),
    path("demo/manager/", views.as_manager, name="as_manager"),
    path("demo/your-schools/", views.own_schools, name="own_schools"),
    path("demo/be/", views.be, name="be"),
    path("demo/day/", views.move, name="move"),
    path("demo/start-again/", views.start_again, name="start_again"),
]
