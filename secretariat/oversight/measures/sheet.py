"""Finding the table in a spreadsheet: titles above it, heads merged over two rows, cells merged downwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.core.load import ROW_LIMIT, Column, Line, Refusal, rows_of
from secretariat.core.procedure import Refused

HEAD_WITHIN = 15
"""Rows among which the head is looked for."""
KNOWN_BY = 3
"""Columns that a row must name to be the head."""


@dataclass(frozen=True)
class Table:
    """What a file holds: the rows that could be read, what is wrong with others, and heads that are not known."""

    lines: list[Line]
    refused: list[Refusal]
    unknown: tuple[str, ...]


def folded(text: str) -> str:
    """A head as it is compared: letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def read(name: str, content: bytes, columns: tuple[Column, ...], also: Mapping[str, str], down: set[str]) -> Table:
    """The table of a file. `also` gives other heads of columns; the cells of `down` may be merged downwards.

    Raises Refused where the file cannot be read or holds no such table.
    """
    rows = list(rows_of(name, content))
    if len(rows) > ROW_LIMIT:
        raise Refused(f"The file has more than {ROW_LIMIT:,} rows. Split it.")
    known = {folded(column.name): column.name for column in columns} | {folded(k): v for k, v in also.items()}
    place, heads = _head(name, rows, known)
    _check(heads, columns)
    labels = [text.strip() for text in rows[place]]
    unknown = tuple(label for label, head in zip(labels, heads, strict=True) if label and not head)
    lines, refused = _body(rows, place + 1, heads, columns, down)
    return Table(lines, refused, unknown)


def _head(name: str, rows: list[list[str]], known: Mapping[str, str]) -> tuple[int, list[str]]:
    """The head's row, and the column that each of its cells names; a group above is tried before the cell alone."""
    best: tuple[int, int, list[str]] = (0, 0, [])
    for place, row in enumerate(rows[:HEAD_WITHIN]):
        above = _filled(rows[place - 1], len(row)) if place else [""] * len(row)
        heads = [_named(group, cell, known) for group, cell in zip(above, row, strict=True)]
        named = len({head for head in heads if head})
        if named > best[0]:
            best = (named, place, heads)
    if best[0] < KNOWN_BY:
        raise Refused(f"{name} holds no table of service levels: no row names the measure, its period and its level.")
    return best[1], best[2]


def _filled(row: list[str], width: int) -> list[str]:
    """A row of groups: a merged cell stands in its first column only, and holds for those that follow."""
    filled, last = [], ""
    for text in [*row, *[""] * (width - len(row))][:width]:
        last = text.strip() or last
        filled.append(last)
    return filled


def _named(group: str, cell: str, known: Mapping[str, str]) -> str:
    alone = folded(cell)
    return known.get(folded(group) + alone, known.get(alone, "")) if alone else ""


def _check(heads: list[str], columns: tuple[Column, ...]) -> None:
    reasons = [f"The head names {name} twice." for name in sorted(set(heads) - {""}) if heads.count(name) > 1]
    missing = [column.name for column in columns if column.required and column.name not in heads]
    if missing:
        reasons.append(f"The head lacks {', '.join(missing)}.")
    if reasons:
        raise Refused(*reasons)


def _body(
    rows: list[list[str]], first: int, heads: list[str], columns: tuple[Column, ...], down: set[str]
) -> tuple[list[Line], list[Refusal]]:
    lines: list[Line] = []
    refused: list[Refusal] = []
    above: dict[str, str] = {}
    for number, row in enumerate(rows[first:], start=first + 1):
        if not any(text.strip() for text in row):
            above = {}
            continue
        texts = {head: text.strip() for head, text in zip(heads, row, strict=False) if head}
        texts |= {name: above.get(name, "") for name in down if not texts.get(name)}
        above = {name: texts[name] for name in down if name in texts}
        values, wrong = _values(number, texts, columns)
        refused += wrong
        lines += [] if wrong else [Line(number, values)]
    return lines, refused


def _values(number: int, texts: Mapping[str, str], columns: tuple[Column, ...]) -> tuple[dict[str, Any], list[Refusal]]:
    values: dict[str, Any] = {}
    wrong = list[Refusal]()
    for column in columns:
        text = texts.get(column.name, "")
        if not text:
            values[column.name] = column.default
            wrong += [Refusal(number, column.name, f"is empty; it holds {column.help}.")] if column.required else []
            continue
        try:
            values[column.name] = column.parse(text)
        except (ValueError, ValidationError) as error:
            wrong.append(Refusal(number, column.name, str(error)))
    return values, wrong
