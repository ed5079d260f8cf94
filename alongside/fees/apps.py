from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "alongside.fees"
    label = "fees"
