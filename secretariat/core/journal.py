"""The journal: append-only, hash-chained, two times on every row.

Nothing in the record changes without a row here. `at` is when it took effect, `recorded` is when we
learnt of it. Each row carries the hash of the row before, so a change to any past row, a missing
row or a row put in between shows; the database itself refuses updates and deletions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self, TypedDict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from secretariat.core.classification import Class, Classified, Clearance, Recipient, TellingQuerySet
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person

START = "0" * 64
ADVISORY_LOCK = 0x5EC2E7A1


class EventQuerySet(TellingQuerySet):
    """The journal: who is named to read a Red record reads its events too."""

    subject: ClassVar[str] = "subject_id"

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those about the Red records that the person is named to read."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        about = {"kind": models.OuterRef("kind"), "record_id": models.OuterRef("subject_id")}
        named = Recipient.objects.filter(**about, person_id=cleared.person_id)
        return rows | self.filter(models.Exists(named), classification=Class.RED)


class Event(Classified):
    """One row of the journal."""

    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    imported = models.BooleanField(default=False)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["kind", "subject_id", "id"]), models.Index(fields=["name", "at"]))

    def __str__(self) -> str:
        return f"{self.name} on {self.kind} {self.subject_id}"

    def reckoned(self) -> str:
        """The hash that this row's own content and the row before give."""
        content = {
            "previous": self.previous,
            "name": self.name,
            "at": _instant(self.at),
            "recorded": _instant(self.recorded),
            "by": self.by_id,
            "kind": self.kind,
            "subject": self.subject_id,
            "facts": self.facts,
            "classification": self.classification,
            "audience": self.audience,
            "imported": self.imported,
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class Told(TypedDict):
    """Who wrote, when it took effect, and when we learnt of it: what every write is told."""

    by: Person | None
    at: datetime
    recorded: datetime


@dataclass(frozen=True)
class Entry:
    """What is to be written of one event."""

    name: str
    subject: models.Model
    by: Person | None
    at: datetime
    recorded: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    imported: bool = False


def record(
    name: str, subject: models.Model, /, *, by: Person | None, at: datetime, recorded: datetime, **facts: Any
) -> Event:
    """Appends one event about a saved record and returns it; call inside a transaction."""
    return record_all([Entry(name, subject, by, at, recorded, facts)])[0]


def record_all(entries: Iterable[Entry]) -> list[Event]:
    """Appends events in order, in one insert; for imports. Raises TransactionManagementError outside a transaction."""
    _take_turn()
    last = Event.objects.order_by("-id").values_list("hash", flat=True).first() or START
    rows = []
    for entry in entries:
        row = _row(entry, last)
        last = row.hash
        rows.append(row)
    return list(Event.objects.bulk_create(rows, batch_size=500))


def _row(entry: Entry, previous: str) -> Event:
    subject = entry.subject
    row = Event(
        name=entry.name,
        at=entry.at,
        recorded=entry.recorded,
        by=entry.by,
        kind=kind_of(subject),
        subject_id=subject.pk,
        facts=storable(entry.facts),
        imported=entry.imported,
        classification=getattr(subject, "classification", Class.GREEN),
        audience=getattr(subject, "audience", ""),
        previous=previous,
    )
    row.hash = row.reckoned()
    return row


def _take_turn() -> None:
    """Two writers never append after the same row: PostgreSQL by an advisory lock, SQLite by its one writer."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is written in the transaction of what it records.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def storable(value: Any) -> Any:
    """A fact as JSON holds it: dates and instants in ISO form, records by kind and id.

    Decimals and floats are text: a database may write a JSON number otherwise than it was hashed.
    """
    if isinstance(value, dict):
        return {str(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [storable(item) for item in value]
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return str(value)
    if isinstance(value, models.Model):
        return {"kind": kind_of(value), "id": value.pk, "label": "" if isinstance(value, Person) else str(value)}
    if isinstance(value, str | int | bool | None):
        return value
    return str(value)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def history(subject: models.Model) -> models.QuerySet[Event]:
    """The events of one record, oldest first."""
    return Event.objects.filter(kind=kind_of(subject), subject_id=subject.pk).select_related("by")


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and what is wrong there."""

    event_id: int
    reason: str


def verify() -> Iterator[Break]:
    """Walks the whole chain and yields every row that does not fit; nothing when the journal is as it was written."""
    last = START
    for row in Event.objects.order_by("id").iterator(chunk_size=2000):
        if row.previous != last:
            yield Break(row.pk, "a row before it is missing, was added or was changed")
        if row.hash != row.reckoned():
            yield Break(row.pk, "its own content is not what was written")
        last = row.hash


def head() -> tuple[int, str]:
    """The number of events and the hash of the newest: what a seal file states."""
    newest = Event.objects.order_by("-id").values_list("hash", flat=True).first()
    return Event.objects.count(), newest or START


def save_checked(record_: models.Model, **how: Any) -> None:
    """Checks a record's fields and saves it; the database checks what is unique and its other constraints.

    To ask for each constraint before each save costs more than the save, so they are asked for their sentences only
    when the database has refused. Raises ValidationError.
    """
    record_.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            record_.save(**how)
    except IntegrityError:
        record_.full_clean()
        raise


def enter(
    record_: models.Model, *, by: Person | None, at: datetime, recorded: datetime, verb: str = "enter", **facts: Any
) -> Event:
    """Checks, saves and journals a new record. Raises ValidationError with a sentence per field."""
    with transaction.atomic():
        save_checked(record_, force_insert=True)
        return record(f"{record_._meta.model_name}.{verb}", record_, by=by, at=at, recorded=recorded, **facts)


def amend(
    record_: models.Model, changes: dict[str, Any], *, by: Person | None, at: datetime, recorded: datetime
) -> Event | None:
    """Changes fields of a record and journals old and new; changes that change nothing leave no event.

    Raises ValidationError with a sentence per field; a `state` is never amended.
    """
    if "state" in changes:
        raise ValidationError("A state changes by a step of its procedure only.")
    old = {name: getattr(record_, name) for name in changes}
    altered = {name: {"old": old[name], "new": new} for name, new in changes.items() if old[name] != new}
    if not altered:
        return None
    for name in altered:
        setattr(record_, name, changes[name])
    with transaction.atomic():
        save_checked(record_, update_fields=list(altered))
        return record_all([Entry(f"{record_._meta.model_name}.amend", record_, by, at, recorded, altered)])[0]


def enter_all(
    records: list[Any], *, by: Person | None, at: datetime, recorded: datetime, verb: str = "load"
) -> list[Any]:
    """Saves checked records in bulk, each with an event marked as imported; returns them with their ids.

    The caller has called `full_clean` on each, or checked the same by its own means.
    """
    if not records:
        return []
    with transaction.atomic():
        saved: list[Any] = type(records[0])._default_manager.bulk_create(records, batch_size=500)
        name = f"{records[0]._meta.model_name}.{verb}"
        record_all(Entry(name, row, by, at, recorded, imported=True) for row in saved)
    return saved


SEALED = "The journal is append-only: events are never changed or deleted."
SQLITE_GUARD = (
    f"CREATE TRIGGER journal_no_update BEFORE UPDATE ON core_event BEGIN SELECT RAISE(ABORT, '{SEALED}'); END",
    f"CREATE TRIGGER journal_no_delete BEFORE DELETE ON core_event BEGIN SELECT RAISE(ABORT, '{SEALED}'); END",
)
POSTGRESQL_GUARD = (
    "CREATE FUNCTION journal_is_sealed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SEALED}'; END $$",
    "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON core_event "
    "FOR EACH ROW EXECUTE FUNCTION journal_is_sealed()",
)
