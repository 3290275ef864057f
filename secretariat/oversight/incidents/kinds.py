"""Incidents and what belongs to them, as kinds of record that a reference names."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.incidents.learning import LESSONS, REVIEWS
from secretariat.oversight.incidents.models import AgedCategory, Incident, Problem
from secretariat.register.kinds import not_named


def incident(text: str) -> Incident | None:
    """The incident with this reference."""
    return Incident.objects.filter(reference__iexact=text.strip()).first()


def problem(text: str) -> Problem | None:
    """The problem with this reference."""
    return Problem.objects.filter(reference__iexact=text.strip()).first()


register("service incident", Incident, incident)
register("service problem", Problem, problem)
register("aged incident category", AgedCategory, not_named)
register("major incident review", REVIEWS.model, not_named)
register("incident lesson", LESSONS.model, not_named)
