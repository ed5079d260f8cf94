from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "alongside.across.keeping"
    label = "keeping"
