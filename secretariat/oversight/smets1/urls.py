"""Addresses of SMETS1 cohorts, combinations, migration, and the live-service criteria."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.smets1 import live_views, views

urlpatterns = [
    *views.Cohorts.urls(),
    *record_urls(views.CohortPage, views.CohortEntry),
    *views.Combinations.urls(),
    *record_urls(views.CombinationPage, views.CombinationEntry),
    *views.MigrationReturns.urls(),
    *record_urls(views.MigrationReturnPage),
    *live_views.Criteria.urls(),
    *record_urls(live_views.CriterionPage, live_views.CriterionEntry),
    *live_views.LiveServiceAssessments.urls(),
    path("live-service-assessments/new/", live_views.LiveServiceEntry.as_view(), name="live service assessment-new"),
    *record_urls(live_views.LiveServicePage),
]
