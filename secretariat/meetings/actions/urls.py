"""Addresses of actions."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.actions.views import ActionEntry, ActionPage, Actions, CloseWithEvidence

urlpatterns = [
    *Actions.urls(),
    path("actions/<str:key>/evidence/", CloseWithEvidence.as_view(), name="action-evidence"),
    *record_urls(ActionPage, ActionEntry),
]
