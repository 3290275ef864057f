"""Addresses of the documents of proposals."""

from django.urls import path

from secretariat.change.documents import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Documents.urls(),
    path("proposal-documents/new/", views.DocumentEntry.as_view(), name="proposal document-new"),
    *record_urls(views.DocumentPage),
]
