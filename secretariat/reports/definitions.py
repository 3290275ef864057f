"""Every report that this administration writes."""

from secretariat.reports.operations import OPERATIONS
from secretariat.reports.tracker import TRACKER

__all__ = ["OPERATIONS", "TRACKER"]
