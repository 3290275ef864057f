"""The oversight room as a Django application."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "secretariat.oversight"
    label = "oversight"
    verbose_name = "Central service"
