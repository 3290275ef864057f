"""The folder of measurement data, and the list of its files that are in force.

Every write makes new files aside and then replaces `manifest.json` in one rename: a killed import leaves
the old list, so either all of it is there or nothing. Files that neither the new list nor the one before
names are then swept away.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secretariat.oversight.readings.layout import DATASETS

ALWAYS = "always"
"""The part of a dataset that does not lie by month."""


@dataclass(frozen=True)
class Part:
    """One file in force: its path under the store, its rows, and the paths of the files it was reckoned from."""

    path: str
    rows: int
    built_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """Which files are in force: by dataset, then month, then the name of the part; and every file taken in."""

    parts: Mapping[str, Mapping[str, Mapping[str, Part]]] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    number: int = 0

    def of(self, dataset: str, month: str = ALWAYS) -> Mapping[str, Part]:
        """The parts of a dataset in a month, by name."""
        return self.parts.get(dataset, {}).get(month, {})

    def months(self, dataset: str) -> list[str]:
        """The months of which a dataset has files, in order."""
        return sorted(month for month, parts in self.parts.get(dataset, {}).items() if parts)

    def paths(self, dataset: str) -> list[str]:
        """All files of a dataset, by month and part."""
        held = self.parts.get(dataset, {})
        return [part.path for month in sorted(held) for _, part in sorted(held[month].items())]

    def rows(self, dataset: str, month: str = ALWAYS) -> int:
        """How many rows a dataset has in a month."""
        return sum(part.rows for part in self.of(dataset, month).values())


class Store:
    """The folder, its manifest and the one writer's lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    @property
    def manifest(self) -> Manifest:
        """The list in force now."""
        path = self.root / "manifest.json"
        return _read(json.loads(path.read_text())) if path.exists() else Manifest()

    def files(self, dataset: str) -> list[Path]:
        """The files of a dataset in force now. Raises KeyError for a name that is none."""
        return [self.root / path for path in self.manifest.paths(DATASETS[dataset].name)]

    @contextmanager
    def writing(self) -> Iterator[Change]:
        """One change: files are added and dropped in it, and all take effect when it ends, or none does."""
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = self.manifest
            change = Change(self.root, before)
            yield change
            change.commit()
            sweep(self.root, before, change.manifest)


class Change:
    """A change under way."""

    def __init__(self, root: Path, before: Manifest) -> None:
        self.root = root
        self.number = before.number + 1
        self.parts = {name: {month: dict(held) for month, held in of.items()} for name, of in before.parts.items()}
        self.taken = dict(before.taken)

    @property
    def manifest(self) -> Manifest:
        """The list as it will be."""
        return Manifest(self.parts, self.taken, self.number)

    def path(self, dataset: str, month: str, name: str) -> Path:
        """Where a new file of a dataset is to be written; it is no part of the data yet."""
        folder = self.root / dataset / f"month={month}" if DATASETS[dataset].by_month else self.root / dataset
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}.{self.number:06d}.parquet"

    def put(self, dataset: str, month: str, name: str, rows: int, built_from: tuple[str, ...] = ()) -> None:
        """Names a file written at `path` as the part of that name, in place of the one before."""
        path = self.path(dataset, month, name).relative_to(self.root)
        self.parts.setdefault(dataset, {}).setdefault(month, {})[name] = Part(str(path), rows, built_from)

    def drop(self, dataset: str, month: str, name: str | None = None) -> None:
        """Takes a part out, or all of a month."""
        held = self.parts.get(dataset, {}).get(month, {})
        for part in list(held) if name is None else [name]:
            held.pop(part, None)

    def commit(self) -> None:
        """Puts the new list in force by one rename."""
        aside = self.root / "manifest.json.new"
        with aside.open("w") as file:
            json.dump(_written(self.manifest), file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.root / "manifest.json")


def sweep(root: Path, *manifests: Manifest) -> int:
    """Deletes the files that none of the lists names; how many. The list before counts: a reader may still hold it."""
    held = {root / path for manifest in manifests for name in DATASETS for path in manifest.paths(name)}
    found = [path for name in DATASETS for path in (root / name).glob("**/*.parquet") if path not in held]
    for path in found:
        path.unlink()
    return len(found)


def _written(manifest: Manifest) -> dict[str, Any]:
    parts = {
        name: {month: {key: vars(part) for key, part in held.items()} for month, held in of.items()}
        for name, of in manifest.parts.items()
    }
    return {"number": manifest.number, "taken": manifest.taken, "parts": parts}


def _read(data: dict[str, Any]) -> Manifest:
    parts = {
        name: {
            month: {key: Part(part["path"], part["rows"], tuple(part["built_from"])) for key, part in held.items()}
            for month, held in of.items()
        }
        for name, of in data["parts"].items()
    }
    return Manifest(parts, data["taken"], data["number"])
