"""Writing a row of the minutes with what belongs to it, putting one right, and commenting on one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class, Recipient
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Refused
from secretariat.meetings.actions.actions import name_recipients, place
from secretariat.meetings.actions.models import Action, next_reference
from secretariat.meetings.minutes.models import DRAFT, STILL_OPEN, Comment, Kind, Minute, Minutes, class_in_force
from secretariat.meetings.minutes.procedure import COMMENTS, MINUTES
from secretariat.meetings.models import Meeting


def minutes_of(meeting: Meeting) -> Minutes:
    """The minutes of a meeting; new ones, not yet begun, where there are none."""
    found: Minutes | None = Minutes.objects.filter(meeting=meeting).select_related("meeting__committee").first()
    return found or Minutes(meeting=meeting, invented=meeting.invented)


def write_row(
    row: Minute,
    *,
    owner: dict[str, Any] | None = None,
    days: int | None = None,
    due: date | None = None,
    recipients: Iterable[Person] = (),
    **told: Unpack[Told],
) -> Minute:
    """Writes a row; the minutes begin with their first. A row that is an action places it with its owner and day.

    A Red row is read by who writes it and by those named. Raises Refused and ValidationError; then nothing is written.
    """
    minutes, readers = row.minutes, list(recipients)
    with transaction.atomic():
        if minutes.state == NEW:
            MINUTES.take("begin", minutes, **told)
        _check_open(minutes)
        row.minutes, row.audience = minutes, minutes.audience
        row.classification = class_in_force(minutes, row.published_class)
        row.full_clean()
        if row.kind == Kind.ACTION:
            row.action = _placed(row, owner or {}, days, due, readers, told)
        journal.enter(row, **told)
        _name_readers(row, readers, told["by"])
    return row


def _check_open(minutes: Minutes) -> None:
    if minutes.state not in STILL_OPEN:
        raise Refused("The minutes are approved: what they say is no longer changed.")


def _placed(
    row: Minute, owner: dict[str, Any], days: int | None, due: date | None, readers: list[Person], told: Told
) -> Action:
    meeting = row.minutes.meeting
    action = Action(committee=meeting.committee, meeting=meeting, item=row.item, what=row.text, **owner)
    action.classification, action.invented = row.classification, row.minutes.invented
    action.reference = next_reference(meeting.committee, row.published_class)
    return place(action, days=days, due=due, recipients=readers, **told)


def _name_readers(row: Minute, readers: Iterable[Person], by: Person | None) -> None:
    if row.published_class == Class.RED:
        name_recipients(row, {*readers, *([by] if by is not None else [])})


def put_right(
    row: Minute, changes: dict[str, Any], *, recipients: Iterable[Person] = (), **told: Unpack[Told]
) -> Minute:
    """Changes a row of minutes that are not yet approved, and its action with it. Raises Refused and ValidationError.

    The headline of a row is edited as long as there are headlines to publish: it is no part of the minutes.
    """
    with transaction.atomic():
        if set(changes) - {"headline", "in_headlines"}:
            _check_open(row.minutes)
        if row.action is not None and changes.get("kind", row.kind) != Kind.ACTION:
            raise ValidationError({"kind": "The action is placed: drop it on its own page."})
        if row.action is None and changes.get("kind") == Kind.ACTION:
            raise ValidationError({"kind": "Write the action as a row of its own."})
        force = class_in_force(row.minutes, changes.get("published_class", row.published_class))
        journal.amend(row, {**changes, "classification": force}, **told)
        if row.action is not None and "text" in changes:
            journal.amend(row.action, {"what": row.text}, **told)
        readers = list(recipients)
        _name_readers(row, readers, told["by"])
        if "published_class" in changes:
            _reclassify_with(row, readers, told)
    return row


def _reclassify_with(row: Minute, readers: list[Person], told: Told) -> None:
    """Gives the action and the comments of a row the class that the row now has, with its readers where it is Red."""
    owned = [(one, one.made_by) for one in row.comments.select_related("made_by")]
    if row.action is not None:
        if row.classification == Class.RED and row.action.person is None:
            raise ValidationError({"published_class": "A Red action is a named person's: hand it over first."})
        owned.append((row.action, row.action.person))
    for one, person in owned:
        journal.amend(one, {"classification": row.classification}, **told)
        if row.classification == Class.RED:
            name_recipients(one, {named for named in (*readers, person, told["by"]) if named is not None})


def take_out(row: Minute, **told: Unpack[Told]) -> None:
    """Takes a row out of a draft that was typed by mistake; the journal keeps what it said. Raises Refused."""
    if row.minutes.state != DRAFT or row.action is not None:
        raise Refused("Only of a draft is a row taken out; an action is dropped on its own page.")
    with transaction.atomic():
        journal.record("minute.take_out", row, **told, kind=row.kind, text=row.text)
        row.delete()


def comment(row: Minute, text: str, **told: Unpack[Told]) -> Comment:
    """Makes a comment of a member on a row; on a Red row it is read by the row's named recipients. Raises Refused."""
    by = told["by"]
    made = Comment(minute=row, text=text, made_by=by, recorded=told["recorded"], invented=row.minutes.invented)
    made.classification, made.audience = row.classification, row.audience
    with transaction.atomic():
        COMMENTS.take("make", made, **told)
        if made.classification == Class.RED:
            readers = Recipient.objects.filter(kind=kind_of(row), record_id=row.pk).select_related("person")
            name_recipients(made, [one.person for one in readers])
    return made
