"""The shell as a Django application; when it is ready every room has been discovered."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "secretariat.site"
    label = "shell"
    verbose_name = "Shell"

    def ready(self) -> None:
        """Imports each room's kinds, procedures, figures, notices and files to load, so that they are known."""
        autodiscover_modules("kinds", "procedure", "figures", "notices", "load", "feeds", "definitions")
