"""Addresses of the texts that come in."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.legaltext.importing import views

urlpatterns = [
    *views.TextImports.urls(),
    path("texts-brought-in/new/", views.TextImportEntry.as_view(), name="text brought in-new"),
    path("texts-brought-in/<str:key>/draft/", views.AcceptAsDraft.as_view(), name="accept text as draft"),
    path("texts-brought-in/<str:key>/first-version/", views.AcceptAsFirst.as_view(), name="accept text as first"),
    *record_urls(views.TextImportPage),
]
