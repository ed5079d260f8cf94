from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "alongside.ground.audit"
    label = "audit"
