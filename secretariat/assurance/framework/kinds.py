"""The records of frameworks and of the security plan that pages and figures lead to."""

from __future__ import annotations

from secretariat.assurance.framework.models import Control, FrameworkVersion, Interpretation, PlannedWork
from secretariat.core.kinds import register


def interpretation(text: str) -> Interpretation | None:
    """The newest version of the interpretation with a number."""
    found: Interpretation | None = Interpretation.objects.filter(number__iexact=text.strip()).first()
    return found


def not_named(text: str) -> None:
    """Nothing: none of them has a reference that is its own alone."""


register("version of a framework", FrameworkVersion, not_named)
register("control", Control, not_named)
register("agreed interpretation", Interpretation, interpretation)
register("work of the security plan", PlannedWork, not_named)
