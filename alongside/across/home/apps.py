from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "alongside.across.home"
    label = "home"
