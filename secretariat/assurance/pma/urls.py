"""Addresses of the key infrastructure."""

from django.urls import path

from secretariat.assurance.pma import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.KeyCertificates.urls(),
    *record_urls(views.KeyCertificatePage, views.KeyCertificateEntry),
    *views.Recoveries.urls(),
    path("recovery-cases/new/", views.RecoveryEntry.as_view(), name="recovery case-new"),
    *record_urls(views.RecoveryPage),
    *views.PmaDocuments.urls(),
    path("policy-authority-documents/new/", views.PmaDocumentEntry.as_view(), name="policy authority document-new"),
    *record_urls(views.PmaDocumentPage),
]
