"""The words every renderer of a paper shares, so that HTML, PDF and Word cannot disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secretariat.papers.document import (
    Cell,
    Chart,
    Document,
    Front,
    Link,
    Paragraph,
    Runs,
    Section,
    Source,
    Table,
    Text,
)
from secretariat.plain.dates import plain_date

LANGUAGE = "en-GB"
CONTENTS_TITLE = "Contents"
CONTENTS_DEPTH = 2
SOURCES_TITLE = "Annex: where the figures come from"
SOURCES_KEY = "paper-sources"
SOURCES_HEAD = ("No.", "Figure", "Rule", "Counted from")
SOURCES_INTRODUCTION = (
    "Each entry says which figure it stands behind, the rule it was counted by and the records counted."
)

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_SITE_PATH = re.compile(r"/(?![/\\])")


@dataclass(frozen=True)
class Entry:
    """One line of the contents: its level from 1, label ("3.1" or nothing), title and anchor."""

    level: int
    label: str
    title: str
    key: str


def clean(text: str) -> str:
    """The text without the control characters that neither XML nor PDF can hold (pasted mail brings them)."""
    return _UNPRINTABLE.sub("", text)


def front_rows(front: Front) -> tuple[tuple[str, str], ...]:
    """The front matter (rule REF-4) as label and value, in printing order; a first version is not mentioned."""
    rows = [
        ("Paper reference", front.reference),
        ("Action", front.action),
        ("Classification", front.classification),
        ("Author", front.author),
        ("Date", plain_date(front.day)),
    ]
    if front.version > 1:
        rows.append(("Version", str(front.version)))
    return tuple(rows)


def attachment_lines(front: Front) -> tuple[str, ...]:
    """Each attachment with its own class: "Appendix A: Testing notifications (Amber)"."""
    return tuple(f"{one.label}: {one.title} ({one.classification})" for one in front.attachments)


def caption_prefix(block: Table | Chart) -> str:
    """ "Table 3" or "Figure 1"; empty for a block that `numbered` has not reached."""
    if not block.number:
        return ""
    return f"{'Table' if isinstance(block, Table) else 'Figure'} {block.number}"


def caption(block: Table | Chart) -> str:
    """The whole caption: "Table 3: The product lists"."""
    prefix = caption_prefix(block)
    return f"{prefix}: {block.caption}" if prefix else block.caption


def entries(document: Document, annex: bool = True, depth: int = CONTENTS_DEPTH) -> tuple[Entry, ...]:
    """The lines of the contents down to `depth` levels, the annex of sources last when it is printed."""
    lines = [entry for section in document.sections for entry in _entries(section, 1, depth)]
    if annex and document.sources:
        lines.append(Entry(1, "", SOURCES_TITLE, SOURCES_KEY))
    return tuple(lines)


def _entries(section: Section, level: int, depth: int) -> Iterator[Entry]:
    yield Entry(level, section.label, section.title, section.key)
    if level < depth:
        for block in section.blocks:
            if isinstance(block, Section):
                yield from _entries(block, level + 1, depth)


def annex_section(sources: tuple[Source, ...]) -> Section:
    """The annex of sources as a section: a sentence and one table, with a row for each entry."""
    rows = tuple(
        (
            Cell(((Text(str(source.number)),),), numeric=True),
            Cell(((Text(source.title),),), header=True),
            Cell(((Text(source.rule),),)),
            Cell(((Link(source.origin, source.href),),)),
        )
        for source in sources
    )
    table = Table("", SOURCES_HEAD, rows)
    return Section(SOURCES_KEY, SOURCES_TITLE, (Paragraph((Text(SOURCES_INTRODUCTION),)), table))


def plain(runs: Runs) -> str:
    """The words of some runs without their links."""
    return "".join(run.text for run in runs)


def cell_text(cell: Cell) -> str:
    """The words of a cell, one line a line."""
    return "\n".join(plain(line) for line in cell.lines)


def target(href: str, base_url: str = "") -> str:
    """Where a link leads: a web address, or a path of the site behind `base_url`; "" for anything else.

    Other schemes (javascript:, data:, file:) and paths that leave the site (//host) are refused.
    """
    href = clean(href).strip()
    if _WEB.match(href):
        return href
    if _SITE_PATH.match(href):
        return base_url.rstrip("/") + href
    return ""


def absolute(href: str, base_url: str = "") -> str:
    """As `target`, for a file that leaves the site: a path without a `base_url` leads nowhere, so it is ""."""
    address = target(href, base_url)
    return address if _WEB.match(address) else ""


def source_key(number: int) -> str:
    """The anchor of an entry in the annex of sources."""
    return f"source-{number}"


def source_words(number: int) -> str:
    """How a table or chart names its entry in the annex."""
    return f"annex, entry {number}"


def subject(front: Front) -> str:
    """What the file says it is about: "Operations Report, For Information, White"."""
    return ", ".join(part for part in (front.title, front.action, front.classification) if part)
