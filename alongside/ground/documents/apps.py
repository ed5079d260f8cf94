from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "alongside.ground.documents"
    label = "documents"
