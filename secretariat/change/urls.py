"""Addresses of the change room."""

from secretariat.change import views
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Proposals.urls(),
    *record_urls(views.ProposalPage, views.ProposalEntry),
    *views.Releases.urls(),
    *record_urls(views.ReleasePage, views.ReleaseEntry),
]
