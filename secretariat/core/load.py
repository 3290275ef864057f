"""Loading files: preview first, then all or nothing, and again without doubling.

A room names the kinds of file it takes in its `load.py`: columns with the parser of each, and a function
that prepares records from the parsed lines, refusing with a sentence what may not be.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.people import Person
from secretariat.core.procedure import Refused

ROW_LIMIT = 200_000


@dataclass(frozen=True)
class Column:
    """One column of a file: its name in the head, how its text is read, and what it holds."""

    name: str
    parse: Callable[[str], Any]
    help: str
    required: bool = True
    default: Any = None


@dataclass(frozen=True)
class Refusal:
    """Why a row is refused: its number in the file (the head is row 1), the column, and a sentence."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True)
class Line:
    """One row of the file, read: its number and its values by column name."""

    row: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def refuse(self, column: str, reason: str) -> Refusal:
        """A refusal of this line."""
        return Refusal(self.row, column, reason)


@dataclass
class Prepared:
    """What a file would do: records to write (in the room's own shape), rows already there, rows refused."""

    accepted: list[Any] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The counts, in words."""
        return f"{len(self.accepted)} accepted, {len(self.repeated)} already there, {len(self.refused)} refused."


@dataclass(frozen=True)
class Loading:
    """Who loads, and when: what a room's functions need to know besides the lines."""

    by: Person | None
    at: datetime
    recorded: datetime

    @property
    def told(self) -> journal.Told:
        """The same, as events are told it."""
        return {"by": self.by, "at": self.at, "recorded": self.recorded}


def save(accepted: list[Any], loading: Loading) -> None:
    """Saves records in bulk, each with an event."""
    journal.enter_all(accepted, **loading.told)


@dataclass(frozen=True)
class LoadKind:
    """A kind of file. `prepare` checks lines against each other and the record; `write` saves what it accepted."""

    name: str
    title: str
    columns: tuple[Column, ...]
    prepare: Callable[[list[Line], Loading], Prepared]
    write: Callable[[list[Any], Loading], None] = save


LOADS: dict[str, LoadKind] = {}
"""Every kind of file by its name."""


def takes(kind: LoadKind) -> LoadKind:
    """Makes a kind of file known and returns it."""
    LOADS[kind.name] = kind
    return kind


def preview(kind: LoadKind, name: str, content: bytes, loading: Loading) -> Prepared:
    """What loading the file would do; writes nothing. Raises Refused when the file itself cannot be read."""
    lines, refused = _read(kind, rows_of(name, content))
    prepared = kind.prepare(lines, loading)
    prepared.refused = sorted([*refused, *prepared.refused], key=lambda refusal: refusal.row)
    return prepared


def load(kind: LoadKind, name: str, content: bytes, loading: Loading) -> Prepared:
    """Loads the file whole, keeps it, and journals both. Raises Refused, and writes nothing, if a row is refused."""
    with transaction.atomic():
        prepared = preview(kind, name, content, loading)
        if prepared.refused:
            raise Refused(*(str(refusal) for refusal in prepared.refused))
        kind.write(prepared.accepted, loading)
        if prepared.accepted:
            _keep_source(kind, name, content, loading, prepared)
    return prepared


def _keep_source(kind: LoadKind, name: str, content: bytes, loading: Loading, prepared: Prepared) -> None:
    source = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=loading.recorded)
    source.classification = 2
    told = {"kind": kind.name, "accepted": len(prepared.accepted), "already_there": len(prepared.repeated)}
    journal.enter(source, **loading.told, verb="load", **told)


def rows_of(name: str, content: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file or of a workbook's first sheet as texts, the head first. Raises Refused if unreadable."""
    if name.lower().endswith(".xlsx"):
        return _sheet_rows(name, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{name} is not UTF-8 text (byte {error.start}). Save it as CSV UTF-8 or XLSX.") from error
    return iter(csv.reader(io.StringIO(text)))


def _sheet_rows(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise Refused(f"{name} cannot be opened as a workbook. Save it again as XLSX or CSV.") from error
    return ([_cell_text(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True))


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read(kind: LoadKind, rows: Iterator[list[str]]) -> tuple[list[Line], list[Refusal]]:
    head = [name.strip().lower() for name in next(rows, [])]
    _check_head(kind, head)
    lines, refused = [], []
    for number, row in enumerate(rows, start=2):
        if number > ROW_LIMIT:
            raise Refused(f"The file has more than {ROW_LIMIT:,} rows. Split it.")
        if not any(text.strip() for text in row):
            continue
        values, wrong = _read_row(kind, number, dict(zip(head, row, strict=False)))
        refused += wrong
        if not wrong:
            lines.append(Line(number, values))
    return lines, refused


def _check_head(kind: LoadKind, head: list[str]) -> None:
    known = {column.name for column in kind.columns}
    missing = [column.name for column in kind.columns if column.required and column.name not in head]
    unknown = [name for name in head if name and name not in known]
    reasons = [f"The head names {name} twice." for name in sorted(known) if head.count(name) > 1]
    if missing:
        reasons.append(f"The head lacks {', '.join(missing)}.")
    if unknown:
        reasons.append(f"The head has unknown columns: {', '.join(unknown)}. Known are {', '.join(sorted(known))}.")
    if reasons:
        raise Refused(*reasons)


def _read_row(kind: LoadKind, number: int, texts: dict[str, str]) -> tuple[dict[str, Any], list[Refusal]]:
    values, wrong = {}, []
    for column in kind.columns:
        text = texts.get(column.name, "").strip()
        if not text:
            values[column.name] = column.default
            if column.required:
                wrong.append(Refusal(number, column.name, f"is empty; it holds {column.help}."))
            continue
        try:
            values[column.name] = column.parse(text)
        except (ValueError, ValidationError) as error:
            message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            wrong.append(Refusal(number, column.name, message))
    return values, wrong
