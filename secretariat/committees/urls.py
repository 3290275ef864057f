"""Addresses of the bodies, their seats and their ballots."""

from secretariat.committees.ballots import urls as ballots
from secretariat.committees.bodies import urls as bodies
from secretariat.committees.elections import urls as elections
from secretariat.committees.seats import urls as seats
from secretariat.committees.views import CommitteeEntry, CommitteePage, Committees
from secretariat.core.pages import record_urls

urlpatterns = [
    *Committees.urls(),
    *record_urls(CommitteePage, CommitteeEntry),
    *seats.urlpatterns,
    *bodies.urlpatterns,
    *ballots.urlpatterns,
    *elections.urlpatterns,
]
