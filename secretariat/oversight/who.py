"""Who acts in the watching of the central service, and who reads what is Amber of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from secretariat.core.capacities import committee_member, team
from secretariat.core.classification import Class, ClassifiedQuerySet, Clearance
from secretariat.core.people import Person, Role, Team

OPERATOR = "DCC"
"""The operator of the central service, as the capacities of its people name it."""
OPERATIONS_GROUP, TESTING_GROUP = "OPSG", "TAG"
"""The Operations Group and the Testing Advisory Group: whose Amber these records are."""

technical_team = team(Team.TECHNICAL)
opsg_member = committee_member(OPERATIONS_GROUP)
tag_member = committee_member(TESTING_GROUP)


def operator(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC."""
    return person is not None and person.acts_as(Role.DCC, at)


def operator_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC, or the secretariat's technical team for it."""
    return operator(person, record, at) or technical_team(person, record, at)


class OperatorReads(ClassifiedQuerySet):
    """Rows that the operator of the central service reads too, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and all but the Red ones for the operator."""
        rows = super().cleared_for(cleared)
        return rows | self.filter(classification__lte=Class.AMBER) if OPERATOR in cleared.audiences else rows
