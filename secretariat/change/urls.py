"""Addresses of the change room."""

from secretariat.change import views
from secretariat.change.assessments import urls as assessments
from secretariat.change.decision import urls as decision
from secretariat.change.documents import urls as documents
from secretariat.change.drafting import urls as drafting
from secretariat.change.judging import urls as judging
from secretariat.change.naming import urls as naming
from secretariat.change.raising import urls as raising
from secretariat.change.releases import urls as releases
from secretariat.change.sessions import urls as sessions
from secretariat.change.standing import urls as standing
from secretariat.core.pages import record_urls

urlpatterns = [
    *views.Proposals.urls(),
    *record_urls(views.ProposalPage, views.ProposalEntry),
    *naming.urlpatterns,
    *standing.urlpatterns,
    *releases.urlpatterns,
    *assessments.urlpatterns,
    *documents.urlpatterns,
    *drafting.urlpatterns,
    *decision.urlpatterns,
    *judging.urlpatterns,
    *sessions.urlpatterns,
    *raising.urlpatterns,
]
