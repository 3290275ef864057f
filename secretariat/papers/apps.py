"""The papers room as a Django application."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "secretariat.papers"
    label = "papers"
    verbose_name = "Papers"
