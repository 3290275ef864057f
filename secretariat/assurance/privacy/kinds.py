"""The records of privacy that pages and figures lead to."""

from __future__ import annotations

from secretariat.assurance.privacy.models import PrivacyChange, SampleDraw
from secretariat.core.kinds import register


def not_named(text: str) -> None:
    """Nothing: neither has a reference of its own."""


register("privacy change", PrivacyChange, not_named)
register("random sample", SampleDraw, not_named)
