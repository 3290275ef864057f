"""The consultations room as a Django application."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "secretariat.consultations"
    label = "consultations"
    verbose_name = "Consultations"
