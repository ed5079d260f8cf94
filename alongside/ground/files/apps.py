from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "alongside.ground.files"
    label = "files"
