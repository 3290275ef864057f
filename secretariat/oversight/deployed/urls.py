"""Addresses of the installed devices."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.deployed import views

urlpatterns = [
    *views.DeployedCounts.urls(),
    *record_urls(views.DeployedCountPage),
    path("certificates/<str:key>/population/", views.CertificatePopulation.as_view(), name="certificate population"),
]
