from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "alongside.money.invoices"
    label = "invoices"
