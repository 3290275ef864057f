"""The new entry form as a file: read row by row as it was filled in, and given out empty (PRD-12)."""

from __future__ import annotations

from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.load import rows_of
from secretariat.core.procedure import Refused
from secretariat.products.entries.columns import BY_HEAD, TYPED, folded

TITLE = "CPL new entry form"
MOST_ROWS = 1_000
GUARD = "'"
"""What a spreadsheet puts before a text that would be read as a formula."""


def read(name: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a filled-in form as typed, with their numbers (the head is row 1); empty ones are left out.

    Raises Refused when the file cannot be read, its head names no column or one twice, or it has too many rows.
    """
    rows = rows_of(name, content)
    names = _heads(next(rows, []))
    found = []
    for number, row in enumerate(rows, start=2):
        typed = {name: _cell(text) for name, text in zip(names, row, strict=False) if name}
        if any(typed.values()):
            found.append((number, {column.name: typed.get(column.name, "") for column in TYPED}))
        if len(found) > MOST_ROWS:
            raise Refused(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
    return found


def _heads(head: list[str]) -> list[str]:
    known = [BY_HEAD.get(folded(text), "") for text in head]
    unknown = [text.strip() for text, name in zip(head, known, strict=True) if text.strip() and not name]
    twice = sorted({name for name in known if name and known.count(name) > 1})
    missing = [column.label for column in TYPED if column.required and column.name not in known]
    reasons = [f"The head names {name} twice. Leave one out." for name in twice]
    if unknown:
        reasons.append(f"The head has unknown columns: {', '.join(unknown)}. Use the heads of the empty form.")
    if missing:
        reasons.append(f"The head lacks {', '.join(missing)}. Use the heads of the empty form.")
    if reasons:
        raise Refused(*reasons)
    return known


def _cell(text: str) -> str:
    return text.strip().removeprefix(GUARD)


def empty_form(ending: str) -> bytes:
    """The form with its heads and nothing else, as "csv" or "xlsx"."""
    heads = [column.label for column in TYPED]
    return csv_file(heads, []) if ending == "csv" else xlsx_file(TITLE, heads, [])
