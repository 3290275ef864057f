"""Reads a file that came in, by its kind, and keeps what was understood as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import PurePath
from typing import Any, Final

from secretariat.core.procedure import Refused
from secretariat.legaltext.formats.akoma_ntoso_reading import read_akoma_ntoso
from secretariat.legaltext.formats.lines import Incoming
from secretariat.legaltext.formats.plain_json import read_json
from secretariat.legaltext.formats.word_reading import read_word
from secretariat.legaltext.importing.aligning import Alignment, align
from secretariat.legaltext.importing.models import TextImport
from secretariat.legaltext.standing import text_in
from secretariat.legaltext.text import Clause, Text, in_order

Reader = Callable[[bytes, bool], Incoming]
READERS: Final[dict[str, Reader]] = {
    ".docx": lambda content, changed: read_word(content, accepted=changed),
    ".xml": lambda content, _: read_akoma_ntoso(content),
    ".json": lambda content, _: read_json(content),
}
"""Who reads a file, by its ending."""


def read(name: str, content: bytes, *, with_changes: bool = True) -> dict[str, Any]:
    """What a file says, to be kept. Raises Refused, with what is wrong, for a file that cannot be read."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Refused(f"{name}: a text is taken in as {' or '.join(READERS)}. Save it so and try again.")
    try:
        found = reader(content, with_changes)
    except ValueError as error:
        raise Refused(f"{name} cannot be read. {error}") from error
    if not found.text.clauses:
        raise Refused(f"{name} holds no text that could be understood.")
    return {
        "title": found.title,
        "clauses": [asdict(clause) for clause in found.text.clauses],
        "carried": sorted(found.carried),
        "notes": [*found.notes, *([_pictures(found)] if found.figures else [])],
        "changes": [[change.kind, change.who, change.words] for change in found.changes],
    }


def _pictures(found: Incoming) -> str:
    many = len(found.figures)
    return f"The text names {many} {'picture' if many == 1 else 'pictures'}, kept in the file only."


def alignment(came: TextImport) -> Alignment:
    """What was understood, laid beside the standing text, as far as a person has decided. At most one query."""
    standing = text_in(came.baseline) if came.baseline is not None else Text(())
    text = in_order(Clause(**told) for told in came.understood["clauses"])
    return align(standing, text, came.understood["carried"]).decided(came.new_ones)
