"""Addresses of the Panel's actions and of case files."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register.panel_action import views

urlpatterns = [
    *views.PanelActions.urls(),
    path("panel-actions/new/", views.PanelActionEntry.as_view(), name="panel action-new"),
    *record_urls(views.PanelActionPage),
    *views.CaseNotes.urls(),
    path("case-notes/new/", views.CaseNoteEntry.as_view(), name="case note-new"),
    *record_urls(views.CaseNotePage),
]
