"""The sample's papers: the Operations Report for February 2020, written, reviewed, signed off and issued, and the one
for March, begun with February's words carried over.
"""

from __future__ import annotations

from datetime import UTC, datetime

from secretariat.core import journal
from secretariat.core.people import Person, Team
from secretariat.meetings.models import PANEL, Meeting
from secretariat.papers.actions import add_passage, begin
from secretariat.papers.models import Paper
from secretariat.papers.procedure import PAPER
from secretariat.papers.proofing import accept, proofread
from secretariat.plain.months import Month
from secretariat.reports.operations import OPERATIONS
from secretariat.site.sample.crew import Crew, told
from secretariat.site.sample.narrative import passages

FEBRUARY, MARCH = Month(2020, 2), Month(2020, 3)
AUTHOR = "Sample Operations Lead"
BEGUN = datetime(2020, 3, 6, 8, 30, tzinfo=UTC)
WRITTEN = datetime(2020, 3, 6, 9, 0, tzinfo=UTC)
REVIEWED = datetime(2020, 3, 6, 11, 0, tzinfo=UTC)
SIGNED_OFF = datetime(2020, 3, 6, 13, 0, tzinfo=UTC)
ISSUED = datetime(2020, 3, 6, 15, 0, tzinfo=UTC)
NEXT_BEGUN = datetime(2020, 3, 9, 9, 0, tzinfo=UTC)
NO_APPENDIX = "not in the sample: the published appendix is not public"

ACCEPTED = {
    "column-total": "Both the total and its parts were published; a note says how they differ.",
    "malformed-reference": "The published papers name it so; which proposal was meant is not known.",
}
"""Why errors of the published paper are let stand, by rule; any other keeps the sample from being built."""

WRITERS = {
    Team.OPERATIONS: "operations.lead", Team.CHANGE: "change.analyst", Team.PARTY_SUPPORT: "party.support",
    Team.COMMITTEES: "committee.secretary", Team.SECURITY: "security.analyst", Team.TECHNICAL: "technical.analyst",
    Team.HELPDESK: "helpdesk.agent",
}  # fmt: skip
"""Who writes the sections of each team."""


def enter(crew: Crew) -> None:
    """Writes and issues February's paper, then begins March's."""
    lead = crew["operations.lead"]
    paper = _begun(FEBRUARY, 78, lead, BEGUN)
    for key, kind, text in passages():
        writer = crew[WRITERS[OPERATIONS.part(key).owner]]
        add_passage(paper, key, kind, text, by=writer, at=WRITTEN, recorded=WRITTEN)
    for attachment in paper.attachments.all():
        journal.amend(attachment, {"not_supplied": NO_APPENDIX}, by=lead, at=WRITTEN, recorded=WRITTEN)
    for finding in proofread(paper).errors:
        accept(paper, finding, ACCEPTED[finding.rule], **told(lead, WRITTEN))
    PAPER.take("review", paper, **told(crew["operations.reviewer"], REVIEWED))
    PAPER.take("sign_off", paper, **told(lead, SIGNED_OFF))
    PAPER.take("issue", paper, **told(lead, ISSUED))
    _begun(MARCH, 79, lead, NEXT_BEGUN)


def _begun(month: Month, number: int, lead: Person, at: datetime) -> Paper:
    meeting = Meeting.objects.get(committee__code=PANEL, number=number)
    return begin(OPERATIONS, month, meeting, by=lead, author=AUTHOR, at=at, recorded=at)
