"""Codes of alerts as people write them (8F3E, N24, AD1) and as the columns of measurement data hold them.

A device's code is its own sixteen bits. Codes of the central service are put above those, so that one whole column
of numbers holds both without a clash.
"""

from __future__ import annotations

import re
from typing import Final

_DEVICE: Final = re.compile(r"(?:0x)?([0-9A-Fa-f]{4})")
_SERVICE: Final = re.compile(r"(AD|N)([1-9][0-9]{0,3})")
_BASES: Final = {"N": 0x10000, "AD": 0x20000}


class UnknownCodeError(ValueError):
    """The text is not an alert code."""


def number(code: str) -> int:
    """The number under which a code is kept. Raises UnknownCodeError with what a code looks like."""
    text = code.strip()
    if found := _SERVICE.fullmatch(text.upper()):
        return _BASES[found[1]] + int(found[2])
    if found := _DEVICE.fullmatch(text):
        return int(found[1], 16)
    raise UnknownCodeError(f"“{code}” is not an alert code such as 8F3E, N24 or AD1.")


def written(kept: int) -> str:
    """The code as people write it. Raises UnknownCodeError for a number that no code has."""
    if 0 <= kept <= 0xFFFF:
        return f"{kept:04X}"
    for letters, base in _BASES.items():
        if 0 < kept - base < 10_000:
            return f"{letters}{kept - base}"
    raise UnknownCodeError(f"{kept} is the number of no alert code.")


def is_device_code(kept: int) -> bool:
    """Whether a device made it, and not the central service."""
    return 0 <= kept <= 0xFFFF
