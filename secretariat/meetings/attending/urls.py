"""Addresses of invitations, attendance and conflicts of interest."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.meetings.attending import page, views
from secretariat.meetings.attending.quorum_page import QuorumPage

PARTS = (page,)
"""What attendance says on the page of a meeting: imported here, so that it is known."""

urlpatterns = [
    path("meetings/<str:key>/invite/", views.MeetingInvitation.as_view(), name="meeting-invite"),
    path("meetings/<str:key>/quorum/", QuorumPage.as_view(), name="meeting-quorum"),
    path("meetings/<str:key>/conflict/", views.ConflictDeclaration.as_view(), name="meeting-conflict"),
    *views.Attendances.urls(),
    path("attendances/new/", views.AttendanceEntry.as_view(), name="attendance-new"),
    *record_urls(views.AttendancePage),
    *views.Conflicts.urls(),
    *record_urls(views.ConflictPage),
]
