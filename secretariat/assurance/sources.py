"""What a security or privacy assessment shows of a party's user entry."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.assurance.cases.entering import shown
from secretariat.register.user_entry.models import Kind, Requirement
from secretariat.register.user_entry.sources import Source, shows


@shows
def assessed_status(requirement: Requirement) -> Iterator[Source]:
    """The party's standing status that meets the security or the privacy requirement (rule UEP-3)."""
    yield from shown(requirement.entry.party_id, Kind(requirement.kind))
