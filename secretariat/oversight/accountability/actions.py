"""What a change request moves: a line a milestone, from the day that it has to the day that it is to have."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.oversight.accountability.models import ISSUED, OPEN, JointMilestone, PlanChange, PlanChangeLine


def move_milestone(
    change: PlanChange, milestone: JointMilestone, becomes: date, **told: Unpack[journal.Told]
) -> PlanChangeLine:
    """Tells that a change request moves a milestone, or gives it its first day. Raises Refused."""
    if change.state != ISSUED:
        raise Refused("What a change request moves is told while it is consulted on.")
    if milestone.state != OPEN:
        raise Refused(f"{milestone} is {milestone.state}: its day does not move.")
    if milestone.due_on == becomes:
        raise Refused(f"{milestone} has this day already.")
    with transaction.atomic():
        line: PlanChangeLine
        line, _ = PlanChangeLine.objects.update_or_create(
            change=change, milestone=milestone, defaults={"was": milestone.due_on, "becomes": becomes}
        )
        journal.record("plan_change.move", change, milestone=milestone, was=line.was, becomes=becomes, **told)
    return line
