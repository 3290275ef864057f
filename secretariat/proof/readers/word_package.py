"""A Word file as a set of parts: opened within bounds, parsed without entities, nothing fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from lxml import etree

from secretariat.proof.paper import UnreadableError

MOST_PARTS: Final = 4_000
MOST_UNPACKED: Final = 300_000_000
MOST_READ: Final = 60_000_000
MOST_ELEMENTS: Final = 1_500_000
STEEPEST: Final = 150
_SMALL: Final = 2_000_000
_OLDER: Final = b"\xd0\xcf\x11\xe0"

_SEEN_THROUGH: Final = frozenset({"sdtContent", "smartTag", "customXml", "ins", "moveTo", "bdo", "dir"})
_DAMAGED: Final = "It is damaged, or not a Word file. Save it again as .docx."
_TOO_LARGE: Final = "Unpacked, it is far too large to be a paper. Remove images, or split it."


def name(element: etree._Element) -> str:
    """The element's name without its namespace, which differs between the two kinds of Word file."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, key: str = "val") -> str:
    """The attribute of that name in any namespace; "" without one."""
    if element is not None:
        for full, found in element.attrib.items():
            if str(full).rpartition("}")[2] == key:
                return str(found)
    return ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that name, the first of that name in it, and so on."""
    for step in path:
        if element is None:
            return None
        element = next((each for each in element if name(each) == step), None)
    return element


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is there and not off."""
    return element is not None and value(element).lower() not in {"0", "false", "off", "none"}


def whole(text: str, usual: int = 0) -> int:
    """A whole number, or the usual one for what is none."""
    return int(text) if text.isdecimal() and len(text) < 7 else usual


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the kind, the part's name or the address outside the file."""

    kind: str
    target: str


class Package:
    """The parts of a Word file. Raises UnreadableError for one that is no such file, or is too large unpacked."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLDER):
            raise UnreadableError("It is an older Word file, or locked by a password. Save it as .docx without one.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise UnreadableError(_DAMAGED) from None
        self._left = MOST_READ
        self._elements = MOST_ELEMENTS
        self._parts = _bounded(self._zip)
        mains = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        self.main = mains[0] if mains else "word/document.xml"

    def part(self, wanted: str) -> etree._Element | None:
        """The root of a part; None where there is no such part. Raises UnreadableError for one that is damaged."""
        info = self._parts.get(wanted.lower())
        if info is None:
            return None
        self._left -= info.file_size
        if self._left < 0:
            raise UnreadableError(_TOO_LARGE)
        return self._parsed(self._read(info))

    def relations(self, of: str) -> dict[str, Relation]:
        """Where a part points, by id; the file itself is the part ""."""
        folder, _, last = of.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{last}.rels"))
        found = {}
        for each in root if root is not None else ():
            target = value(each, "Target")
            if value(each, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[value(each, "Id")] = Relation(value(each, "Type").rpartition("/")[2], target)
        return found

    def related(self, kind: str) -> str:
        """The name of the main part's related part of a kind; "" without one."""
        return next((each.target for each in self.relations(self.main).values() if each.kind == kind), "")

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise UnreadableError("It is locked by a password. Save it without one.")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
            raise UnreadableError(_DAMAGED) from None

    def _parsed(self, content: bytes) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.LxmlError, ValueError):
            raise UnreadableError(_DAMAGED) from None
        if cast("Any", root.getroottree().docinfo).doctype:
            raise UnreadableError("It declares entities of its own, which no Word file does. It is not opened.")
        self._elements -= sum(1 for _ in root.iter())
        if self._elements < 0:
            raise UnreadableError(_TOO_LARGE)
        return root


def _bounded(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise UnreadableError(_TOO_LARGE)
    for info in infos:
        if info.file_size > _SMALL and info.file_size > STEEPEST * max(info.compress_size, 1):
            raise UnreadableError(_TOO_LARGE)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableError(_DAMAGED)
    return {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}


def within(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The children that a reader of the accepted text meets, with their names: content controls and insertions
    opened, deletions and tables of contents left out, of alternatives the first."""
    waiting = list(element)[::-1]
    while waiting:
        each = waiting.pop()
        called = name(each)
        if called in _SEEN_THROUGH:
            waiting += list(each)[::-1]
        elif called == "sdt":
            content = child(each, "sdtContent")
            gallery = value(child(each, "sdtPr", "docPartObj", "docPartGallery"))
            if content is not None and gallery != "Table of Contents":
                waiting.append(content)
        elif called == "AlternateContent":
            chosen = child(each, "Choice")
            chosen = chosen if chosen is not None else child(each, "Fallback")
            waiting += list(chosen)[::-1] if chosen is not None else []
        elif called not in {"del", "moveFrom", ""}:
            yield called, each
