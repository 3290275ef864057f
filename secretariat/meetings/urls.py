"""Addresses of meetings."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.views import MeetingDocumentEntry, MeetingEntry, MeetingPage, Meetings

urlpatterns = [
    *Meetings.urls(),
    *record_urls(MeetingPage, MeetingEntry),
    path("meeting-documents/new/", MeetingDocumentEntry.as_view(), name="meeting document-new"),
    path("meeting-documents/<str:key>/edit/", MeetingDocumentEntry.as_view(), name="meeting document-edit"),
]
