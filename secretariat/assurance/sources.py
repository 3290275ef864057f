"""What a security assessment shows of a party's user entry."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.assurance.models import AssessmentMilestone, MilestoneKind
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.register.user_entry.models import Kind, Requirement
from secretariat.register.user_entry.sources import Source, shows


@shows
def assurance_status(requirement: Requirement) -> Iterator[Source]:
    """The Assurance Statuses of the party that meet the security requirement (rule UEP-3, Section G8)."""
    if requirement.kind != Kind.SECURITY:
        return
    of_the_party = {"assessment__party_id": requirement.entry.party_id, "kind": MilestoneKind.ASSURANCE_STATUS}
    for milestone in AssessmentMilestone.objects.filter(**of_the_party):
        if milestone.detail in RULEBOOK.text("assessment.lets_enter", milestone.day).split("|"):
            yield Source(milestone.day, f"Assurance Status of {long_date(milestone.day)}: {milestone.detail}")
