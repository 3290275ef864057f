"""Every report that this administration writes."""

from secretariat.reports.operations import OPERATIONS

__all__ = ["OPERATIONS"]
