"""Adds a version to the record: its own row, its causes, and a row for each clause that it changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.legaltext.models import Cause, ClauseText, DocumentVersion
from secretariat.legaltext.standing import text_of, turning_days
from secretariat.legaltext.text import DoesNotApply, Edit, apply


def add_version(
    version: DocumentVersion, changes: Iterable[Edit], causes: Iterable[Cause] = (), **told: Unpack[journal.Told]
) -> DocumentVersion:
    """Saves a new version of a document with its causes, and the edits that it makes to the text of its first day.

    A version whose `recorded` is set already was known from then, as when a history is taken over.

    Raises Refused, and then nothing is saved, where an edit was made for another text, or where some later text
    would have a clause that hangs on none.
    """
    changes = tuple(changes)
    version.recorded = version.recorded or told["recorded"]
    kept = [cause for cause in causes if cause.kind]
    try:
        with transaction.atomic():
            journal.enter(version, **told, clauses=len(changes), causes=[str(cause) for cause in kept])
            _add_causes(version, kept)
            _write(version, changes)
    except (DoesNotApply, ValidationError) as error:
        raise Refused(*(error.messages if isinstance(error, ValidationError) else [str(error)])) from error
    return version


def add_clauses(version: DocumentVersion, changes: Iterable[Edit], **told: Unpack[journal.Told]) -> None:
    """Gives a version that is recorded without clauses the edits that it makes. Raises Refused as `add_version`."""
    if version.clauses.exists():
        raise Refused(f"{version} has its clauses already, and they are never changed.")
    changes = tuple(changes)
    try:
        with transaction.atomic():
            journal.record("documentversion.add_clauses", version, **told, clauses=len(changes))
            _write(version, changes)
    except (DoesNotApply, ValidationError) as error:
        raise Refused(*(error.messages if isinstance(error, ValidationError) else [str(error)])) from error


def _write(version: DocumentVersion, changes: tuple[Edit, ...]) -> None:
    apply(text_of(version.document, version.effective_from), changes)
    ClauseText.objects.bulk_create([ClauseText.of(version, edit) for edit in changes], batch_size=500)
    _check_later(version)


def _add_causes(version: DocumentVersion, causes: list[Cause]) -> None:
    for cause in causes:
        cause.version = version
        cause.full_clean()
    Cause.objects.bulk_create(causes)


def _check_later(version: DocumentVersion) -> None:
    """A version that comes before others, or ends, leaves each later text whole. Raises ValidationError."""
    for day in turning_days(version.document):
        if day < version.effective_from:
            continue
        try:
            text_of(version.document, day)
        except ValueError as error:
            raise ValidationError(f"From {day.isoformat()} the text would not hold together. {error}") from error
