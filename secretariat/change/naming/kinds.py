"""Splits, solutions, issues and Issue Resolution Proposals, as a reference in prose names them."""

from __future__ import annotations

import re

from secretariat.change.naming.models import Issue, IssueResolution, Solution, Split
from secretariat.core.kinds import register
from secretariat.plain.references import UnreadableReferenceError, parse_proposal


def split(text: str) -> Split | None:
    """The split of the proposal that a label without a letter names: MP102, or DP102, once there is MP102A (MOD-3)."""
    try:
        named = parse_proposal(text)
    except UnreadableReferenceError:
        return None
    found: Split | None = None if named.suffix else Split.objects.filter(number=named.number).first()
    return found


def issue_resolution(text: str) -> IssueResolution | None:
    """The resolution that a label such as IRP550 names (MOD-6)."""
    match = re.fullmatch(r"(?:IRP\s?)([0-9]{1,6})", text.strip(), re.IGNORECASE)
    found: IssueResolution | None = IssueResolution.objects.filter(number=match[1]).first() if match else None
    return found


def issue(text: str) -> Issue | None:
    """The issue that a label such as ISSUE012 names."""
    match = re.fullmatch(r"(?:ISSUE\s?)([0-9]{1,6})", text.strip(), re.IGNORECASE)
    found: Issue | None = Issue.objects.filter(number=match[1]).first() if match else None
    return found


def not_named(text: str) -> None:
    """Nobody names one of these in prose by a label of its own."""


register("split proposal", Split, split)
register("solution", Solution, not_named)
register("issue", Issue, issue)
register("issue resolution", IssueResolution, issue_resolution)
