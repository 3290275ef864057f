"""The shell as a Django application; when it is ready every room has been discovered."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import module_has_submodule

DISCOVERED = ("kinds", "procedure", "figures", "notices", "load", "feeds", "definitions", "duties", "sources")


class SiteConfig(AppConfig):
    name = "secretariat.site"
    label = "shell"
    verbose_name = "Shell"

    def ready(self) -> None:
        """Imports what each room makes known: kinds, procedures, figures, notices, loads, duties and the rest."""
        packages = [import_module(name) for name in _packages()]
        for name in DISCOVERED:
            for package in packages:
                if module_has_submodule(package, name):
                    import_module(f"{package.__name__}.{name}")


def _packages() -> Iterator[str]:
    """Every room, and the packages into which a large room is divided."""
    for room in settings.ROOMS:
        package = import_module(f"secretariat.{room}")
        yield package.__name__
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if found.ispkg and not found.name.endswith(".migrations"):
                yield found.name
