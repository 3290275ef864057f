"""The assurance room as a Django application."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "secretariat.assurance"
    label = "assurance"
    verbose_name = "Assurance"
