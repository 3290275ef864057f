"""Addresses of the maintenance of the central service."""

from django.urls import URLPattern, path

from secretariat.core.pages import record_urls
from secretariat.oversight.maintenance import views

urlpatterns: list[URLPattern] = [
    *views.MaintenanceWindows.urls(),
    path("maintenance-windows/new/", views.MaintenanceWindowEntry.as_view(), name="maintenance window-new"),
    *record_urls(views.MaintenanceWindowPage),
]
