"""Addresses of the register."""

from django.urls import path

from secretariat.core.pages import record_urls
from secretariat.register import default_views, entry_views, views
from secretariat.register.accession import urls as accession
from secretariat.register.contacts import urls as contacts
from secretariat.register.identifiers import urls as identifiers
from secretariat.register.leaving import urls as leaving
from secretariat.register.panel_action import urls as panel_action
from secretariat.register.user_entry import urls as user_entry

urlpatterns = [
    *views.Parties.urls(),
    *record_urls(views.PartyPage, views.PartyEntry),
    *views.VotingGroups.urls(),
    *record_urls(views.VotingGroupPage, views.VotingGroupEntry),
    *default_views.DefaultCases.urls(),
    path("default-cases/new/", default_views.DefaultCaseEntry.as_view(), name="default case-new"),
    *record_urls(default_views.DefaultCasePage),
    *entry_views.UserEntries.urls(),
    path("user-entries/new/", entry_views.UserEntryEntry.as_view(), name="user entry-new"),
    *record_urls(entry_views.UserEntryPage),
    *entry_views.TestNotifications.urls(),
    path("test-notifications/new/", entry_views.TestNotificationEntry.as_view(), name="test notification-new"),
    *record_urls(entry_views.TestNotificationPage),
    *accession.urlpatterns,
    *identifiers.urlpatterns,
    *contacts.urlpatterns,
    *panel_action.urlpatterns,
    *leaving.urlpatterns,
    *user_entry.urlpatterns,
]
