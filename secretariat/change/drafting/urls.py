"""Addresses of the legal text of proposals."""

from django.urls import path

from secretariat.change.drafting import views

urlpatterns = [
    path("proposals/<str:key>/legal-text/new/", views.LegalTextEntry.as_view(), name="legal text-new"),
    path("proposals/<str:key>/legal-text/link/", views.LinkLegalText.as_view(), name="link legal text"),
]
