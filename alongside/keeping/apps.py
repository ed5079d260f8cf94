from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "alongside.keeping"
    label = "keeping"
