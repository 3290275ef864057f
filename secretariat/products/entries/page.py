"""What the page of an entry tells: its facts, its versions, its certificates and its evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.lists import shown
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.products.entries.columns import COLUMNS
from secretariat.products.entries.history import differences
from secretariat.products.entries.models import Evidence
from secretariat.products.lookup.membership import membership_of
from secretariat.products.models import LISTED, REMOVED, DeviceModel

OF_CERTIFICATES = (
    "cpa_certificate", "cpa_expires_on", "cpa_renewal_on", "zigbee_certificate", "zigbee_firmware",
    "dlms_certificate", "dlms_firmware", "predecessors",
)  # fmt: skip
"""Told by the tables of the page, not by its facts."""


def facts_of(entry: DeviceModel) -> list[Fact]:
    """What identifies the model, what the list says of it, and how it came and goes."""
    facts = [
        Fact(column.label, _value(entry, column.name), note=_doubt(entry, column.name))
        for column in COLUMNS
        if column.name not in OF_CERTIFICATES and (column.required or bool(getattr(entry, column.name, "")))
    ]
    predecessors = ", ".join(one.entry_id for one in entry.predecessors.all())
    facts += [Fact("Can be upgraded from", predecessors)] if predecessors else []
    facts += [Fact("Submitted for", entry.submitter)] if entry.submitter else []
    days = (("Submitted", entry.submitted_on), ("Accepted", entry.accepted_on))
    facts += [Fact(label, long_date(day)) for label, day in days if day]
    if entry.added_in is not None:
        added = entry.added_in
        facts.append(Fact("Added by", str(added), added.get_absolute_url(), note=long_date(added.published_on)))
    return facts + _leaving(entry)


def _value(entry: DeviceModel, name: str) -> Any:
    field = DeviceModel._meta.get_field(name)
    if getattr(field, "choices", None):
        return getattr(entry, f"get_{name}_display")()
    return shown(getattr(entry, name))


def _doubt(entry: DeviceModel, name: str) -> str:
    key = f"products.octets.{name}"
    return "" if getattr(entry, name, "") or key not in RULEBOOK.entries else RULEBOOK.entries[key][-1].doubt


def _leaving(entry: DeviceModel) -> list[Fact]:
    facts = []
    if entry.removal_on:
        label = "Removed on" if entry.state == REMOVED else "To be removed on"
        note = f"{entry.get_removal_ground_display()}. {entry.removal_reason}".strip()
        facts.append(Fact(label, long_date(entry.removal_on), note=note))
    facts += [Fact("Question to the submitter", entry.query)] if entry.query and entry.state not in LISTED else []
    return facts + ([Fact("Why it was rejected", entry.refusal)] if entry.refusal else [])


def versions_of(entry: DeviceModel) -> Related:
    """Every version of the entry, newest first, each with what it changed."""
    rows: list[tuple[Any, ...]] = []
    before: dict[str, Any] = {}
    for version in entry.versions.all():
        changed = differences(before, version.content) if before else []
        words = "; ".join(f"{label}: {old or 'nothing'} became {new or 'nothing'}" for label, old, new in changed)
        rows.append((day_words(version.from_day), day_words(version.to_day), words or "First content", version.why))
        before = version.content
    heads = ("From", "Until", "What changed", "Why")
    empty = "What it said before it was accepted is in its history."
    return Related("Versions of this entry", heads, rows[::-1], empty)


def certificates_of(entry: DeviceModel, day: date) -> Related:
    """The certificates under which it is assured."""
    rows: list[tuple[Any, ...]] = [
        (
            one,
            one.holder,
            one.firmware or "not told",
            day_words(one.effective_end),
            "holds" if one.holds_on(day) else "does not hold",
        )
        for one in entry.certificates.all()
    ]
    heads = ("Certificate", "Manufacturer", "Firmware shown on it", "Expires or is renewed", "Today")
    return Related("Certificates", heads, rows, "No certificate is recorded for this entry.")


def evidence_of(entry: DeviceModel, person: Person | None, at: datetime) -> list[Related]:
    """The evidence kept for it, for those who may read it; nothing for others, not even that there is some."""
    found = Evidence.objects.filter(entry=entry).visible_to(person, at).select_related("file")
    rows: list[tuple[Any, ...]] = [
        (long_date(one.received_on), one.shows, Crumb(one.file.name, one.file.get_absolute_url()) if one.file else "")
        for one in found
    ]
    heads = ("Received", "What it shows", "File")
    return [Related("Evidence, kept and not published", heads, rows, "")] if rows else []


def tables_of(entry: DeviceModel, person: Person | None, at: datetime) -> list[Related]:
    """All tables of the page."""
    lists = membership_of(entry)
    return [certificates_of(entry, local_day(at)), lists, versions_of(entry), *evidence_of(entry, person, at)]
