"""Addresses of the bodies."""

from secretariat.committees.views import CommitteeEntry, CommitteePage, Committees
from secretariat.core.pages import record_urls

urlpatterns = [*Committees.urls(), *record_urls(CommitteePage, CommitteeEntry)]
