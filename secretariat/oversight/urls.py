"""Addresses of the oversight room."""

from secretariat.oversight.accountability import urls as accountability
from secretariat.oversight.alerts import urls as alerts
from secretariat.oversight.catalogue import urls as catalogue
from secretariat.oversight.deployed import urls as deployed
from secretariat.oversight.differences import urls as differences
from secretariat.oversight.hubs import urls as hubs
from secretariat.oversight.incidents import urls as incidents
from secretariat.oversight.maintenance import urls as maintenance
from secretariat.oversight.measures import urls as measures
from secretariat.oversight.readings import urls as readings
from secretariat.oversight.registration_data import urls as registration_data
from secretariat.oversight.smets1 import urls as smets1
from secretariat.oversight.testing import urls as testing
from secretariat.oversight.tracker import urls as tracker

urlpatterns = [
    *measures.urlpatterns,
    *alerts.urlpatterns,
    *readings.urlpatterns,
    *tracker.urlpatterns,
    *hubs.urlpatterns,
    *deployed.urlpatterns,
    *incidents.urlpatterns,
    *smets1.urlpatterns,
    *testing.urlpatterns,
    *catalogue.urlpatterns,
    *maintenance.urlpatterns,
    *differences.urlpatterns,
    *accountability.urlpatterns,
    *registration_data.urlpatterns,
]
