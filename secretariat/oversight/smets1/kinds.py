"""SMETS1 cohorts, combinations and assessments, as kinds of record that a reference names."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.smets1.models import Cohort, Combination, Criterion, LiveServiceAssessment, MigrationReturn
from secretariat.register.kinds import not_named


def combination(text: str) -> Combination | None:
    """The combination with this name."""
    return Combination.objects.filter(name__iexact=text.strip()).first()


register("SMETS1 cohort", Cohort, not_named)
register("device model combination", Combination, combination)
register("migration return", MigrationReturn, not_named)
register("live service criterion", Criterion, not_named)
register("live service assessment", LiveServiceAssessment, not_named)
