from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "alongside.members.notices"
    label = "notices"
