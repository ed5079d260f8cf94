from django.urls import path

from alongside.ground.files import views

app_name = "files"
urlpatterns = [
    path("p/<slug:slug>/papers/", views.papers, name="papers"),
    path("p/<slug:slug>/papers/add/", views.add_paper, name="add_paper"),
    path("p/<slug:slug>/papers/<slug:file>/", views.replace_paper, name="replace_paper"),
    path("p/<slug:slug>/papers/<slug:file>/take-out/", views.take_out_paper, name="take_out_paper"),
    path("files/<slug:file>/", views.download, name="download"),
]
