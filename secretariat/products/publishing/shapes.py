"""The columns of each list, and how a row of one is told from the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from secretariat.core.columns import count, day, words
from secretariat.core.load import Column
from secretariat.products.entries.hex import octets
from secretariat.products.models import CENTRAL
from secretariat.products.publishing import central
from secretariat.products.publishing.content import in_order

DEPLOYED, ELIGIBLE, PENDING_COMBINATIONS = "DPL", "EPCL", "PPCL"
_SEPARATORS: Final = re.compile(r"[;,\s]+")

MODEL_COLUMNS: Final = ("device_type", "manufacturer_identifier", "model_identifier", "hardware_version",
                        "firmware")  # fmt: skip
"""What tells a device model from every other one (PRD-11)."""


def entry_ids(text: str) -> str:
    """Parser of a column of CPL Entry IDs: each once, in order. Raises ValueError when there is none."""
    found = in_order({part for part in _SEPARATORS.split(text) if part})
    if not found:
        raise ValueError("No CPL Entry ID is told.")
    return "; ".join(found)


def _octets(least: int, most: int | None = None) -> Callable[[str], str]:
    def parse(text: str) -> str:
        return octets(text, least, most)

    return parse


@dataclass(frozen=True)
class Shape:
    """The columns of a list as it is published, and those of the file from which it is made."""

    columns: tuple[str, ...]
    taken: tuple[Column, ...] = ()

    def key(self, row: Mapping[str, Any]) -> str:
        """What tells a row from every other one of its list: the device model, or the combination (PRD-32)."""
        if "device_models" in row:
            return f"{row['device_models']} | {row['provider']}"
        return str(row["entry_id"])


_MODELS = Column("device_models", entry_ids, "the CPL Entry IDs of its device models, parted by semicolons")
_PROVIDER = Column("provider", words, "the communications service provider")
_FIRST = Column("first_added", day, "the day on which the combination was first added")
_NOTE = Column("note", words, "anything that readers are told", required=False, default="")

SHAPES: Final[dict[str, Shape]] = {
    CENTRAL: Shape(central.COLUMNS),
    DEPLOYED: Shape(
        ("entry_id", *MODEL_COLUMNS, "note"),
        (
            Column("entry_id", words, "the CPL Entry ID, or else the next five", required=False, default=""),
            Column("device_type", words, "the device type, such as ESME", required=False, default=""),
            Column("manufacturer_identifier", _octets(2), "two octets in hexadecimal", required=False, default=""),
            Column("model_identifier", _octets(2), "two octets in hexadecimal", required=False, default=""),
            Column("hardware_version", _octets(1, 20), "in hexadecimal", required=False, default=""),
            Column("firmware", _octets(4), "four octets", required=False, default=""),
            _NOTE,
        ),
    ),
    ELIGIBLE: Shape(
        ("device_models", "provider", "first_added", "report", "note"),
        (
            _MODELS, _PROVIDER, _FIRST,
            Column("report", count, "the number of the DCC's report that proposed it", required=False),
            _NOTE,
        ),
    ),
    PENDING_COMBINATIONS: Shape(
        ("device_models", "provider", "first_added", "intended", "note"),
        (
            _MODELS, _PROVIDER, _FIRST,
            Column("intended", words, "what is intended, such as testing or enrolment", required=False, default=""),
            _NOTE,
        ),
    ),
}  # fmt: skip


def columns_of(code: str) -> tuple[str, ...]:
    """The columns of a list as it is published. Raises KeyError for a list whose content is not kept here."""
    return SHAPES[code].columns
