"""Addresses of differences between parties."""

from django.urls import URLPattern, path

from secretariat.core.pages import record_urls
from secretariat.oversight.differences import views

urlpatterns: list[URLPattern] = [
    *views.PartyDifferences.urls(),
    path("party-differences/new/", views.PartyDifferenceEntry.as_view(), name="party difference-new"),
    *record_urls(views.PartyDifferencePage),
    *views.EngagementRulesList.urls(),
    *record_urls(views.EngagementRulesPage, views.EngagementRulesEntry),
]
