"""What an entry said and says: its dated versions, and the trace of a correction (PRD-14)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from secretariat.products.entries.columns import LABELS, as_row
from secretariat.products.entries.models import EntryVersion
from secretariat.products.models import DeviceModel


def keep_version(entry: DeviceModel, day: date, recorded: datetime, why: str) -> EntryVersion:
    """Keeps what an entry says from a day on; what it said before lasts until the day before. Returns the version.

    What it began to say on the same day is put right in place: the journal tells of it.
    """
    told = {"content": as_row(entry), "why": why[:300], "recorded": recorded}
    last: EntryVersion | None = entry.versions.filter(to_day__isnull=True).first()
    if last is not None and last.from_day >= day:
        entry.versions.filter(pk=last.pk).update(**told)
        last.refresh_from_db()
        return last
    if last is not None:
        close_version(entry, day - timedelta(days=1))
    made: EntryVersion = EntryVersion.objects.create(entry=entry, from_day=day, **told)
    return made


def close_version(entry: DeviceModel, last: date) -> None:
    """Ends what an entry says with a day."""
    entry.versions.filter(to_day__isnull=True).update(to_day=last)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between two contents: the column's head, the old text and the new one."""
    return [
        (LABELS.get(name, name), str(before.get(name, "")), str(after.get(name, "")))
        for name in LABELS
        if before.get(name, "") != after.get(name, "")
    ]
