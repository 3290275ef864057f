"""Addresses of the centralised tracker."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.oversight.tracker import pages, views

urlpatterns = [
    *views.TrackerEntries.urls(),
    path("tracker-entries/new/", views.TrackerEntryEntry.as_view(), name="tracker entry-new"),
    path("tracker-entries/<str:key>/edit/", views.TrackerEntryCorrection.as_view(), name="tracker entry-edit"),
    path("tracker-entries/<str:key>/impact/", pages.AddImpact.as_view(), name="tracker entry-impact"),
    path("tracker-entries/<str:key>/part/", pages.AddPart.as_view(), name="tracker entry-part"),
    path("tracker-entries/<str:key>/move/", pages.MoveDate.as_view(), name="tracker entry-move"),
    path("tracker-entries/<str:key>/done/", pages.PartDone.as_view(), name="tracker entry-done"),
    path("tracker-entries/<str:key>/measure/", pages.AddMeasurement.as_view(), name="tracker entry-measure"),
    path("tracker-entries/<str:key>/models/", pages.NameModels.as_view(), name="tracker entry-models"),
    *record_urls(views.TrackerEntryPage),
    *views.PlanMoves.urls(),
]
