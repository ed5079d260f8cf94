from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "alongside.members.contributions"
    label = "contributions"
