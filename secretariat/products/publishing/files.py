"""A version of a list as files: CSV, XLSX, XML and JSON with a signature over each; made again they are the same."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from secretariat.core.classification import Class
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.files import StoredFile, keep
from secretariat.core.signing import sign
from secretariat.papers.word_fields import steady_book
from secretariat.post.feeds import clean
from secretariat.products.models import ListVersion
from secretariat.products.publishing.content import Content, in_order

SIGNATURE: Final = ".sig"


@dataclass(frozen=True)
class Told:
    """What the files of a version say of it besides its rows."""

    code: str
    title: str
    number: int
    published_on: date
    sha256: str
    columns: Sequence[str]
    invented: bool = False


def told_of(version: ListVersion, columns: Sequence[str]) -> Told:
    """What the files of a version say of it."""
    return Told(
        version.list.code, version.list.name, version.number, version.published_on, version.sha256, columns,
        version.invented,
    )  # fmt: skip


def lines(content: Content, columns: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The rows as tuples under some columns, in the order of their keys."""
    return (tuple(content[key].get(name, "") for name in columns) for key in in_order(content))


def as_csv(told: Told, content: Content) -> bytes:
    """The rows as CSV under a head, with formulas defused."""
    return csv_file(told.columns, lines(content, told.columns))


def as_xlsx(told: Told, content: Content) -> bytes:
    """The rows as a workbook in which no clock leaves a mark."""
    title = f"{told.code} version {told.number}"
    return steady_book(xlsx_file(title, told.columns, lines(content, told.columns)), told.published_on)


def as_json(told: Told, content: Content) -> bytes:
    """The version and its rows as JSON; a field that is empty is an empty text."""
    rows = [{name: content[key].get(name, "") for name in told.columns} for key in in_order(content)]
    whole = {**_head(told), "rows": rows}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def as_xml(told: Told, content: Content) -> bytes:
    """The version and its rows as XML: one element a row, in it one element for each field that is told."""
    root = ET.Element("product-list", {name: str(value) for name, value in _head(told).items()})
    for key in in_order(content):
        row = ET.SubElement(root, "row")
        for name in told.columns:
            if text := content[key].get(name, ""):
                ET.SubElement(row, name).text = clean(text)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _head(told: Told) -> dict[str, str | int]:
    stated: dict[str, str | int] = {
        "list": told.code,
        "title": told.title,
        "version": told.number,
        "published_on": told.published_on.isoformat(),
        "sha256": told.sha256,
    }
    return stated | ({"invented": "yes"} if told.invented else {})


FORMS: Final[Mapping[str, Callable[[Told, Content], bytes]]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "xml": as_xml,
    "json": as_json,
}
"""How a version is written, by the ending of the file."""


def files(told: Told, content: Content) -> dict[str, bytes]:
    """Every file of a version and the signature over each, by ending: the same content gives the same bytes."""
    made = {ending: write(told, content) for ending, write in FORMS.items()}
    return made | {f"{ending}{SIGNATURE}": sign(bytes_) for ending, bytes_ in made.items()}


def kept(name: str, content: bytes, recorded: datetime, classification: Class = Class.WHITE) -> StoredFile:
    """A file stored under a name, for those whom its class admits."""
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=recorded)
    file.classification = classification
    file.save()
    return file
