from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "alongside.money.bank"
    label = "bank"
