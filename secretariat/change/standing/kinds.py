"""Urgency, relations and parts: kinds that something can be about, without a label of their own."""

from __future__ import annotations

from secretariat.change.naming.kinds import not_named
from secretariat.change.standing.models import Part, Relation, Urgency
from secretariat.core.kinds import register

register("urgency", Urgency, not_named)
register("relation", Relation, not_named)
register("part", Part, not_named)
