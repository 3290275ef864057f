"""Addresses of data sets of measurements."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.readings import views

urlpatterns = [
    *views.AlertExtracts.urls(),
    path("alert-extracts/new/", views.ExtractEntry.as_view(), name="alert extract-new"),
    *record_urls(views.ExtractPage),
]
