from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "alongside.members.membership"
    label = "membership"
