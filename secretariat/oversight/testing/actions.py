"""Writing the days of a plan of governance: all its steps at once, with the old and the new in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.oversight.testing.durations import Days
from secretariat.oversight.testing.models import DRAFT, SENT_BACK, GovernancePlan, PlannedStep
from secretariat.oversight.testing.standing import planned


def plan_steps(plan: GovernancePlan, days: Mapping[str, Days], **told: Unpack[journal.Told]) -> None:
    """Sets the days of the steps of a plan that the group does not have before it. Raises Refused."""
    if plan.state not in (DRAFT, SENT_BACK):
        raise Refused("The days of a plan that was presented are changed once the group has sent it back.")
    backwards = [name for name, one in days.items() if one.last < one.first]
    if backwards:
        raise Refused(f"Ends before it begins: {', '.join(backwards)}.")
    with transaction.atomic():
        old = _as_told(planned(plan))
        plan.steps.all().delete()
        PlannedStep.objects.bulk_create(
            PlannedStep(plan=plan, name=name, begins_on=one.first, ends_on=one.last) for name, one in days.items()
        )
        journal.record("governance_plan.plan_steps", plan, steps={"old": old, "new": _as_told(days)}, **told)


def _as_told(days: Mapping[str, Days]) -> dict[str, list[str]]:
    return {name: [one.first.isoformat(), one.last.isoformat()] for name, one in days.items()}
