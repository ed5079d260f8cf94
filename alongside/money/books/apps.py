from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "alongside.money.books"
    label = "books"
