from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.members.people"
    label = "people"
