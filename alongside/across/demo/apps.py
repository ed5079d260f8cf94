from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "alongside.across.demo"
    label = "demo"
