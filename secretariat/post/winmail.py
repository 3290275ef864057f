"""What lies in a winmail.dat: the text and files that Outlook packs in a form of its own (TNEF; MS-OXTNEF).

Read within bounds whatever the bytes say; a file cut short gives what stands before the cut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

SIGNATURE = 0x223E9F78
OBJECTS_LIMIT = 5_000
PROPERTIES_LIMIT = 2_000
FILES_LIMIT = 100
BODY, RENDERING, TITLE, DATA, ATTACHMENT, PROPERTIES, CODEPAGE = (
    0x0002800C,
    0x00069002,
    0x00018010,
    0x0006800F,
    0x00069005,
    0x00069003,
    0x00069007,
)
P_BODY, P_HTML, P_RICH, P_NAME, P_LONG_NAME, P_DATA, P_SHOWN = 0x1000, 0x1013, 0x1009, 0x3704, 0x3707, 0x3701, 0x3001
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
"""Bytes of each type of fixed length; shorter ones are filled up to four."""
VARIABLE = (13, 30, 31, 258)
MANY, NAMED, UNICODE = 0x1000, 0x8000, 31


@dataclass
class Packed:
    """What was found: the text, the same as HTML, and the files with their names; `rich` when the text is RTF only."""

    text: str = ""
    html: str = ""
    rich: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)


@dataclass
class _File:
    name: str = ""
    long_name: str = ""
    content: bytes = b""


def opened(content: bytes) -> Packed:
    """The text and files in these bytes. Raises ValueError when they are no TNEF at all."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != SIGNATURE:
        raise ValueError("It does not begin as Outlook's packed form does.")
    found, files, charset = Packed(), list[_File](), "cp1252"
    for name, data in _objects(content):
        if name == CODEPAGE and len(data) >= 4:
            charset = f"cp{struct.unpack_from('<I', data)[0]}"
        elif name == BODY:
            found.text = _text(data, charset)
        elif name == PROPERTIES:
            _take_text(found, data, charset)
        elif name == RENDERING and len(files) < FILES_LIMIT:
            files.append(_File())
        elif files:
            _take_file(files[-1], name, data, charset)
    found.files = [(one.long_name or one.name or "file", one.content) for one in files if one.content]
    return found


def _objects(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects: level, name, length, that many bytes, and a sum over them that nothing here depends on."""
    place = 6
    for _ in range(OBJECTS_LIMIT):
        if place + 9 > len(content):
            return
        name, length = struct.unpack_from("<II", content, place + 1)
        yield name, content[place + 9 : place + 9 + length]
        place += 9 + length + 2


def _take_text(found: Packed, data: bytes, charset: str) -> None:
    for name, kind, value in _properties(data):
        if name == P_BODY:
            found.text = found.text or _text(value, charset, kind)
        elif name == P_HTML:
            found.html = found.html or _text(value, "utf-8" if kind == 258 else charset, kind)
        found.rich = found.rich or name == P_RICH


def _take_file(file: _File, name: int, data: bytes, charset: str) -> None:
    if name == TITLE:
        file.name = _text(data, charset)
    elif name == DATA:
        file.content = data
    elif name == ATTACHMENT:
        for prop, kind, value in _properties(data):
            if prop == P_LONG_NAME:
                file.long_name = _text(value, charset, kind)
            elif prop in (P_NAME, P_SHOWN):
                file.name = file.name or _text(value, charset, kind)
            elif prop == P_DATA and not file.content and kind == 258:
                file.content = value


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The properties of an object: name, type and first value; reading ends where the bytes make no sense."""
    try:
        yield from _read_properties(data)
    except struct.error:
        return


def _read_properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    (count,) = struct.unpack_from("<I", data)
    place = 4
    for _ in range(min(count, PROPERTIES_LIMIT)):
        kind, name = struct.unpack_from("<HH", data, place)
        place += 4
        if name >= NAMED:
            place = _past_name(data, place)
        values = 1
        if kind & MANY or kind in VARIABLE:
            (values,) = struct.unpack_from("<I", data, place)
            place += 4
        first = b""
        for number in range(min(values, PROPERTIES_LIMIT)):
            value, place = _value(data, place, kind & ~MANY)
            first = value if number == 0 else first
        yield name, kind & ~MANY, first


def _past_name(data: bytes, place: int) -> int:
    """Past the long name of a property: a number, or words filled up to four bytes."""
    sort, length = struct.unpack_from("<II", data, place + 16)
    return place + 24 + (_filled(length) if sort == 1 else 0)


def _value(data: bytes, place: int, kind: int) -> tuple[bytes, int]:
    if kind in FIXED:
        struct.unpack_from("<I", data, place)
        return data[place : place + FIXED[kind]], place + FIXED[kind]
    (length,) = struct.unpack_from("<I", data, place)
    return data[place + 4 : place + 4 + length], place + 4 + _filled(length)


def _filled(length: int) -> int:
    return (length + 3) // 4 * 4


def _text(data: bytes, charset: str, kind: int = 30) -> str:
    try:
        text = data.decode("utf-16-le" if kind == UNICODE else charset, "replace")
    except LookupError:
        text = data.decode("cp1252", "replace")
    return text.rstrip("\x00")
