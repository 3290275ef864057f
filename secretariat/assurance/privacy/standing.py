"""Where each Other User stands with its privacy assessments, and which one comes next and why (PRV-1, PRV-2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from secretariat.assurance.models import ENDED, Assessment, Frame, Kind, MilestoneKind
from secretariat.assurance.privacy.statuses import called, needs_second_full
from secretariat.committees.seats.terms import add_months
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.register.models import Party
from secretariat.register.user_entry.models import ENTERED, ENTERING, RoleEntry

WITH_STATUS = (MilestoneKind.PRIVACY_STATUS, MilestoneKind.REVIEWED)


@dataclass(frozen=True)
class Past:
    """One privacy assessment: its kind, when it was opened, and what its review ended in and when."""

    kind: str
    opened_on: date
    ended_on: date | None = None
    status: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Next:
    """Which privacy assessment comes next, by when where a day is known, and why."""

    kind: str
    by: date | None
    why: str
    citation: str
    under_way: bool = False


@dataclass(frozen=True)
class Standing:
    """One Other User: what its last status is called now, and what comes next."""

    party: Party
    status: str
    since: date | None
    next: Next


def is_other_user(party_id: int, at: datetime) -> bool:
    """Whether a party holds, or is entering, a role whose privacy is assessed."""
    return bool(other_users(at).filter(pk=party_id).exists())


def other_users(at: datetime, states: Iterable[str] = (*ENTERED, *ENTERING)) -> Any:
    """The parties in a role whose privacy is assessed, entered or on the way."""
    roles = RULEBOOK.text("user_entry.privacy_roles", at).split("|")
    held = RoleEntry.objects.filter(role__name__in=roles, state__in=tuple(states))
    return Party.objects.filter(pk__in=held.values("party_id")).order_by("name")


def next_privacy(history: Iterable[Past], today: date) -> Next:
    """Which privacy assessment comes next of a User with a history (PRV-1, PRV-2)."""
    past = sorted(history, key=lambda one: one.opened_on)
    running = [one for one in past if one.is_open]
    if running:
        since = f"Opened on {long_date(running[-1].opened_on)}."
        return Next(running[-1].kind, None, since, "PRV-1", under_way=True)
    full = [one for one in past if one.kind == Kind.FPA and one.status and one.ended_on]
    if not full:
        return Next(Kind.FPA, None, "A Full Privacy Assessment comes with entry, and none is on record.", "PRV-1")
    last = full[-1]
    named = called(last.status, last.ended_on or today, today)
    if needs_second_full(named, today):
        return Next(Kind.FPA, None, f"The last Full Privacy Assessment is {named}: a second one is required.", "PRV-2")
    return _self_assessment(max(one.ended_on for one in past if one.ended_on), today)


def _self_assessment(last: date, today: date) -> Next:
    months = RULEBOOK.number("privacy.self_months", today)
    why = f"{months} months after the last assessment, of {long_date(last)}."
    return Next(Kind.PRIVACY_SELF, add_months(last, months), why, "PRV-1")


def _past(assessment: Any) -> Past:
    ends = [one for one in assessment.milestones.all() if one.kind in WITH_STATUS]
    end = max(ends, key=lambda one: one.day, default=None)
    done = end is not None or assessment.state in ENDED
    return Past(
        assessment.kind, assessment.opened_on, end.day if end else None,
        end.detail if end and end.kind == MilestoneKind.PRIVACY_STATUS else "", is_open=not done,
    )  # fmt: skip


def histories(party_ids: Iterable[int], person: Person | None, at: datetime) -> dict[int, list[Past]]:
    """The privacy assessments of parties that a person may read, by party: two questions, however many they are."""
    rows: Any = Assessment.objects.filter(frame=Frame.PRIVACY, party__in=list(party_ids))
    found: dict[int, list[Past]] = defaultdict(list)
    for one in rows.visible_to(person, at).prefetch_related("milestones"):
        found[one.party_id].append(_past(one))
    return found


def standings(person: Person | None, at: datetime) -> list[Standing]:
    """Where every Other User stands, by name, as far as a person may read of it."""
    parties = list(other_users(at))
    known = histories([party.pk for party in parties], person, at)
    return [_standing(party, known.get(party.pk, []), local_day(at)) for party in parties]


def _standing(party: Party, history: list[Past], today: date) -> Standing:
    given = [one for one in history if one.status and one.ended_on]
    last = max(given, key=lambda one: one.ended_on or one.opened_on, default=None)
    status = called(last.status, last.ended_on or today, today) if last else ""
    return Standing(party, status, last.ended_on if last else None, next_privacy(history, today))
