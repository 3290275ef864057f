"""Addresses of privacy."""

from django.urls import path

from secretariat.assurance.privacy import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.PrivacyChanges.urls(),
    path("privacy-changes/new/", views.PrivacyChangeEntry.as_view(), name="privacy change-new"),
    path("privacy-changes/<str:key>/material/", views.FindMaterial.as_view(), name="find a privacy change material"),
    *record_urls(views.PrivacyChangePage),
    *views.SampleDraws.urls(),
    path("random-samples/new/", views.SampleDrawEntry.as_view(), name="random sample-new"),
    *record_urls(views.SampleDrawPage),
    path("privacy-of-other-users/", views.PrivacyStanding.as_view(), name="privacy of other users"),
]
