"""The records of releases to which pages and figures lead."""

from __future__ import annotations

from secretariat.change.releases.models import Milestone, MoveRequest, ReleaseItem
from secretariat.core import kinds


def not_named(text: str) -> None:
    """No reference in prose names one of these: a release is named, and leads to them."""


kinds.register("release item", ReleaseItem, not_named)
kinds.register("move request", MoveRequest, not_named)
kinds.register("milestone", Milestone, not_named)
