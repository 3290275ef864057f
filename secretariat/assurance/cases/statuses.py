"""The statuses of assessments by date: which can be set, by whom, what they open, and what they leave to be done."""

from __future__ import annotations

from datetime import date, datetime

from secretariat.assurance.models import Frame, MilestoneKind
from secretariat.assurance.privacy import statuses as privacy
from secretariat.core.rulebook import RULEBOOK, Entry

VALUES = {
    MilestoneKind.ASSURANCE_STATUS: "assessment.assurance_values",
    MilestoneKind.COMPLIANCE_STATUS: "assessment.compliance_values",
    MilestoneKind.PRIVACY_STATUS: privacy.VALUES,
}
"""The rulebook's key of the values that each status can have."""
LETS_ENTER = {
    MilestoneKind.ASSURANCE_STATUS: "assessment.lets_enter",
    MilestoneKind.PRIVACY_STATUS: privacy.LETS_ENTER,
}
"""The rulebook's key of the values that meet a requirement of user entry."""
SETTERS = {Frame.SECURITY: "assessment.status_setter", Frame.PRIVACY: privacy.SETTER}
FINAL, FOLLOWED, CONDITIONAL = "assessment.final_values", "assessment.followed_values", "assessment.conditional_values"


def statuses(kind: MilestoneKind, at: datetime | date) -> Entry | None:
    """The rulebook's entry of the values of a status on a day; none for a review without one (SEC-9, SEC-10, PRV-2)."""
    try:
        return RULEBOOK.entry(VALUES[kind], at)
    except KeyError:
        return None


def values(kind: MilestoneKind, at: datetime | date) -> tuple[str, ...]:
    """The values themselves; none for a review without a status."""
    entry = statuses(kind, at)
    return tuple(str(entry.value).split("|")) if entry else ()


def _among(key: str, status: str, at: datetime | date) -> bool:
    return status in RULEBOOK.text(key, at).split("|")


def lets_enter(kind: str, status: str, at: datetime | date) -> bool:
    """Whether a status meets its requirement of user entry (SEC-9, PRV-2)."""
    key = LETS_ENTER.get(MilestoneKind(kind))
    return key is not None and _among(key, status, at)


def is_final(status: str, at: datetime | date) -> bool:
    """Whether a status, or a review without one, leaves the party nothing to do: no plan and no letter (SEC-7)."""
    return not status or _among(FINAL, status, at)


def calls_for_a_follow_up(status: str, at: datetime | date) -> bool:
    """Whether a follow-up assessment comes after a status (SEC-9)."""
    return bool(status) and _among(FOLLOWED, status, at)


def has_conditions(status: str, at: datetime | date) -> bool:
    """Whether a status is one that is subject to steps (SEC-9)."""
    return bool(status) and _among(CONDITIONAL, status, at)


def setter(frame: str, at: datetime | date) -> str:
    """The code of the body that sets the status on a day (SEC-11, PRV-3). Raises UnknownRule before there is one."""
    return RULEBOOK.text(SETTERS[Frame(frame)], at)
