"""The legal text room as a Django application."""

from django.apps import AppConfig


class LegalTextConfig(AppConfig):
    name = "secretariat.legaltext"
    label = "legaltext"
    verbose_name = "Legal text"
