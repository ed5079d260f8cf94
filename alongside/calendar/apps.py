from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "alongside.calendar"
    label = "calendar"
