"""Addresses of Working Group sessions and their notes."""

from django.urls import path

from secretariat.change.sessions import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Sessions.urls(),
    path("working-group-sessions/new/", views.SessionEntry.as_view(), name="working group session-new"),
    path("working-group-sessions/<str:key>/invite/", views.Invitation.as_view(), name="working group session-invite"),
    *record_urls(views.SessionPage),
    *views.Notes.urls(),
    path("session-notes/new/", views.NoteEntry.as_view(), name="session note-new"),
    *record_urls(views.NotePage),
]
