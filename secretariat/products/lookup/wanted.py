"""The devices that somebody asks about: read from a file row by row, each value brought into the list's form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from secretariat.core.load import rows_of
from secretariat.core.procedure import Refused
from secretariat.products.entries.columns import BY_HEAD, folded
from secretariat.products.entries.hex import octets
from secretariat.products.entries.known import Widths
from secretariat.products.models import DeviceType

ENTRY_ID = "entry_id"
PARTS = ("device_type", "manufacturer_identifier", "model_identifier", "hardware_version", "firmware")
"""What tells device models apart (PRD-11)."""
NEEDED = ("manufacturer_identifier", "model_identifier", "firmware")
"""Without these a row names no device model."""
COLUMNS = (ENTRY_ID, *PARTS)
UNPACKED_LIMIT = 50 * 2**20
TYPES = {folded(name): str(name) for name in DeviceType.values}


@dataclass(frozen=True)
class Problem:
    """What cannot be read in a row: the column, and what to do."""

    column: str
    says: str


@dataclass(frozen=True)
class Wanted:
    """One row: its number (the head is row 1), the values in the list's form, as typed, and what cannot be read."""

    row: int
    values: dict[str, str]
    typed: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def entry_id(self) -> str:
        """The CPL Entry ID, if one is given."""
        return self.values.get(ENTRY_ID, "")

    @property
    def parts(self) -> dict[str, str]:
        """The values given that tell device models apart."""
        return {name: self.values[name] for name in PARTS if self.values.get(name)}

    @property
    def asked(self) -> str:
        """What was asked about, as typed."""
        return " ".join(self.typed[name] for name in COLUMNS if self.typed.get(name))


def read(name: str, content: bytes, widths: Widths, most: int) -> list[Wanted]:
    """The rows of a file, CSV or XLSX, without the empty ones; columns that are not known are passed over.

    Raises Refused when the file cannot be read, has too many rows, or no column that names a device model.
    """
    _check_size(name, content)
    rows = rows_of(name, content)
    names = [BY_HEAD.get(folded(text), "") for text in next(rows, [])]
    names = [one if one in COLUMNS and one not in names[:place] else "" for place, one in enumerate(names)]
    if ENTRY_ID not in names and not set(NEEDED) <= set(names):
        raise Refused(
            "The first row must name the columns: entry_id; or manufacturer_identifier, model_identifier and firmware,"
            " and device_type and hardware_version if you have them."
        )
    found: list[Wanted] = []
    for number, row in enumerate(rows, start=2):
        typed = {name: text.strip().removeprefix("'") for name, text in zip(names, row, strict=False) if name}
        if any(typed.values()):
            found.append(understood(number, typed, widths))
        if len(found) > most:
            raise Refused(f"The file has more than {most:,} rows. Ask in parts.")
    return found


def told(rows: Iterable[dict[str, str]], widths: Widths) -> list[Wanted]:
    """The same of rows that a program sends; they are counted from 1."""
    return [understood(number, row, widths) for number, row in enumerate(rows, start=1)]


def _check_size(name: str, content: bytes) -> None:
    """Refuses a workbook that unpacks to far more than it seems: a file from anybody is opened with care."""
    if not name.lower().endswith(".xlsx"):
        return
    try:
        size = sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile as error:
        raise Refused(f"{name} cannot be opened as a workbook. Save it again as XLSX or CSV.") from error
    if size > UNPACKED_LIMIT:
        raise Refused(f"{name} holds too much. Leave only the columns asked for, or save it as CSV.")


def understood(number: int, typed: dict[str, str], widths: Widths) -> Wanted:
    """A row with its values in the list's form; what cannot be read is told and left out."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name in COLUMNS:
        text = " ".join(typed.get(name, "").split())
        if not text:
            continue
        try:
            values[name] = _read(name, text, widths)
        except ValueError as error:
            problems.append(Problem(name, str(error)))
    lacking = [name for name in NEEDED if not typed.get(name)]
    if not typed.get(ENTRY_ID) and lacking:
        problems += [
            Problem(name, "is empty; without it, or the entry's id, no device model is named.") for name in lacking
        ]
    return Wanted(number, values, typed, tuple(problems))


def _read(name: str, text: str, widths: Widths) -> str:
    if name == ENTRY_ID:
        return text
    if name == "device_type":
        if folded(text) not in TYPES:
            raise ValueError(f"“{text}” is not a device type. Use one of {', '.join(DeviceType.values)}.")
        return TYPES[folded(text)]
    if name == "hardware_version":
        return octets(text, 1, widths.hardware_version_most)
    return octets(text, int(getattr(widths, name)))
