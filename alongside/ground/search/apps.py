from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "alongside.ground.search"
    label = "search"
