from django.urls import path

from alongside.money.books import views

app_name = "books"
room = "p/<slug:slug>/books/"
urlpatterns = [
    path(room, views.books, name="books"),
    path(f"{room}vat/", views.vat, name="vat"),
    path(f"{room}schedule/", views.schedule, name="schedule"),
    path(f"{room}schedule.csv", views.schedule_csv, name="schedule_csv"),
    path(f"{room}<slug:form>/", views.books_file, name="books_file"),
]
