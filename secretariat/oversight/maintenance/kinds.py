"""The records of maintenance that pages and figures lead to."""

from secretariat.core.kinds import register
from secretariat.oversight.maintenance.models import MaintenanceWindow
from secretariat.register.kinds import not_named

register("maintenance window", MaintenanceWindow, not_named)
