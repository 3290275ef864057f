"""Reading the DCC's file of a list: each row against the Central Products List and the version before (section 7.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from secretariat.core.classification import Class
from secretariat.core.load import Line, Loading, LoadKind, Prepared, Refusal, preview
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.products.models import REMOVED, DeviceModel, Origin, ProductList
from secretariat.products.publishing.content import Content, filled
from secretariat.products.publishing.models import APPROVED, REFUSED, CombinationReport
from secretariat.products.publishing.shapes import ELIGIBLE, MODEL_COLUMNS, SHAPES

STOPS = "stops"
"""What the rulebook says of a finding for which a file is not taken; any other word only tells it."""


@dataclass
class Upload:
    """What a file holds: its rows by key, why it may not be taken, and what is told without stopping it."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    told: list[Refusal] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return f"{len(self.rows):,} rows read, {len(self.refused):,} things to put right, {len(self.told):,} to note."


@dataclass(frozen=True)
class Model:
    """A device model as the Central list knows it: what tells it from others, and whether it is on the list still."""

    entry_id: str
    origin: str
    state: str
    removed_on: date | None
    identity: tuple[str, ...]

    @property
    def is_removed(self) -> bool:
        """Whether it is on the list no longer."""
        return self.state == REMOVED


def known_models() -> list[Model]:
    """Every public device model that is or was on the Central list. One query."""
    rows = DeviceModel.objects.ever_listed().filter(classification=Class.WHITE)
    values = rows.values_list("entry_id", "origin", "state", "removed_on", *MODEL_COLUMNS)
    return [Model(entry, origin, state, on, tuple(told)) for entry, origin, state, on, *told in values]


def read(of: ProductList, name: str, content: bytes, loading: Loading, before: Content) -> Upload:
    """What the DCC's file of a list holds, read against the version before. Nothing is written.

    Raises Refused when the file itself cannot be read.
    """
    reading = Reading(of.code, loading, before)
    kind = LoadKind(of.code.lower(), of.name, SHAPES[of.code].taken, reading.prepare, write_nothing)
    reading.found.refused = preview(kind, name, content, loading).refused
    return reading.found


def write_nothing(rows: list[Any], loading: Loading) -> None:
    """Reading writes nothing: the rows are written once the version is published."""


@dataclass
class Reading:
    """One file being read: what is known besides it, and what was found."""

    code: str
    loading: Loading
    before: Content
    found: Upload = field(default_factory=Upload)
    seen: dict[str, int] = field(default_factory=dict)

    @cached_property
    def entries(self) -> dict[str, Model]:
        """The known device models by CPL Entry ID."""
        return {model.entry_id: model for model in known_models()}

    @cached_property
    def by_identity(self) -> dict[tuple[str, ...], Model]:
        """The same by what tells them apart; of two that agree, the one that is on the list."""
        models = sorted(self.entries.values(), key=lambda model: not model.is_removed)
        return {model.identity: model for model in models}

    @cached_property
    def reports(self) -> Mapping[int, str]:
        """The DCC's reports of combinations: where each stands, by number."""
        return dict(CombinationReport.objects.values_list("number", "state"))

    def prepare(self, lines: list[Line], loading: Loading) -> Prepared:
        """The rows of the file as they would be published, with everything that is wrong with each."""
        prepared = Prepared()
        for line in lines:
            of_models = "device_models" in line.values
            refused = list(self._combination(line) if of_models else self._deployed(line))
            row = self._row(line)
            refused += self._twice(line, SHAPES[self.code].key(row))
            prepared.refused += refused
            self.found.rows[SHAPES[self.code].key(row)] = row
        return prepared

    def _row(self, line: Line) -> dict[str, str]:
        told = dict(line.values)
        if "entry_id" in told:
            model = self._model_of(line)
            names = ("entry_id", *MODEL_COLUMNS)
            told |= dict(zip(names, (model.entry_id, *model.identity), strict=True)) if model else {}
            told["entry_id"] = told["entry_id"] or " ".join(str(told[name]) for name in MODEL_COLUMNS)
        return filled(told)

    def _model_of(self, line: Line) -> Model | None:
        if line["entry_id"]:
            return self.entries.get(line["entry_id"])
        return self.by_identity.get(tuple(line[name] for name in MODEL_COLUMNS))

    def _twice(self, line: Line, key: str) -> Iterator[Refusal]:
        first = self.seen.setdefault(key, line.row)
        if first != line.row:
            column = "device_models" if "device_models" in line.values else "entry_id"
            yield line.refuse(column, f"The same is in row {first} too. Take one of them out.")

    def _deployed(self, line: Line) -> Iterator[Refusal]:
        lacking = [name for name in MODEL_COLUMNS if not line[name]]
        if not line["entry_id"] and lacking:
            yield line.refuse("entry_id", f"is empty, and so is {', '.join(lacking)}. Give the entry or all five.")
            return
        model = self._model_of(line)
        if model is None:
            named = f"entry {line['entry_id']}" if line["entry_id"] else "entry of this device model"
            yield from self._unknown(line, "entry_id", named)
            return
        yield from self._removed(line, "entry_id", model)
        for name, listed in zip(MODEL_COLUMNS, model.identity, strict=True):
            if line[name] and listed and line[name].upper() != listed.upper():
                reason = f"{line[name]} is not what the CPL says of entry {model.entry_id}: {listed}."
                yield line.refuse(name, f"{reason} Put right this column or the entry.")

    def _combination(self, line: Line) -> Iterator[Refusal]:
        for entry_id in line["device_models"].split("; "):
            model = self.entries.get(entry_id)
            if model is None:
                yield from self._unknown(line, "device_models", f"entry {entry_id}")
                continue
            yield from self._removed(line, "device_models", model)
            if self.code == ELIGIBLE and model.origin != Origin.SMETS1:
                self._tell(line, "device_models", f"Entry {entry_id} is no SMETS1 device model (PRD-32).")
        yield from self._first_added(line)
        if self.code == ELIGIBLE:
            yield from self._report(line)

    def _first_added(self, line: Line) -> Iterator[Refusal]:
        if line["first_added"] > local_day(self.loading.at):
            yield line.refuse("first_added", "The day is still to come.")
        earlier = self.before.get(SHAPES[self.code].key(line.values), {}).get("first_added")
        if earlier and earlier != line["first_added"].isoformat():
            yield line.refuse("first_added", f"The version before says {earlier}; the first day does not change.")

    def _report(self, line: Line) -> Iterator[Refusal]:
        number = line["report"]
        if number is None:
            if SHAPES[self.code].key(line.values) not in self.before:
                self._tell(line, "report", "This combination is new, and no report of the DCC is named (PRD-32).")
        elif self.reports.get(number) == REFUSED:
            yield line.refuse("report", f"EPCL Report {number} was refused. Take the combination out.")
        elif self.reports.get(number) != APPROVED:
            self._tell(line, "report", f"EPCL Report {number} is not recorded here as approved (PRD-32).")

    def _unknown(self, line: Line, column: str, named: str) -> Iterator[Refusal]:
        reason = f"There is no {named} on the Central Products List. Check it, or have it added there first."
        return self._by_rulebook("unknown_model", line.refuse(column, reason))

    def _removed(self, line: Line, column: str, model: Model) -> Iterator[Refusal]:
        if model.is_removed:
            since = f" on {long_date(model.removed_on)}" if model.removed_on else ""
            reason = f"Entry {model.entry_id} was removed from the Central Products List{since}."
            yield from self._by_rulebook("removed_model", line.refuse(column, reason))

    def _by_rulebook(self, what: str, finding: Refusal) -> Iterator[Refusal]:
        if RULEBOOK.text(f"products.{what}.{self.code.lower()}", self.loading.at) == STOPS:
            yield finding
        else:
            self.found.told.append(finding)

    def _tell(self, line: Line, column: str, reason: str) -> None:
        self.found.told.append(line.refuse(column, reason))
