"""The core room as a Django application."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "secretariat.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Makes known the kinds of file that the core itself takes."""
        import_module("secretariat.core.load_schemes")
        import_module("secretariat.core.load_figures")
