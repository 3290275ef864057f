"""Which characters the papers' typeface can print. PDF/A allows no other, so a stray one gives way to its name."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_LAYOUT = frozenset("\n\t\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


def printable(text: str) -> str:
    """The text with each character that Arimo lacks replaced by its Unicode name: "✓" becomes "[check mark]"."""
    if text.isascii():
        return text
    return "".join(character if character in covered() else _named(character) for character in text)


def _named(character: str) -> str:
    if character in _LAYOUT:
        return character if character in "\n\t" else ""
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if name else ""


@cache
def covered() -> frozenset[str]:
    """The characters of Arimo Regular; its bold and italic cover the same."""
    data = (FONTS / "Arimo-Regular.ttf").read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    for record in range(struct.unpack_from(">H", data, start + 2)[0]):
        offset = start + struct.unpack_from(">I", data, start + 8 + 8 * record)[0]
        if struct.unpack_from(">H", data, offset)[0] == 4:
            return _segments(data, offset)
    raise ValueError("Arimo has no character map of format 4.")


def _segments(data: bytes, offset: int) -> frozenset[str]:
    """The characters of a format 4 map: segments of code points, each with a shift or an index of glyphs."""
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    at = offset + 16 + 2 * count
    starts = struct.unpack_from(f">{count}H", data, at)
    shifts = struct.unpack_from(f">{count}h", data, at + 2 * count)
    found = set()
    for segment, (first, last, shift) in enumerate(zip(starts, ends, shifts, strict=True)):
        place = at + 4 * count + 2 * segment
        jump = struct.unpack_from(">H", data, place)[0]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", data, place + jump + 2 * (code - first))[0] if jump else code + shift
            if glyph % 0x10000:
                found.add(chr(code))
    return frozenset(found)
