"""The change room as a Django application."""

from django.apps import AppConfig


class ChangeConfig(AppConfig):
    name = "secretariat.change"
    label = "change"
    verbose_name = "Change"
