from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    name = "alongside.members.authority"
    label = "authority"
