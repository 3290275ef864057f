"""Addresses of planned and published versions, and of the Document Log."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.legaltext.publishing.views import (
    Archive,
    DocumentLog,
    Gather,
    GatherDrafts,
    MakeAgain,
    PlannedChange,
    PlannedChanges,
    PlannedEntry,
    PlannedPage,
    PlannedVersions,
    Rehearse,
)

urlpatterns = [
    *DocumentLog.urls(),
    *PlannedVersions.urls(),
    *PlannedChanges.urls(),
    path("planned-code-versions/<str:key>/gather/", Gather.as_view(), name="gather"),
    path("planned-code-versions/<str:key>/drafts/", GatherDrafts.as_view(), name="gather drafts"),
    path("planned-code-versions/<int:pk>/rehearse/", Rehearse.as_view(), name="rehearse"),
    path("planned-code-versions/<int:pk>/again/", MakeAgain.as_view(), name="make again"),
    path("code-versions/<int:pk>/archive.zip", Archive.as_view(), name="code archive"),
    *record_urls(PlannedChange),
    *record_urls(PlannedPage, PlannedEntry),
]
