"""EUI-64 identifiers and ranges of them: eight octets in hex, separated by hyphens (PTY-42)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WRITTEN: Final = re.compile(r"[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}|[0-9A-Fa-f]{16}")


class UnreadableIdentifierError(ValueError):
    """The text is not an EUI-64 identifier."""


def parse(text: str) -> str:
    """The identifier as it is kept: 16 hex digits in capitals, so that text sorts as the numbers do.

    Hyphens between octets may be left out. Raises UnreadableIdentifierError with what it should look like.
    """
    if not _WRITTEN.fullmatch(text.strip()):
        raise UnreadableIdentifierError(f"“{text}” is not an EUI-64 identifier, such as 90-B3-D5-1F-30-01-00-00.")
    return text.strip().replace("-", "").upper()


def written(kept: str) -> str:
    """An identifier as people read it: 90-B3-D5-1F-30-01-00-00."""
    return "-".join(kept[at : at + 2] for at in range(0, 16, 2))


@dataclass(frozen=True, order=True, slots=True)
class Range:
    """All identifiers from the first to the last, both kept as 16 hex digits. ValueError when the last comes first."""

    first: str
    last: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A range runs from {written(self.first)} upwards, not to {written(self.last)}.")

    def __contains__(self, kept: str) -> bool:
        return self.first <= kept <= self.last

    def __str__(self) -> str:
        return f"{written(self.first)} to {written(self.last)}"

    def meets(self, other: Range) -> bool:
        """Whether the two share an identifier."""
        return self.first <= other.last and other.first <= self.last


def block(prefix: str, number: int, digits: int) -> Range:
    """The range of every identifier that begins with the prefix and then the number in so many hex digits.

    ValueError when the number needs more digits, or prefix and number leave nothing of the 16 digits.
    """
    if not 0 <= number < 16**digits:
        raise ValueError(f"{number} does not fit into {digits} hex digits.")
    head = f"{prefix.replace('-', '').upper()}{number:0{digits}X}"
    if len(head) >= 16:
        raise ValueError("The prefix and the number leave no digit for the identifiers themselves.")
    return Range(head.ljust(16, "0"), head.ljust(16, "F"))
