"""A newsletter put together: the record's blocks with the editors' paragraphs, and the edition of each reader.

The whole is one document; an edition is the part of it that a reader chose. Sending freezes the whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from secretariat.core.classification import STATEMENTS, Class
from secretariat.engagement.newsletter.calls import Call
from secretariat.engagement.newsletter.fields import Lookup
from secretariat.engagement.newsletter.gathering import GATHERED, Told
from secretariat.engagement.newsletter.models import Block, Newsletter, Passage
from secretariat.engagement.subscribing.models import Topic
from secretariat.papers.document import Block as Piece
from secretariat.papers.document import Bullets, Document, Front, Item, Paragraph, Section, from_json, to_json

TOPICS: dict[str, str] = {
    Block.GOVERNANCE: Topic.GOVERNANCE,
    Block.PANEL: Topic.GOVERNANCE,
    Block.COMMITTEES: Topic.GOVERNANCE,
    Block.OTHERS: Topic.GOVERNANCE,
    Block.PROPOSALS: Topic.CHANGE,
    Block.MOVED: Topic.CHANGE,
    Block.REFINEMENT: Topic.CHANGE,
    Block.REPORT: Topic.CHANGE,
    Block.DECISIONS: Topic.CHANGE,
    Block.RELEASES: Topic.CHANGE,
    Block.EVENTS: Topic.EVENTS,
    Block.PUBLICATIONS: Topic.PUBLICATIONS,
    Block.NEWS: Topic.PUBLICATIONS,
    Block.PARTIES: Topic.PARTIES,
    Block.DATES: Topic.DATES,
}
"""The topic of each block; a block without one is for every reader."""

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Composed:
    """A whole newsletter, which of its parts are for some readers only, and what its check looks at.

    A problem is a sentence with the address of the paragraph that it is about.
    """

    document: Document
    readers: dict[str, list[str]]
    calls: tuple[Call, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    def edition(self, topics: Iterable[str], reads_as: str = "") -> Document:
        """The document of a reader: the blocks of the topics chosen, and no paragraph that is for others."""
        chosen = set(topics)
        kept = (
            self._for(section, reads_as)
            for section in self.document.sections
            if TOPICS.get(section.key, "") in chosen | {""}
        )
        return replace(self.document, sections=tuple(section for section in kept if section.blocks))

    def _for(self, section: Section, reads_as: str) -> Section:
        blocks = tuple(
            block
            for block in section.blocks
            if not isinstance(block, Section) or not self.readers.get(block.key) or reads_as in self.readers[block.key]
        )
        return replace(section, blocks=blocks)


def says_something(edition: Document) -> bool:
    """Whether an edition holds more than what every reader is greeted with."""
    return any(TOPICS.get(section.key) for section in edition.sections)


def composed(newsletter: Newsletter, at: datetime) -> Composed:
    """The newsletter as it was sent; one that is not sent yet as it would be at an instant."""
    if newsletter.content:
        return thawed(newsletter.content)
    lookup = Lookup(newsletter, at)
    passages = list(newsletter.passages.all())
    sections = tuple(_section(Block(key), Told(lookup), passages) for key in Block.values)
    label = Class(newsletter.classification)
    front = Front(newsletter.title, "", "", label.label, STATEMENTS[label], settings.ADMINISTRATION, newsletter.day)
    readers = {_key(one): list(one.readers) for one in passages if one.readers}
    document = Document(front, tuple(section for section in sections if section.blocks))
    return Composed(document, readers, tuple(lookup.calls), tuple(lookup.problems))


def _section(block: Block, told: Told, passages: list[Passage]) -> Section:
    gathered = GATHERED[block](told) if block in GATHERED else []
    own = [_passage(one, told.lookup) for one in passages if one.block == block]
    greets = block == Block.WELCOME
    pieces = (*own, *gathered) if greets else (*gathered, *own)
    return Section(block.value, str(block.label), tuple(pieces))


def _key(passage: Passage) -> str:
    return f"{passage.block}-{passage.pk}"


def _passage(passage: Passage, lookup: Lookup) -> Section:
    lookup.place = passage.own_address
    return Section(_key(passage), passage.heading, tuple(pieces(passage.text, lookup)))


def pieces(text: str, lookup: Lookup) -> Iterator[Piece]:
    """The paragraphs and lists of an editor's text, with its fields looked up."""
    for part in _EMPTY_LINE.split(text.replace("\r\n", "\n").strip()):
        words: list[str] = []
        bullets: list[Item] = []
        for line in part.splitlines():
            if line.lstrip().startswith("* "):
                bullets.append(Item(lookup.words(line.lstrip()[2:].strip())))
            else:
                words.append(line.strip())
        if words:
            yield Paragraph(lookup.words(" ".join(words)))
        if bullets:
            yield Bullets(tuple(bullets))


def frozen(whole: Composed) -> dict[str, Any]:
    """A newsletter as its content is kept once it is sent."""
    return {"document": json.loads(to_json(whole.document)), "readers": whole.readers}


def thawed(content: dict[str, Any]) -> Composed:
    """The newsletter that was frozen."""
    return Composed(from_json(json.dumps(content["document"])), content["readers"])
