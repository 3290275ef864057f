"""Addresses of the register."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register import views

urlpatterns = [
    *views.Parties.urls(),
    *record_urls(views.PartyPage, views.PartyEntry),
    *views.VotingGroups.urls(),
    *record_urls(views.VotingGroupPage, views.VotingGroupEntry),
    *views.DefaultCases.urls(),
    path("default-cases/new/", views.DefaultCaseEntry.as_view(), name="default case-new"),
    *record_urls(views.DefaultCasePage),
    *views.UserEntries.urls(),
    path("user-entries/new/", views.UserEntryEntry.as_view(), name="user entry-new"),
    *record_urls(views.UserEntryPage),
    *views.TestNotifications.urls(),
    path("test-notifications/new/", views.TestNotificationEntry.as_view(), name="test notification-new"),
    *record_urls(views.TestNotificationPage),
]
