"""A text as a tagged PDF, set by Typst with the papers' typeface; its words are data and only ever set as text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import typst

from secretariat.legaltext.formats.editions import Edition, deep, heading_levels
from secretariat.legaltext.formats.marks import (
    Block,
    Grid,
    Picture,
    Run,
    Runs,
    Words,
    blocks,
    line,
    settled,
    shown_heading,
)
from secretariat.legaltext.text import Clause
from secretariat.papers.glyphs import FONTS, printable
from secretariat.papers.layout import breakable
from secretariat.papers.pdf import STANDARDS

Data = dict[str, Any]


def pdf(edition: Edition) -> bytes:
    """The edition as a PDF of A4 pages, dated with its own day: the same edition gives the same bytes.

    A character that the typeface lacks is printed as its name. Raises typst.TypstError where Typst refuses the file.
    """
    made = typst.compile(
        _template(),
        font_paths=_fonts(),
        sys_inputs={"code": json.dumps(_data(edition))},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(edition.day, datetime.min.time(), tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return (resources.files("secretariat.legaltext") / "formats" / "code.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _data(edition: Edition) -> Data:
    day, text = edition.day, settled(edition.text)
    levels = heading_levels(text)
    return {
        "title": printable(line(edition.title)),
        "lines": [printable(line) for line in edition.lines],
        "day": [day.year, day.month, day.day],
        "clauses": [_clause(clause, depth, levels.get(clause.uid, 0)) for depth, clause in deep(text)],
    }


def _clause(clause: Clause, depth: int, level: int) -> Data:
    heading = shown_heading(clause)
    return {
        "kind": clause.kind,
        "depth": depth,
        "level": level,
        "number": printable(clause.number),
        "heading": printable(heading),
        "blocks": [_block(block) for block in blocks(clause.body)],
    }


def _block(block: Block) -> Data:
    if isinstance(block, Words):
        return {"is": "words", "runs": _runs(block.runs)}
    if isinstance(block, Picture):
        return {"is": "words", "runs": _runs((Run(f"{block.caption} ({block.name})", slanted=True),))}
    return _table(block)


def _table(table: Grid) -> Data:
    return {"is": "table", "columns": len(table.rows[0]), "rows": [[_runs(cell) for cell in row] for row in table.rows]}


def _runs(runs: Runs) -> list[Data]:
    return [{"text": breakable(printable(run.text)), "strong": run.strong, "slanted": run.slanted} for run in runs]
