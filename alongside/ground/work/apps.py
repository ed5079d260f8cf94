from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "alongside.ground.work"
    label = "work"
