from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "alongside.members.partnerships"
    label = "partnerships"
