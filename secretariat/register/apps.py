"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "secretariat.register"
    label = "register"
    verbose_name = "Parties"
