"""From a file to a paper: which reader reads it, within what bounds, and what the paper then says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from secretariat.proof import front
from secretariat.proof.paper import Paper, Reading, UnreadableError
from secretariat.proof.readers import html, markdown, pdf, text, word

MOST_BYTES: Final = 50_000_000
_READERS: Final[dict[str, Callable[[bytes], Reading]]] = {
    ".docx": word.read,
    ".pdf": pdf.read,
    ".html": html.read,
    ".htm": html.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": text.read,
}

ENDINGS: Final = tuple(sorted(_READERS))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to check: its name, whose ending says what it is, and its bytes."""

    name: str
    content: bytes

    @classmethod
    def of(cls, path: Path) -> Source:
        """The file at the path. Raises UnreadableError when there is none or it is too large."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise UnreadableError(
                    f"{path} is larger than {MOST_BYTES // 1_000_000} MB. Split it, or remove images."
                )
            return cls(str(path), path.read_bytes())
        except OSError as error:
            raise UnreadableError(f"{path} cannot be opened: {error.strerror}.") from None


def read(source: Source | Path, *, read_on: date | None = None) -> Paper:
    """The paper in a file, rebuilt and understood.

    `read_on` is the day on which it is read; unless told, the meeting's day in its reference, or else its own date.
    Raises UnreadableError, with a sentence that says what to do, for a file that no reader can read.
    """
    source = source if isinstance(source, Source) else Source.of(source)
    reader = _READERS.get(Path(source.name).suffix.lower())
    if reader is None:
        known = ", ".join(ENDINGS)
        raise UnreadableError(f"{source.name} is not of a form that can be read ({known}). Save it as one of these.")
    if len(source.content) > MOST_BYTES:
        raise UnreadableError(f"{source.name} is larger than {MOST_BYTES // 1_000_000} MB. Split it, or remove images.")
    try:
        return front.understood(source.name, reader(source.content), read_on=read_on)
    except UnreadableError as error:
        raise UnreadableError(f"{source.name}: {error}") from None
