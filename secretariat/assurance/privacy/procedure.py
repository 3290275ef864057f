"""A change to an Other User's privacy processes: notified, found material or not, approved or refused (PRV-4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from secretariat.assurance.models import Assessment, Kind, MilestoneKind
from secretariat.assurance.privacy.models import (
    APPROVED,
    MATERIAL,
    NOTIFIED,
    REFUSED,
    WITHDRAWN,
    PrivacyChange,
)
from secretariat.assurance.privacy.standing import is_other_user
from secretariat.assurance.privacy.statuses import lets_enter, setter
from secretariat.core.calendar import calendar
from secretariat.core.capacities import committee_member, speaks_for, team
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import Working

security_team = team(Team.SECURITY)


def its_contact_or_team(person: Person | None, record: PrivacyChange | None, at: datetime) -> bool:
    """A contact of the Other User, or the secretariat's security team for it."""
    parties = speaks_for(person, at)
    own = bool(parties) if record is None else record.party_id in parties
    return own or security_team(person, record, at)


def decider(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the body that sets privacy statuses on the day, or the secretariat's security team for it."""
    return committee_member(setter(at))(person, record, at) or security_team(person, record, at)


@rule("PRV-4")
def it_is_an_other_user(change: PrivacyChange, at: datetime) -> bool:
    """Only who is, or is becoming, an Other User asks approval for a change to privacy processes."""
    return is_other_user(change.party_id, at)


@rule("PRV-4")
def it_changes_a_process_of_section_i(change: PrivacyChange, at: datetime) -> bool:
    """A change is notified under a clause of Section I whose processes need approval, as the rulebook names them."""
    return change.clause in RULEBOOK.text("privacy.change_clauses", at).split("|")


@rule("PRV-4")
def an_ad_hoc_assessment_is_requested(change: PrivacyChange, at: datetime) -> bool:
    """A change is found material once its ad-hoc assessment is requested."""
    return ad_hoc_of(change) is not None


@rule("PRV-4")
def its_assessment_lets_it(change: PrivacyChange, at: datetime) -> bool:
    """A material change is approved once its ad-hoc assessment was given a status that approves it."""
    return change.state != MATERIAL or status_lets(change.assessment)


def status_lets(assessment: Assessment | None) -> bool:
    """Whether an assessment was given a status that approves what was assessed."""
    if assessment is None:
        return False
    given = assessment.milestones.filter(kind=MilestoneKind.PRIVACY_STATUS).first()
    return given is not None and lets_enter(given.detail, given.day)


def ad_hoc_of(change: PrivacyChange) -> Assessment | None:
    """The ad-hoc assessment requested since a change was notified, and of no other change."""
    rows = Assessment.objects.filter(party_id=change.party_id, kind=Kind.AD_HOC, privacy_change__isnull=True)
    found: Assessment | None = rows.filter(opened_on__gte=change.notified_on).first() if change.notified_on else None
    return found


def outcome_due(change: PrivacyChange) -> Working | None:
    """By when the Other User is told what comes of a change, with the working; none before it is notified (PRV-4)."""
    since = change.notified_on
    return calendar().working(since, RULEBOOK.number("privacy.change_outcome_wd", since)) if since else None


def assessment_due(change: PrivacyChange) -> date | None:
    """By when, with best endeavours, a material change is assessed; none where it is not material (PRV-4)."""
    since = change.material_on
    return since + timedelta(weeks=RULEBOOK.number("privacy.adhoc_weeks", since)) if since else None


def _notified(change: PrivacyChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.notified_on = local_day(at)


def _material(change: PrivacyChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.material_on, change.assessment, change.reason = local_day(at), ad_hoc_of(change), facts["reason"]


def _settled(change: PrivacyChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.decided_on, change.reason = local_day(at), facts["reason"]


WHY = {"reason": a_line()}
WHY_NOT_NEEDED = {"reason": a_line(required=False)}

PRIVACY_CHANGES = Procedure(
    "privacy_change",
    PrivacyChange,
    Step("notify", NEW, NOTIFIED, its_contact_or_team, (it_is_an_other_user, it_changes_a_process_of_section_i),
         change=_notified),
    Step("find_material", NOTIFIED, MATERIAL, security_team, (an_ad_hoc_assessment_is_requested,), WHY, _material,
         "Find it material"),
    Step("approve", (NOTIFIED, MATERIAL), APPROVED, decider, (its_assessment_lets_it,), WHY_NOT_NEEDED, _settled,
         primary=True),
    Step("refuse", (NOTIFIED, MATERIAL), REFUSED, decider, facts=WHY, change=_settled),
    Step("withdraw", (NOTIFIED, MATERIAL), WITHDRAWN, its_contact_or_team, facts=WHY, change=_settled),
)  # fmt: skip
