"""Addresses of the assurance room."""

from secretariat.assurance.cases import urls as cases
from secretariat.assurance.framework import urls as framework
from secretariat.assurance.incidents import urls as incidents
from secretariat.assurance.observations import urls as observations
from secretariat.assurance.planning import urls as planning
from secretariat.assurance.pma import urls as pma
from secretariat.assurance.privacy import urls as privacy

urlpatterns = [
    *cases.urlpatterns,
    *planning.urlpatterns,
    *observations.urlpatterns,
    *framework.urlpatterns,
    *incidents.urlpatterns,
    *pma.urlpatterns,
    *privacy.urlpatterns,
]
