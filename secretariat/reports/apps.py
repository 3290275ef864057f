"""The reports room as a Django application; its definitions are found when the site is ready."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "secretariat.reports"
    label = "reports"
    verbose_name = "Reports"
