"""Writes of judging that are more than one record: a source's whole form, a new priority, a check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.change.judging.cross_code import AGREED, OPEN, CrossCode, ForumIssue
from secretariat.change.judging.models import Judgement, Priority
from secretariat.change.judging.objectives import objective
from secretariat.change.judging.procedure import CROSS_CODES
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.people import Person
from secretariat.plain.dates import long_date
from secretariat.register.parties import Party


@dataclass(frozen=True)
class Form:
    """One source's form: in which capacity, by whom, when, and for whose eyes."""

    source: str
    by_whom: str
    judged_on: date
    party: Party | None = None
    classification: int = Class.WHITE
    audience: str = ""


def judge(
    proposal: Any, form: Form, verdicts: Mapping[str, tuple[str, str]],
    *, by: Person | None, at: datetime, recorded: datetime,
) -> list[Judgement]:  # fmt: skip
    """Keeps a source's verdicts (by objective: verdict, reason) and returns them; what it said before is amended.

    All of them are kept or none. Raises ValidationError with a sentence per objective that may not be.
    """
    if not verdicts:
        raise ValidationError("Give a verdict on one objective at least (MOD-22).")
    told: journal.Told = {"by": by, "at": at, "recorded": recorded}
    kept, wrong = [], []
    with transaction.atomic():
        for key, (verdict, reason) in verdicts.items():
            try:
                kept.append(_judgement(proposal, form, key, {"verdict": verdict, "reason": reason}, told))
            except ValidationError as error:
                found = objective(key)
                wrong += [f"{found.short if found else key}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
    return kept


def _judgement(proposal: Any, form: Form, key: str, said: dict[str, Any], told: journal.Told) -> Judgement:
    said |= {"judged_on": form.judged_on, "party": form.party}
    said |= {"classification": form.classification, "audience": form.audience}
    which = {"proposal": proposal, "source": form.source, "by_whom": form.by_whom, "objective": key}
    known: Judgement | None = Judgement.objects.filter(**which).first()
    if known is not None:
        journal.amend(known, said, **told)
        return known
    made = Judgement(**which, **said, recorded=told["recorded"])
    journal.enter(made, **told)
    return made


def set_priority(priority: Priority, *, by: Person | None, at: datetime, recorded: datetime) -> Priority:
    """Gives a proposal a priority from a day; the one before ends on the day before. Raises ValidationError."""
    told: journal.Told = {"by": by, "at": at, "recorded": recorded}
    priority.recorded = recorded
    with transaction.atomic():
        before = Priority.objects.filter(proposal_id=priority.proposal_id, to_day__isnull=True).first()
        if before is not None and before.from_day >= priority.from_day:
            raise ValidationError(f"It has one since {long_date(before.from_day)}: begin later, or amend that one.")
        if before is not None:
            journal.amend(before, {"to_day": priority.from_day - timedelta(days=1)}, **told)
        journal.enter(priority, **told)
    return priority


def recheck(rows: Iterable[CrossCode], *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Marks as agreed what the other code now prints as we do, and opens again what it prints no longer (XC-3).

    A difference that somebody settled stays settled.
    """
    for row in rows:
        agrees = row.printed() is not None and not row.warning()
        if row.state == OPEN and agrees:
            CROSS_CODES.take("agree", row, by=by, at=at, recorded=recorded)
        elif row.state == AGREED and not agrees:
            reason = row.warning() or "No register of the other code is loaded."
            CROSS_CODES.take("reopen", row, by=by, at=at, recorded=recorded, reason=reason)


def tell_issue(
    issue: ForumIssue, changes: Mapping[str, Any], proposals: Iterable[Any],
    *, by: Person | None, at: datetime, recorded: datetime,
) -> ForumIssue:  # fmt: skip
    """Enters a forum issue, or amends it, with the proposals that it touches (XC-2). Raises ValidationError."""
    told: journal.Told = {"by": by, "at": at, "recorded": recorded}
    new = list(proposals)
    with transaction.atomic():
        if not issue.pk:
            issue.recorded = recorded
            journal.enter(issue, **told)
        else:
            journal.amend(issue, dict(changes), **told)
        old = {one.pk for one in issue.proposals.all()}
        if old != {one.pk for one in new}:
            issue.proposals.set(new)
            journal.record("forumissue.touch", issue, **told, proposals=[one.reference for one in new])
    return issue
