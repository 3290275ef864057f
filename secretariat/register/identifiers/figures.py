"""What is counted of identifiers."""

from __future__ import annotations

from secretariat.register.identifiers.models import Allocation


def organisations_allocated() -> int:
    """How many organisations the ID Allocation list names as it stands."""
    return Allocation.objects.count()
