from django.urls import path

from alongside.money.bank import views

app_name = "bank"
room, one = "p/<slug:slug>/bank/", "p/<slug:slug>/bank/<slug:key>/"
urlpatterns = [
    path(room, views.bank, name="bank"),
    path(f"{room}read/", views.read_bank_file, name="read_bank_file"),
    path(f"{room}book/", views.book_bank_lines, name="book_bank_lines"),
    path(one, views.bank_line, name="bank_line"),
    path(f"{one}book/", views.book_bank_line, name="book_bank_line"),
    path(f"{one}ignore/", views.ignore_bank_line, name="ignore_bank_line"),
    path(f"{one}again/", views.reopen_bank_line, name="reopen_bank_line"),
]
