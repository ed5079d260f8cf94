from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CalendarConfig(AppConfig):
    name = "alongside.members.calendar"
    label = "calendar"

    def ready(self) -> None:
        from alongside.members.calendar.actions.bank_holidays import take_in_first

        post_migrate.connect(take_in_first, sender=self, dispatch_uid="bank holidays")
