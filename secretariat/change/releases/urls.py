"""Addresses of releases; the plan comes before the releases, whose keys are numbers."""

from django.urls import path

from secretariat.change.releases import views
from secretariat.change.releases.plan_page import EarliestPage, PlanPage
from secretariat.core.pages import record_urls

urlpatterns = [
    path("releases/plan/", PlanPage.as_view(), name="release plan"),
    path("proposals/<str:key>/earliest-release/", EarliestPage.as_view(), name="earliest release"),
    *views.Releases.urls(),
    *record_urls(views.ReleasePage, views.ReleaseEntry),
    *views.ReleaseItems.urls(),
    *record_urls(views.ReleaseItemPage, views.ReleaseItemEntry),
    *views.MoveRequests.urls(),
    path("move-requests/new/", views.MoveRequestEntry.as_view(), name="move request-new"),
    *record_urls(views.MoveRequestPage),
    *views.Milestones.urls(),
    *record_urls(views.MilestonePage, views.MilestoneEntry),
]
