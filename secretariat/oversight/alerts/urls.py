"""Addresses of alerts of devices and of the central service."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.alerts import cause_pages, judged_pages, views, volume_pages

urlpatterns = [
    *views.AlertCodes.urls(),
    *record_urls(views.AlertCodePage, views.AlertCodeEntry),
    *views.DeviceInventories.urls(),
    path("device-inventories/new/", views.DeviceInventoryEntry.as_view(), name="device inventory-new"),
    *record_urls(views.DeviceInventoryPage),
    *volume_pages.AlertVolumes.urls(),
    *volume_pages.AlertCodesCounted.urls(),
    *volume_pages.AlertDays.urls(),
    *volume_pages.AlertModels.urls(),
    *volume_pages.AlertsOfAModel.urls(),
    *volume_pages.AlertStorms.urls(),
    *judged_pages.SpuriousAlerts.urls(),
    *judged_pages.WithoutASet.urls(),
    *judged_pages.ThrottlingPolicy.urls(),
    *cause_pages.FirmwareChanges.urls(),
    *cause_pages.FalseOutages.urls(),
    *cause_pages.LostAlerts.urls(),
]
