"""The front of a paper as "Label: value", whether it stood in a table or its labels came first and its values after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from secretariat.proof.paper import Paragraph, Table
from secretariat.proof.readers.printed import Printed
from secretariat.proof.readers.wrapping import is_labelled

_MOST_LABELS: Final = 12
_FRONT_LABELS: Final = frozenset((
    "paper reference", "document reference", "reference", "action", "classification", "author", "date", "meeting",
    "meeting date", "meeting name", "date of meeting", "version", "status", "owner", "presenter", "presented by",
    "title", "paper title", "purpose of paper", "committee", "summary",
    "agenda item", "issue date", "reporting period", "prepared by", "approved by", "from", "to", "period", "venue",
))  # fmt: skip


def front_of(table: Table) -> tuple[Paragraph, ...]:
    """The rows of a table as paragraphs of label and value, where most labels are those of a front; else none."""
    rows = (*table.head, *table.rows)
    if any(len(row.cells) != 2 for row in rows):
        return ()
    told = [(row.label.rstrip(" :"), row.cells[1].text, row.place) for row in rows]
    if sum(label.lower() in _FRONT_LABELS for label, _, _ in told) * 2 <= len(told):
        return ()
    return tuple(Paragraph(f"{label}: {value}", place) for label, value, place in told)


def paired(lines: Sequence[Printed]) -> Iterator[Printed]:
    """The lines; where the labels of a paper's front came first and their values after, each label with its value."""
    at = 0
    while at < len(lines):
        count = 0
        while (
            count < _MOST_LABELS
            and at + count < len(lines)
            and lines[at + count].words.rstrip(": ").lower() in _FRONT_LABELS
        ):
            count += 1
        values = lines[at + count : at + 2 * count]
        if count >= 2 and len(values) == count and not any(is_labelled(value.words) for value in values):
            for label, value in zip(lines[at : at + count], values, strict=True):
                words = f"{label.words.rstrip(': ')}: {value.words}"
                yield Printed(value.line, words, said=words)
            at += 2 * count
            continue
        yield lines[at]
        at += 1
