"""Addresses of the Communications Hubs."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.hubs import overview, request_views, views

urlpatterns = [
    path("communications-hubs/", overview.CommunicationsHubs.as_view(), name="communications hubs"),
    *views.HubCounts.urls(),
    *record_urls(views.HubCountPage),
    *views.HubExceptions.urls(),
    *record_urls(views.HubExceptionPage),
    *views.ExceptionCategories.urls(),
    *record_urls(views.ExceptionCategoryPage, views.ExceptionCategoryEntry),
    *overview.Interventions.urls(),
    *record_urls(overview.InterventionPage, overview.InterventionEntry),
    *views.TriageBatches.urls(),
    *record_urls(views.TriageBatchPage, views.TriageBatchEntry),
    *request_views.HubRequests.urls(),
    path("hub-requests/<str:key>/stands/", request_views.TellStanding.as_view(), name="hub request-stands"),
    *record_urls(request_views.HubRequestPage, request_views.HubRequestEntry),
    *request_views.HubStocks.urls(),
    *record_urls(request_views.HubStockPage, request_views.HubStockEntry),
    *request_views.HubTransfers.urls(),
    path("hub-transfers/new/", request_views.HubTransferEntry.as_view(), name="hub transfer-new"),
    *record_urls(request_views.HubTransferPage),
]
