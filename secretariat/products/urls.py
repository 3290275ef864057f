"""Addresses of the products room."""

from secretariat.core.pages import record_urls
from secretariat.products import views

urlpatterns = [
    *views.ProductLists.urls(),
    *record_urls(views.ProductListPage, views.ProductListEntry),
    *views.ListVersions.urls(),
    *record_urls(views.ListVersionPage, views.ListVersionEntry),
    *views.DeviceModels.urls(),
    *record_urls(views.DeviceModelPage, views.DeviceModelEntry),
]
