"""Addresses of meetings."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings import body_page
from secretariat.meetings.actions import urls as actions
from secretariat.meetings.agenda import urls as agenda
from secretariat.meetings.attending import urls as attending
from secretariat.meetings.calendar_page import CalendarPage
from secretariat.meetings.minutes import urls as minutes
from secretariat.meetings.packs import urls as packs
from secretariat.meetings.series import urls as series
from secretariat.meetings.views import (
    ExtraordinaryEntry,
    MeetingDocumentEntry,
    MeetingEntry,
    MeetingPage,
    Meetings,
)

urlpatterns = [
    *agenda.urlpatterns,
    *packs.urlpatterns,
    *actions.urlpatterns,
    *minutes.urlpatterns,
    path("calendar/", CalendarPage.as_view(), name="calendar"),
    *Meetings.urls(),
    path("meetings/extraordinary/", ExtraordinaryEntry.as_view(), name="extraordinary meeting-new"),
    *record_urls(MeetingPage, MeetingEntry),
    path("meeting-documents/new/", MeetingDocumentEntry.as_view(), name="meeting document-new"),
    path("meeting-documents/<str:key>/edit/", MeetingDocumentEntry.as_view(), name="meeting document-edit"),
    *series.urlpatterns,
    *attending.urlpatterns,
]

TABLES = (body_page.next_meetings, body_page.open_actions)
"""What this room says on the page of a body."""
