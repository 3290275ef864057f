"""Addresses of the catalogue of services."""

from django.urls import URLPattern

from secretariat.core.pages import record_urls
from secretariat.oversight.catalogue import views

urlpatterns: list[URLPattern] = [
    *views.ServiceRequests.urls(),
    *record_urls(views.ServiceRequestPage, views.ServiceRequestEntry),
]
