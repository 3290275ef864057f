"""Addresses of urgency, relations, parts and adoption."""

from django.urls import path

from secretariat.change.standing import views
from secretariat.core.pages import record_urls

urlpatterns = [
    path("adoptions/new/", views.AdoptionEntry.as_view(), name="adoption-new"),
    *views.Urgencies.urls(),
    path("urgencies/new/", views.UrgencyEntry.as_view(), name="urgency-new"),
    *record_urls(views.UrgencyPage),
    *views.Relations.urls(),
    *record_urls(views.RelationPage, views.RelationEntry),
    *views.Parts.urls(),
    *record_urls(views.PartPage, views.PartEntry),
]
