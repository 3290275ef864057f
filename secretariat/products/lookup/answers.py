"""Whether a device model is on the Central Products List on a day: plain functions of what is asked and known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz, process

from secretariat.plain.dates import day_words, long_date
from secretariat.products.entries.columns import LABELS
from secretariat.products.lookup.wanted import PARTS, Wanted


class Verdict(StrEnum):
    """What is answered of one row."""

    LISTED = "on the list"
    LATER = "added later"
    REMOVED = "removed"
    DIFFERS = "the entry says otherwise"
    ABSENT = "not on the list"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True)
class Entry:
    """What is known of one entry: its identity, and from when until when it is on the list."""

    entry_id: str
    parts: dict[str, str]
    name: str
    added_on: date | None
    removed_on: date | None = None
    removal_on: date | None = None
    ground: str = ""

    @property
    def leaves_on(self) -> date | None:
        """The first day on which it is not on the list any more, past or set for a day to come."""
        return self.removed_on or self.removal_on

    def listed_on(self, day: date) -> bool:
        """Whether it is on the list on a day, as far as is set now."""
        begun = self.added_on is not None and self.added_on <= day
        return begun and (self.leaves_on is None or day < self.leaves_on)


@dataclass(frozen=True)
class Answer:
    """What is answered of one row: the verdict, a sentence, the entry it is about, or else the nearest one."""

    wanted: Wanted
    verdict: Verdict
    says: str
    entry: Entry | None = None
    nearest: Entry | None = None


@dataclass
class Entries:
    """Every entry that is or was on the list, to be asked many times."""

    by_id: dict[str, Entry] = field(default_factory=dict)
    by_model: dict[tuple[str, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    models: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, rows: Iterable[Entry]) -> Entries:
        """The entries, each found by its id, its model and its maker."""
        found = cls()
        for row in rows:
            found.by_id[row.entry_id] = row
            maker, model = row.parts.get("manufacturer_identifier", ""), row.parts.get("model_identifier", "")
            if maker and model:
                found.by_model[(maker, model)].append(row)
                found.models[maker][model] = model
        return found

    def same(self, parts: dict[str, str]) -> list[Entry]:
        """The entries that agree with every value given."""
        rows = self.by_model.get((parts["manufacturer_identifier"], parts["model_identifier"]), [])
        return [row for row in rows if all(row.parts.get(name) == value for name, value in parts.items())]

    def nearest(self, parts: dict[str, str]) -> Entry | None:
        """The entry of the same maker whose model, and then whose other values, are most alike."""
        maker = parts.get("manufacturer_identifier", "")
        model = process.extractOne(parts.get("model_identifier", ""), self.models.get(maker, {}), scorer=fuzz.ratio)
        rows = self.by_model[(maker, model[2])] if model is not None else []
        asked = {place: _spelt(row.parts, parts) for place, row in enumerate(rows)}
        best = process.extractOne(_spelt(parts, parts), asked, scorer=fuzz.ratio)
        return rows[best[2]] if best is not None else None


def _spelt(values: dict[str, str], asked: dict[str, str]) -> str:
    return "|".join(values.get(name, "") for name in PARTS if asked.get(name))


def answers(wanted: Iterable[Wanted], entries: Entries, day: date) -> list[Answer]:
    """The answer to each row; rows that ask the same are looked up once."""
    known: dict[tuple[str, ...], Answer] = {}
    found = []
    for row in wanted:
        key = tuple(row.values.get(name, "") for name in ("entry_id", *PARTS))
        if row.problems:
            told = "; ".join(f"{LABELS[one.column]}: {one.says}" for one in row.problems)
            found.append(Answer(row, Verdict.UNREADABLE, told))
            continue
        if key not in known:
            known[key] = answer(row, entries, day)
        same = known[key]
        found.append(Answer(row, same.verdict, same.says, same.entry, same.nearest))
    return found


def answer(wanted: Wanted, entries: Entries, day: date) -> Answer:
    """The answer to one row that can be read: by its entry's id, or else by what tells device models apart."""
    if wanted.entry_id:
        return _by_id(wanted, entries, day)
    same = entries.same(wanted.parts)
    if not same:
        return _absent(wanted, entries)
    return _of_entry(wanted, _best(same, day), day, len([row for row in same if row.listed_on(day)]))


def _by_id(wanted: Wanted, entries: Entries, day: date) -> Answer:
    entry = entries.by_id.get(wanted.entry_id)
    if entry is None:
        return Answer(wanted, Verdict.ABSENT, f"No entry of the list has or had the id {wanted.entry_id}.")
    other = [name for name, value in wanted.parts.items() if entry.parts.get(name, "") != value]
    if other:
        differs = "; ".join(f"{LABELS[name]} is {entry.parts.get(name) or 'not told'}" for name in other)
        return Answer(wanted, Verdict.DIFFERS, f"Entry {entry.entry_id} is another device model: {differs}.", entry)
    return _of_entry(wanted, entry, day, 1)


def _best(same: list[Entry], day: date) -> Entry:
    """Of several entries of one model that which tells most: the one listed, else the last removed, else the next."""
    listed = [row for row in same if row.listed_on(day)]
    gone = [row for row in same if row.leaves_on is not None and row.leaves_on <= day]
    if listed:
        return listed[0]
    if gone:
        return max(gone, key=lambda row: row.leaves_on or date.min)
    return min(same, key=lambda row: row.added_on or date.max)


def _of_entry(wanted: Wanted, entry: Entry, day: date, listed: int) -> Answer:
    if entry.listed_on(day):
        more = f" {listed} entries agree with what is given." if listed > 1 else ""
        leaves = f" It is to be removed on {long_date(entry.leaves_on)}." if entry.leaves_on else ""
        since = day_words(entry.added_on)
        return Answer(wanted, Verdict.LISTED, f"On the list since {since}.{leaves}{more}", entry)
    if entry.leaves_on is not None and entry.leaves_on <= day:
        word = "Removed" if entry.removed_on else "To be removed"
        why = f": {entry.ground[:1].lower()}{entry.ground[1:]}" if entry.ground else ""
        return Answer(wanted, Verdict.REMOVED, f"{word} on {long_date(entry.leaves_on)}{why}.", entry)
    since = f"Added on {long_date(entry.added_on)}." if entry.added_on else "The day it was added is not known."
    return Answer(wanted, Verdict.LATER, since, entry)


def _absent(wanted: Wanted, entries: Entries) -> Answer:
    nearest = entries.nearest(wanted.parts)
    if nearest is None:
        maker = wanted.parts["manufacturer_identifier"]
        return Answer(wanted, Verdict.ABSENT, f"No entry has the manufacturer identifier {maker}.")
    other = [name for name, value in wanted.parts.items() if nearest.parts.get(name, "") != value]
    differs = "; ".join(f"{LABELS[name]} {nearest.parts.get(name) or 'not told'}" for name in other)
    return Answer(wanted, Verdict.ABSENT, f"Nearest is entry {nearest.entry_id}, with {differs}.", nearest=nearest)


def counted(found: Iterable[Answer]) -> dict[Verdict, int]:
    """How many rows have which answer, in a fixed order; verdicts that none has are left out."""
    rows = [one.verdict for one in found]
    return {verdict: rows.count(verdict) for verdict in Verdict if verdict in rows}
