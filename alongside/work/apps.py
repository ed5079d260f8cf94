from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "alongside.work"
    label = "work"
