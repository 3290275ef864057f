"""The committees room as a Django application."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "secretariat.committees"
    label = "committees"
    verbose_name = "Committees"
