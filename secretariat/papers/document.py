"""The one source of a paper: a tree of frozen values that every renderer reads.

HTML, PDF, Word and JSON are four walks over this tree, so they cannot disagree. The tree holds
what is printed, already formatted; where each number came from stands beside it.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Text:
    """Words, plain or strong."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: a reference, a published document. `href` is a path of the site or a URL."""

    text: str
    href: str


@dataclass(frozen=True)
class Number:
    """A figure as printed. `href` opens what it counted; `source` is the number of its entry in the annex."""

    text: str
    href: str = ""
    source: int = 0


Inline = Text | Link | Number
Runs = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `kind` is "body" or "note" (a remark under a table, a rounding note)."""

    runs: Runs
    kind: str = "body"


@dataclass(frozen=True)
class Item:
    """One bullet, with bullets below it."""

    runs: Runs
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Bullets:
    """A bulleted list."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of a table: lines of runs. `rows` is how many rows it spans; spanned cells are left out below it."""

    lines: tuple[Runs, ...]
    numeric: bool = False
    header: bool = False
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table. The last `totals` rows are totals. `number` is set by `numbered`. Notes are printed below it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    notes: tuple[Runs, ...] = ()
    number: int = 0
    source: int = 0
    empty: str = "None."


@dataclass(frozen=True)
class Chart:
    """A chart as a Vega-Lite specification, with the words that stand for it and the table it draws."""

    caption: str
    alt: str
    spec: dict[str, Any]
    data: Table
    number: int = 0
    source: int = 0


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it. `label` ("3.1") is set by `numbered`; `key` is its stable anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    label: str = ""


Block = Paragraph | Bullets | Table | Chart | Section


@dataclass(frozen=True)
class Attachment:
    """An appendix by name, with its own class."""

    label: str
    title: str
    classification: str


@dataclass(frozen=True)
class Front:
    """Paper front matter (rule REF-4): who, what, for whom, under which class."""

    title: str
    reference: str
    action: str
    classification: str
    class_statement: str
    author: str
    day: date
    attachments: tuple[Attachment, ...] = ()
    version: int = 1
    administrator: str = ""


@dataclass(frozen=True)
class Source:
    """One entry of the source annex: which figure, by which rule, counted from what."""

    number: int
    title: str
    rule: str
    origin: str
    href: str


@dataclass(frozen=True)
class Document:
    """A whole paper."""

    front: Front
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()


def numbered(document: Document) -> Document:
    """The same document with section labels, table numbers and figure numbers set, each rising by one."""
    counters = {"table": 0, "figure": 0}
    sections = tuple(
        _number_section(section, str(position), counters) for position, section in enumerate(document.sections, start=1)
    )
    return dataclasses.replace(document, sections=sections)


def _number_section(section: Section, label: str, counters: dict[str, int]) -> Section:
    blocks: list[Block] = []
    below = 0
    for block in section.blocks:
        if isinstance(block, Section):
            below += 1
            blocks.append(_number_section(block, f"{label}.{below}", counters))
        elif isinstance(block, Table):
            counters["table"] += 1
            blocks.append(dataclasses.replace(block, number=counters["table"]))
        elif isinstance(block, Chart):
            counters["figure"] += 1
            blocks.append(dataclasses.replace(block, number=counters["figure"]))
        else:
            blocks.append(block)
    return dataclasses.replace(section, blocks=tuple(blocks), label=label)


_KINDS = {
    kind.__name__: kind
    for kind in (
        Text, Link, Number, Paragraph, Item, Bullets, Cell, Table, Chart, Section, Attachment, Front, Source, Document,
    )
}  # fmt: skip


def to_json(document: Document) -> str:
    """The document as canonical JSON (sorted keys, no spare space): the same document, the same bytes."""
    return json.dumps(_plain(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Document:
    """The document that `to_json` wrote."""
    document = _typed(json.loads(text))
    if not isinstance(document, Document):
        raise ValueError("This JSON does not hold a paper.")
    return document


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return {"is": "date", "day": value.isoformat()}
    return value


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_typed(item) for item in value)
    if isinstance(value, dict) and value.get("is") == "date":
        return date.fromisoformat(value["day"])
    if isinstance(value, dict) and value.get("is") in _KINDS:
        kind = _KINDS[value["is"]]
        spec = {"spec": value["spec"]} if kind is Chart else {}
        fields = {name: _typed(item) for name, item in value.items() if name not in ("is", *spec)}
        return kind(**fields, **spec)
    return value
