"""The paper as the paper checker reads it: what it finds, and what was accepted with a reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from secretariat.core import journal
from secretariat.core.capacities import team
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Refused
from secretariat.papers import html
from secretariat.papers.assembly import Assembly
from secretariat.papers.models import AcceptedFinding, Paper
from secretariat.proof import Accepted, Checked, Settings, Source, check
from secretariat.proof.findings import Finding

WORDS_KEPT = 500
OPEN_STATES = ("draft", "reviewed", "signed off")
may_accept_findings = team(Team.OPERATIONS)


def proofread(paper: Paper, assembly: Assembly | None = None) -> Checked:
    """What the checker finds in the paper as it would be issued now, read on the day of its meeting.

    What was accepted for this month's paper, in an earlier version too, is told apart with its reason.
    """
    assembly = assembly or Assembly(paper)
    return check(
        Source(f"{paper.key}.html", html.page(assembly.document(), settings.SITE_URL)),
        settings=Settings(accepted=accepted(paper)),
        read_on=assembly.meeting.day,
    )


def accepted(paper: Paper) -> tuple[Accepted, ...]:
    """The findings accepted in this version of the paper and in those it restates."""
    keys: list[int] = []
    version: Paper | None = paper
    while version is not None:
        keys.append(version.pk)
        version = version.restates
    rows = AcceptedFinding.objects.filter(paper_id__in=keys).values_list("rule", "words", "reason")
    return tuple(Accepted(rule, words, reason) for rule, words, reason in rows)


def standing(paper: Paper, rule: str, words: str) -> Finding:
    """The finding of that rule and words which still stands. Raises Refused when there is none."""
    for finding in proofread(paper).findings:
        if finding.rule == rule and finding.text[:WORDS_KEPT] == words:
            return finding
    raise Refused("The checker no longer finds this; nothing needs to be accepted.")


def accept(paper: Paper, finding: Finding, reason: str, *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Accepts a finding with a reason, which the journal keeps.

    Raises Refused without a reason, once the paper is issued, or by anybody but the operations team.
    """
    if not may_accept_findings(by, paper, at):
        raise Refused("Only the operations team accepts a finding.")
    if not reason.strip():
        raise Refused("Say why the finding is accepted; the reason is kept.")
    if paper.state not in OPEN_STATES:
        raise Refused("The paper was issued; restate it to change what it says.")
    row = AcceptedFinding(
        paper=paper, rule=finding.rule, words=finding.text[:WORDS_KEPT], message=finding.message, reason=reason.strip()
    )
    row.classification, row.audience = paper.classification, paper.audience
    journal.enter(row, by=by, at=at, recorded=recorded, verb="accept", rule=row.rule, reason=row.reason)
