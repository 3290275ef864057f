"""A paper as a tagged PDF, set by Typst. PDF/A-2a and PDF/UA-1 are asked for, and Typst refuses what breaks them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from secretariat.papers import charts, wording
from secretariat.papers.document import (
    Bullets,
    Cell,
    Chart,
    Document,
    Inline,
    Item,
    Number,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from secretariat.papers.glyphs import printable
from secretariat.papers.layout import Fit, breakable, fit, heads, numeric_columns, splits

Data = dict[str, Any]

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


def pdf(document: Document, annex: bool = True, base_url: str = "") -> bytes:
    """The paper as a PDF of A4 pages, dated with the paper's own day: the same document gives the same bytes.

    `annex` prints the annex of sources. Links to paths of the site are made only with a `base_url`. A character
    that the typeface lacks is printed as its name. Raises ValueError for a table whose rows do not fill its
    columns, and typst.TypstError where Typst refuses the file (a chart without alternative text, for one).
    """
    midnight = datetime.combine(document.front.day, datetime.min.time(), tzinfo=UTC)
    made = typst.compile(
        _template(),
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(_paper(document, annex, base_url))},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=midnight,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return (resources.files("secretariat.papers") / "typst" / "paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    folder = Path(__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _paper(document: Document, annex: bool, base_url: str) -> Data:
    front = document.front
    sources = document.sources if annex else ()
    walk = _Walk(base_url, {source.number for source in sources})
    sections = [walk.section(section) for section in document.sections]
    if sources:
        sections.append(walk.annex(wording.annex_section(sources)))
    return {
        "title": _text(f"{front.reference} {front.title}".strip()),
        "authors": [_text(name) for name in (front.administrator or front.author,) if name],
        "subject": _text(wording.subject(front)),
        "day": [front.day.year, front.day.month, front.day.day],
        "contents": wording.CONTENTS_TITLE,
        "depth": wording.CONTENTS_DEPTH,
        "front": {
            "title": _text(front.title),
            "reference": _text(front.reference),
            "classification": _text(front.classification),
            "statement": _text(front.class_statement),
            "rows": [[label, _text(value)] for label, value in wording.front_rows(front)],
            "attachments": [_text(line) for line in wording.attachment_lines(front)],
        },
        "sections": sections,
    }


def _text(text: str) -> str:
    return printable(wording.clean(text))


class _Walk:
    """The walk over the tree that settles everything but the setting: addresses, widths, drawings."""

    def __init__(self, base_url: str, sources: set[int]) -> None:
        self._base_url = base_url
        self._sources = sources
        self._writers: dict[type, Callable[..., Data]] = {
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            Table: self._table,
            Chart: self._chart,
            Section: self.section,
        }

    def section(self, section: Section) -> Data:
        """A section and all below it."""
        blocks = [self._writers[type(block)](block) for block in section.blocks]
        return {
            "is": "section",
            "key": section.key,
            "label": section.label,
            "title": _text(section.title),
            "blocks": blocks,
        }

    def annex(self, section: Section) -> Data:
        """The annex of sources, the number of each entry marked so that links can lead to it."""
        data = self.section(section)
        for row in data["blocks"][-1]["rows"]:
            run = row[0]["lines"][0][0]
            run["mark"] = wording.source_key(int(run["text"]))
        return data

    def _paragraph(self, paragraph: Paragraph) -> Data:
        return {"is": "paragraph", "kind": paragraph.kind, "runs": self._runs(paragraph.runs)}

    def _bullets(self, bullets: Bullets) -> Data:
        return {"is": "bullets", "items": [self._item(item) for item in bullets.items]}

    def _item(self, item: Item) -> Data:
        return {"runs": self._runs(item.runs), "items": [self._item(below) for below in item.items]}

    def _table(self, table: Table) -> Data:
        place = fit(table)
        return {
            "is": "table",
            "caption": _text(wording.caption(table)),
            "head": [_text(title) for title in heads(table)],
            "numeric": numeric_columns(table),
            "rows": [[self._cell(cell, splits(row)) for cell in row] for row in table.rows],
            "totals": table.totals,
            "empty": _text(table.empty),
            "notes": self._notes(table),
            **_setting(place),
        }

    def _cell(self, cell: Cell, split: bool) -> Data:
        return {
            "lines": [self._runs(line) for line in cell.lines],
            "numeric": cell.numeric,
            "rows": cell.rows,
            "group": cell.header and cell.rows > 1,
            "breakable": split or cell.rows > 1,
        }

    def _chart(self, chart: Chart) -> Data:
        drawing = printable(charts.svg(chart.spec, chart.alt))
        return {
            "is": "chart",
            "caption": _text(wording.caption(chart)),
            "alt": _text(chart.alt),
            "svg": drawing,
            "width": charts.printed_width(chart.spec),
            "notes": self._notes(chart),
        }

    def _notes(self, block: Table | Chart) -> list[list[Data]]:
        notes = [self._runs(note) for note in (block.notes if isinstance(block, Table) else ())]
        if block.source in self._sources:
            anchor = {"text": wording.source_words(block.source), "strong": False}
            anchor["anchor"] = wording.source_key(block.source)
            notes.append([{"text": "Source: ", "strong": False}, anchor])
        return notes

    def _runs(self, runs: Runs) -> list[Data]:
        return [self._run(run) for run in runs]

    def _run(self, run: Inline) -> Data:
        data: Data = {"text": breakable(_text(run.text)), "strong": isinstance(run, Text) and run.strong}
        if isinstance(run, Text):
            return data
        address = wording.absolute(run.href, self._base_url)
        if address:
            return {**data, "url": address}
        if isinstance(run, Number) and run.source in self._sources:
            return {**data, "anchor": wording.source_key(run.source)}
        return data


def _setting(place: Fit) -> Data:
    inset = 3.4 if place.padding < 5 else 4.5
    return {
        "points": place.points,
        "padding": place.padding,
        "inset": inset,
        "widths": place.widths,
        "together": place.together,
    }
