"""The entries of the Central Products List that are or were public, as lookups need them: one query."""

from __future__ import annotations

from typing import Any

from secretariat.core.classification import Class
from secretariat.products.lookup.answers import Entries, Entry
from secretariat.products.lookup.wanted import PARTS
from secretariat.products.models import DeviceModel, RemovalGround

COLUMNS = (
    "entry_id", *PARTS, "manufacturer", "model", "accepted_on", "added_in__published_on", "removed_on", "removal_on",
    "removal_ground",
)  # fmt: skip


def known_entries() -> Entries:
    """Every entry that is or was on the list and that anybody may read."""
    rows: Any = DeviceModel.objects.ever_listed().filter(classification=Class.WHITE).order_by("entry_id")
    return Entries.of(_entry(row) for row in rows.values(*COLUMNS).iterator(chunk_size=2000))


def _entry(row: dict[str, Any]) -> Entry:
    ground = str(RemovalGround(row["removal_ground"]).label) if row["removal_ground"] else ""
    return Entry(
        entry_id=row["entry_id"],
        parts={name: row[name] for name in PARTS},
        name=f"{row['manufacturer']} {row['model']}",
        added_on=row["accepted_on"] or row["added_in__published_on"],
        removed_on=row["removed_on"],
        removal_on=row["removal_on"],
        ground=ground,
    )
