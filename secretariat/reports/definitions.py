"""Every report that this administration writes."""

from secretariat.reports.operations import OPERATIONS
from secretariat.reports.sub_committee import SUB_COMMITTEE
from secretariat.reports.tracker import TRACKER
from secretariat.reports.transitional import TRANSITIONAL_UPDATE

__all__ = ["OPERATIONS", "SUB_COMMITTEE", "TRACKER", "TRANSITIONAL_UPDATE"]
