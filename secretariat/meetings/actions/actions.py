"""Placing an action with its day, and closing it with a file as its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.classification import Class, Recipient
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.meetings.actions.models import Action
from secretariat.meetings.actions.procedure import ACTIONS
from secretariat.meetings.models import PLANNED, Meeting
from secretariat.plain.dates import local_day, long_date


def name_recipients(record: Any, people: Iterable[Person]) -> None:
    """Names the readers of a Red record; who was named before stays named (rule INF-2)."""
    for person in people:
        Recipient.objects.get_or_create(kind=kind_of(record), record_id=record.pk, person=person)


def place(
    action: Action,
    *,
    days: int | None = None,
    due: date | None = None,
    recipients: Iterable[Person] = (),
    **told: Unpack[Told],
) -> Action:
    """Places an action, due on a day, or so many Working Days after its meeting, or by its body's next meeting.

    Raises Refused when none of these gives a day. A Red one is read by its owner, by who places it and by those named.
    """
    action.due, action.working = _reckoned(action, days, due, local_day(told["at"]))
    with transaction.atomic():
        ACTIONS.take("place", action, **told)
        if action.classification == Class.RED:
            name_recipients(action, {one for one in (action.person, told["by"], *recipients) if one is not None})
    return action


def _reckoned(action: Action, days: int | None, due: date | None, today: date) -> tuple[date, str]:
    start = action.meeting.day if action.meeting is not None else today
    if due is not None:
        return due, f"The body named {long_date(due)}."
    if days is not None:
        working = calendar().working(start, days)
        return working.result, working.sentence()
    following = Meeting.objects.filter(committee=action.committee, day__gt=start, state=PLANNED).order_by("day").first()
    if following is None:
        raise Refused("Say by when: a day or a number of Working Days. No next meeting of the body is planned.")
    return following.day, f"By the next meeting of the body, {following}, on {long_date(following.day)}."


def close(action: Action, evidence: str, name: str = "", content: bytes = b"", **told: Unpack[Told]) -> Action:
    """Closes an action that is done, with its evidence in words and, where there is one, as a file of its own class.

    Raises Refused, and ValidationError for a file that is not taken.
    """
    with transaction.atomic():
        if content:
            file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
            file.classification, file.audience = action.classification, action.audience
            journal.enter(file, **told)
            if file.classification == Class.RED:
                readers = Recipient.objects.filter(kind=kind_of(action), record_id=action.pk).select_related("person")
                name_recipients(file, [row.person for row in readers])
            journal.amend(action, {"evidence_file": file}, **told)
        ACTIONS.take("close", action, evidence=evidence, **told)
    return action
