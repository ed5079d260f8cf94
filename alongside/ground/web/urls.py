from django.urls import path

from alongside.ground.web import views

app_name = "web"
urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("components/", views.components, name="components"),
    path("favicon.ico", views.favicon, name="favicon"),
]
