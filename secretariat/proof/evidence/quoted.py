"""Titles in quotation marks beside the references they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secretariat.proof.findings import Placed
from secretariat.proof.paper import Paper, Table
from secretariat.proof.words.said import said

_TITLED: Final = re.compile(
    r"(?<![A-Za-z0-9_])(?P<ref>(?:[A-Z]{1,8}(?:_[0-9x]{1,6}){2,3}"
    r"|[A-Z]{1,8}[ -]?[0-9]{1,5}(?:\.[0-9]{1,3}){0,3}[A-Z]?))"
    r"[\])*]{0,2}(?:,|:| [–—-])? {1,2}(?P<open>[‘“\"'])\s?(?=(?P<rest>[^\n]{3,200}))"
)
_REFERENCE: Final = re.compile(r"[A-Z]{1,8}[ -]?[0-9]{1,5}[A-Z]?")
_TITLE_HEADS: Final = ("title", "name", "proposal title", "modification title", "title of proposal")
_CLOSERS: Final = {
    "‘": re.compile(r"[’'](?![A-Za-z])"),
    "'": re.compile(r"['’](?![A-Za-z])"),
    "“": re.compile(r"[”\"]"),
    '"': re.compile(r"[\"”]"),
}


@dataclass(frozen=True, slots=True)
class Titled:
    """A reference, and the title that it has where it stands."""

    reference: str
    title: str
    cut: bool
    where: Placed

    @property
    def words(self) -> list[str]:
        """The words as compared."""
        return re.findall(
            r"[a-z0-9]+(?:\.[0-9]+)*", re.sub(r"[’'](?=[a-z])", "", self.title.casefold()).replace("&", " and ")
        )


def titled(paper: Paper) -> Iterator[Titled]:
    """Each reference that a quoted title of two words or more follows, or that a table gives one."""
    for each in said(paper):
        for hit in _TITLED.finditer(each.text):
            closer = _CLOSERS[hit["open"]].search(hit["rest"])
            if closer is None:
                continue
            title = hit["rest"][: closer.start()].strip()
            if len(title.split()) > 1:
                plural = title.endswith("s") and closer[0] in "'’"
                yield Titled(_bare(hit["ref"]), title, plural, each.where)
    for table in paper.each(Table):
        yield from _listed(table)


def _listed(table: Table) -> Iterator[Titled]:
    """The references of a table with a column of titles, each with its own."""
    heads = [text.strip().lower() for text in table.head[-1].texts] if table.head else []
    for at, head in enumerate(heads):
        if at and head in _TITLE_HEADS:
            for row in table.rows:
                texts = row.texts
                if at < len(texts) and _REFERENCE.fullmatch(texts[at - 1].strip()) and len(texts[at].split()) > 1:
                    yield Titled(_bare(texts[at - 1].strip()), texts[at].strip(), cut=table.rebuilt, where=row)


def _bare(reference: str) -> str:
    return re.sub("[ -]", "", reference)


def differing(paper: Paper) -> Iterator[tuple[Titled, Titled]]:
    """Mentions whose title is not the one that the reference first had, each different title once."""
    first: dict[str, Titled] = {}
    told: set[tuple[str, str]] = set()
    for each in titled(paper):
        before = first.setdefault(each.reference, each)
        key = (each.reference, " ".join(each.words))
        if each.words != before.words and key not in told and not _same_cut(each, before):
            told.add(key)
            yield each, before


def _same_cut(one: Titled, other: Titled) -> bool:
    """Whether one is the other cut at an apostrophe that looks like a closing mark."""
    short, long = sorted((one, other), key=lambda each: len(each.words))
    return short.cut and long.words[: len(short.words)] == short.words


def alike(one: Titled, other: Titled) -> bool:
    """Whether two titles share at least half of their words."""
    mine, theirs = set(one.words), set(other.words)
    return len(mine & theirs) * 2 >= min(len(mine), len(theirs))
