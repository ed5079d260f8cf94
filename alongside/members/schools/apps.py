from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "alongside.members.schools"
    label = "schools"
