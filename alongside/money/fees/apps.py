from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "alongside.money.fees"
    label = "fees"
