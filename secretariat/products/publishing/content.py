"""What a version of a list holds, as plain values: rows by key, their hash, and what differs between two versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Row = Mapping[str, str]
Content = Mapping[str, Row]
"""The rows of a version by their keys; a key names the same thing in every version of a list."""


@dataclass(frozen=True)
class Altered:
    """One row that both versions hold with other words: each field that differs, as it was and as it is."""

    key: str
    fields: Mapping[str, tuple[str, str]]

    @property
    def sentence(self) -> str:
        """The fields in words."""
        return "; ".join(f"{name}: {old or 'empty'} → {new or 'empty'}" for name, (old, new) in self.fields.items())


@dataclass(frozen=True)
class Difference:
    """What makes one version of another, by key in order."""

    added: Mapping[str, Row]
    removed: Mapping[str, Row]
    altered: tuple[Altered, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.altered)

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return f"{len(self.added):,} added, {len(self.removed):,} removed, {len(self.altered):,} changed."


def difference(old: Content, new: Content) -> Difference:
    """What makes `new` of `old`: rows added, rows removed, and rows of which fields changed."""
    added = {key: new[key] for key in in_order(new.keys() - old.keys())}
    removed = {key: old[key] for key in in_order(old.keys() - new.keys())}
    changed = (key for key in in_order(old.keys() & new.keys()) if old[key] != new[key])
    return Difference(added, removed, tuple(Altered(key, _fields(old[key], new[key])) for key in changed))


def applied(old: Content, found: Difference) -> dict[str, Row]:
    """What `old` becomes by a difference: the other version, where the difference was made of `old`."""
    made = {key: row for key, row in old.items() if key not in found.removed} | dict(found.added)
    for one in found.altered:
        told = {**made[one.key], **{name: new for name, (_, new) in one.fields.items()}}
        made[one.key] = {name: text for name, text in told.items() if text}
    return made


def _fields(old: Row, new: Row) -> dict[str, tuple[str, str]]:
    names = dict.fromkeys((*old, *new))
    return {name: (old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")}


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys as a reader counts: 9 before 10, and numbers before words."""
    return sorted(keys, key=lambda key: (0, int(key), key) if key.isdecimal() else (1, 0, key))


def digest(content: Content) -> str:
    """The hash of a content: the same for the same rows, in whatever order they and their fields are told."""
    told = {key: {name: text for name, text in row.items() if text} for key, row in content.items()}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def filled(told: Mapping[str, object]) -> dict[str, str]:
    """A row as it is kept: texts only, and no field that is empty."""
    return {name: text for name, value in told.items() if value is not None and (text := str(value))}
