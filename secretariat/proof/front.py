"""What a paper says of itself: its kind, reference, dates, class, attachments and the period it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from secretariat.plain.references import MeetingReference, PaperReference, find_references
from secretariat.proof.paper import Attachment, Block, Figure, Heading, Item, Paper, Paragraph, Period, Reading, Table
from secretariat.proof.reported import reported
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.said import words

_FIRST_BLOCKS: Final = 30
_LAST_BLOCKS: Final = 20
_TITLE_BLOCKS: Final = 14
_SHORT: Final = 140
# A meeting's papers are sent out within this time before it.
_BEFORE_A_MEETING: Final = timedelta(days=92)

# The words of a label, and what it is called here; the longest stand first.
_LABELS: Final = {
    "paper reference": "reference",
    "document reference": "reference",
    "paper number": "reference",
    "paper no": "reference",
    "reference": "reference",
    "ref": "reference",
    "date of meeting": "meeting date",
    "meeting date": "meeting date",
    "date of issue": "date",
    "issue date": "date",
    "publication date": "date",
    "date published": "date",
    "paper date": "date",
    "date of paper": "date",
    "report date": "date",
    "sent on": "date",
    "published on": "date",
    "published": "date",
    "issued on": "date",
    "issued": "date",
    "dated": "date",
    "date": "date",
    "security classification": "classification",
    "classification": "classification",
    "protective marking": "classification",
    "marking": "classification",
    "status": "status",
    "reporting period": "period",
    "reporting month": "period",
    "period covered": "period",
    "period": "period",
    "action": "action",
    "author": "author",
    "presenter": "presenter",
    "presented by": "presenter",
    "meeting": "meeting",
    "title": "title",
    "paper title": "title",
    "subject": "title",
    "version": "version",
    "venue": "venue",
    "location": "venue",
    "time": "time",
    "to": "to",
    "from": "from",
}
_LABEL: Final = re.compile(
    rf"(?:^|(?<=[\s|*]))\**(?P<label>{'|'.join(sorted(map(re.escape, _LABELS), key=len, reverse=True))})"
    r"\**\s{0,3}:\**(?!//)\s{0,3}",
    re.IGNORECASE,
)
_KINDS: Final = (
    "newsletter", "bulletin", "agenda", "minutes", "meeting headlines", "action log", "operations report",
    "operational report", "sub-committee report", "modification report", "change report", "impact assessment",
    "legal text", "consultation response", "consultation", "progress report", "performance report", "annual report",
    "quarterly report", "monthly report", "budget", "terms of reference", "guidance", "dashboard", "update",
    "statistics", "report",
)  # fmt: skip
_KIND: Final = tuple((kind, re.compile(rf"\b{kind.replace('-', '[- ]?')}s?\b", re.IGNORECASE)) for kind in _KINDS)

_CLASSES: Final = (
    r"(?:TLP[: ]\s?)?(?:White|Green|Amber|Red|Clear|Official[- –]{1,3}Sensitive|Official|Confidential|Public|"
    r"Restricted|Internal|Secret)"
)
_CLASSIFIED: Final = re.compile(
    rf"\b(?:classified\s+as|classification\s+(?:of|is)|classification:)\s{{1,3}}[‘'“\"]?(?P<class>{_CLASSES})\b",
    re.IGNORECASE,
)
_CLASS_ALONE: Final = re.compile(_CLASSES, re.IGNORECASE)
_ATTACHED: Final = re.compile(
    r"(?P<label>(?:Appendix|Annex|Annexe|Attachment|Enclosure|Schedule|Paper)\s{1,3}(?:[A-Z]|[0-9]{1,2}))"
    r"\s{0,3}[:–—\-]\s{0,3}(?P<title>[^\n]{1,300}?)"
    rf"(?:\s{{0,3}}[(\[](?P<class>{_CLASSES})[)\]])?[.;,]?(?=\s{{0,3}}(?:•|$|\n|(?:Appendix|Annex)\s[A-Z0-9]\b))",
    re.IGNORECASE,
)
_ATTACHMENTS: Final = re.compile(
    r"\**(?:Attachments?|Appendices|Annex(?:e)?s|Enclosures?)\**\s{0,3}:?\**", re.IGNORECASE
)


def understood(name: str, reading: Reading, *, read_on: date | None = None) -> Paper:
    """The paper, with what its own words say about it.

    `read_on` unless told: the day of the meeting it is for, or else its own date.
    """
    front = _front(reading.blocks)
    title = front.get("title") or _title(reading)
    kind = _kind(title, reading.blocks)
    dated = _dated(front, kind, reading.blocks)
    reference = _reference(front, reading.blocks)
    period = reported(front, title, kind, reading.blocks, dated)
    meeting = _meeting(front, reference, dated, period)
    return Paper(
        name, reading, title, kind, reference, period, dated, read_on or meeting or dated,
        _classification(front, reading.blocks), _attachments(reading.blocks), front,
    )  # fmt: skip


def _edges(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks where a paper tells of itself: its beginning and its end."""
    yield from blocks[:_FIRST_BLOCKS]
    yield from blocks[max(_FIRST_BLOCKS, len(blocks) - _LAST_BLOCKS) :]


def _front(blocks: Sequence[Block]) -> dict[str, str]:
    """What is told as "Label: value", by the label's own name here; the first telling stands."""
    told: dict[str, str] = {}
    for block in _edges(blocks):
        for label, value in _labelled(block):
            if value:
                told.setdefault(_LABELS[label.lower()], value)
    return told


def _labelled(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Table):
        for row in (*block.head, *block.rows)[:12]:
            told = [text.strip() for text in row.texts if text.strip()]
            if len(told) == 2 and told[0].rstrip(": *").lower() in _LABELS:
                yield told[0].rstrip(": *"), told[1]
        return
    text = words(block)[: _SHORT * 4]
    found = list(_LABEL.finditer(text))
    if not found or found[0].start() > 0:
        return
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        yield match["label"], text[match.end() : end].strip(" \n*|")[:_SHORT]


def _title(reading: Reading) -> str:
    near = reading.blocks[:_TITLE_BLOCKS]
    told = [words(block).strip() for block in near if isinstance(block, Heading | Paragraph)]
    candidates = [
        text for text in told if 3 < len(text) <= _SHORT and not text.endswith((".", ":")) and not _says(text)
    ]
    named = next((text for text in candidates if any(kind.search(text) for _, kind in _KIND)), "")
    if reading.title and (any(kind.search(reading.title) for _, kind in _KIND) or not named):
        return reading.title
    headings = (block.text for block in near if isinstance(block, Heading) and not block.number)
    return named or next(headings, "") or next(iter(candidates), "")


def _says(text: str) -> bool:
    return bool(_LABEL.match(text) or _CLASSIFIED.search(text))


def _kind(title: str, blocks: Sequence[Block]) -> str:
    spoken = " ".join(words(block) for block in blocks[:_TITLE_BLOCKS] if isinstance(block, Heading | Paragraph))
    for text in (title, spoken[: _SHORT * 8]):
        for kind, pattern in _KIND:
            if pattern.search(text):
                return kind
    return "paper"


def _dated(front: dict[str, str], kind: str, blocks: Sequence[Block]) -> date | None:
    """The day by its label, or the one it is signed on; minutes speak from the day of their meeting."""
    told = _first_date(front.get("date", "")) or next(_signed(list(_edges(blocks))), None)
    of_meeting = kind in {"minutes", "meeting headlines", "agenda"} or "reference" not in front
    return told or (_first_date(front.get("meeting date", "")) if of_meeting else None)


def _first_date(text: str) -> date | None:
    return next((each.date for each in mentions(text) if each.date), None)


def _signed(blocks: Sequence[Block]) -> Iterator[date]:
    """Dates that stand alone, or at the end of a name and a team: how a paper is signed."""
    before = ""
    for block in blocks:
        text = words(block).strip()
        if isinstance(block, Paragraph) and len(text) <= _SHORT and not before.endswith(":"):
            told = [each for each in mentions(text) if each.date]
            if len(told) == 1 and told[0].date and _is_signature(text, told[0]):
                yield told[0].date
        before = text.rstrip("* ")


def _is_signature(text: str, told: Mention) -> bool:
    rest = text[: told.start].strip(" ,*\n")
    if text[told.end :].strip(" .*\n"):
        return False
    people = re.fullmatch(
        r"(?:[A-Z][\w.'’\-]*(?:,?\s+|$)|(?:of|for|and|the|on|behalf)\s+)*", rest + " " if rest else ""
    )
    return not rest.endswith((":", "-", "–", "—")) and people is not None


def _reference(front: dict[str, str], blocks: Sequence[Block]) -> str:
    if told := front.get("reference"):
        hit = next(iter(find_references(told)), None)
        return told[hit[0] : hit[1]] if hit else told.split("  ")[0]
    for block in blocks[:_TITLE_BLOCKS]:
        text = words(block)
        for start, end, found in find_references(text) if len(text) <= _SHORT else ():
            if isinstance(found, PaperReference):
                return text[start:end]
    return ""


def _meeting(front: dict[str, str], reference: str, dated: date | None, period: Period | None) -> date | None:
    """The day of the meeting the paper is for; None where the paper was written after it, or nothing tells the year."""
    told = _first_date(front.get("meeting date", ""))
    if told is not None:
        return told if dated is None or told >= dated else None
    after = dated or (period.last.last if period else None)
    for _, _, found in find_references(reference):
        meeting = found.meeting if isinstance(found, PaperReference) else found
        if isinstance(meeting, MeetingReference) and after is not None:
            day = _first_on_or_after(meeting, after)
            return day if day is not None and day - after <= _BEFORE_A_MEETING else None
    return None


def _first_on_or_after(meeting: MeetingReference, day: date) -> date | None:
    for year in (day.year, day.year + 1):
        try:
            found = meeting.on(year)
        except ValueError:
            continue
        if found >= day:
            return found
    return None


def _classification(front: dict[str, str], blocks: Sequence[Block]) -> str:
    if (told := front.get("classification")) and (found := _CLASS_ALONE.match(told)):
        return found[0]
    for block in _edges(blocks):
        text = words(block).strip()
        if found := _CLASSIFIED.search(text):
            return found["class"]
        if isinstance(block, Paragraph | Heading) and text.isupper() and _CLASS_ALONE.fullmatch(text):
            return text
    return ""


def _attachments(blocks: Sequence[Block]) -> tuple[Attachment, ...]:
    """What stands after "Attachments:" or a heading of that kind, as long as it reads as attachments do."""
    found: list[Attachment] = []
    for at, block in enumerate(blocks):
        text = words(block).strip()
        head = None if isinstance(block, Table | Figure) else _ATTACHMENTS.match(text)
        if head is None or (head.end() < len(text) and ":" not in head[0]):
            continue
        found += _attached(block, text[head.end() :])
        for after in blocks[at + 1 :]:
            told = list(_attached(after, words(after))) if isinstance(after, Paragraph | Item) else []
            if not told:
                break
            found += told
    return tuple(dict.fromkeys(found))


def _attached(block: Block, text: str) -> Iterator[Attachment]:
    for match in _ATTACHED.finditer(text[:2000]):
        title = match["title"].strip(" .;,*")
        yield Attachment(" ".join(match["label"].split()), title, match["class"] or "", block.place)
