"""What the record knows that a new entry is checked against, asked once for any number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import slugify

from secretariat.core.rulebook import RULEBOOK
from secretariat.products.models import (
    LISTED,
    PENDING,
    Certificate,
    DeviceModel,
    DeviceType,
    Specification,
    SpecificationSpell,
)

Identity = tuple[str, str, str, str, str]
IDENTITY = ("device_type", "manufacturer_identifier", "model_identifier", "hardware_version", "firmware")
"""What tells device models apart (PRD-11)."""


@dataclass(frozen=True)
class Widths:
    """How many octets each value has, by the rulebook of the day."""

    manufacturer_identifier: int = 2
    model_identifier: int = 2
    hardware_version_most: int = 4
    firmware: int = 4
    image_hash: int = 32

    @classmethod
    def on(cls, day: date) -> Widths:
        """The widths in force on a day."""
        return cls(**{name: RULEBOOK.number(f"products.octets.{name}", day) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Held:
    """A certificate as checks need it: until when it holds, and the firmware that it shows."""

    pk: int
    ends_on: date | None
    withdrawn_on: date | None
    firmware: str
    expires_on: date | None = None
    renewal_on: date | None = None


@dataclass
class Known:
    """The record as on a day. Made by `known_on`; tests of rules make their own."""

    day: date
    widths: Widths = field(default_factory=Widths)
    specifications: dict[str, bool] = field(default_factory=dict)
    certificates: dict[tuple[str, str], Held] = field(default_factory=dict)
    identities: dict[Identity, tuple[str, bool]] = field(default_factory=dict)
    hashes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[str, str] = field(default_factory=dict)
    makers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    entries: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    needed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exceptions: frozenset[str] = frozenset()
    likeness: int = 90

    def add(self, entry_id: str, values: dict[str, Any], listed: bool) -> None:
        """Takes one entry to be known, so that the rows after it are checked against it too."""
        identity: Identity = tuple(values[name] for name in IDENTITY)
        maker = values["manufacturer_identifier"]
        if values["model_identifier"]:
            self.identities.setdefault(identity, (entry_id, listed))
        if values["image_hash"]:
            self.hashes[values["image_hash"]].append(entry_id)
        if maker:
            self.forms.setdefault(maker, values["firmware_form"])
            self.makers[values["manufacturer"]].add(maker)


def needed_of(device_type: str, day: date) -> tuple[str, ...]:
    """The schemes under which a SMETS2+ device of a type is assured, by the rulebook of a day (PRD-15)."""
    told = RULEBOOK.text(f"products.certificates.{slugify(device_type)}", day)
    return tuple(part.strip() for part in told.split(",") if part.strip())


def known_on(day: date, without: DeviceModel | None = None) -> Known:
    """The record as it stands, with what is in force on a day; `without` leaves one entry out of account."""
    known = Known(
        day,
        Widths.on(day),
        specifications=_specifications(day),
        certificates=_certificates(),
        needed={kind: needed_of(kind, day) for kind in DeviceType.values},
        exceptions=frozenset(_words(RULEBOOK.text("products.firmware_form_exceptions", day))),
        likeness=RULEBOOK.number("products.near_duplicate_percent", day),
    )
    columns = (*IDENTITY, "manufacturer", "firmware_form", "image_hash", "state", "entry_id", "pk")
    rows: Iterable[dict[str, Any]] = DeviceModel.objects.values(*columns)
    for row in rows:
        if without is not None and row["pk"] == without.pk:
            continue
        known.entries[row["entry_id"]] = (row["pk"], row["device_type"], row["manufacturer"])
        if row["state"] in (*LISTED, *PENDING):
            known.add(row["entry_id"], row, row["state"] in LISTED)
    return known


def _specifications(day: date) -> dict[str, bool]:
    spells = SpecificationSpell.objects.on(day).values_list("specification__label", flat=True)
    in_force = set(spells)
    return {label: label in in_force for label in Specification.objects.values_list("label", flat=True)}


def _certificates() -> dict[tuple[str, str], Held]:
    rows: Iterable[Certificate] = Certificate.objects.all()
    return {
        (row.scheme, row.number.casefold()): Held(
            row.pk, row.effective_end, row.withdrawn_on, row.firmware, row.expires_on, row.renewal_on
        )
        for row in rows
    }


def _words(text: str) -> list[str]:
    return [part.strip().upper() for part in text.split(",") if part.strip()]
