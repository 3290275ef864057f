"""Whether a paper's words are still true: carried paragraphs, changed fields, fields that name nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from secretariat.papers.assembly import Assembly
from secretariat.papers.document import Inline
from secretariat.papers.models import Paper, Passage
from secretariat.papers.narrative import Field, UnknownField, fields, printed, typed


@dataclass(frozen=True)
class Matter:
    """One thing that a passage's owner must settle before the paper can go on."""

    passage: Passage
    reason: str
    old: str = ""
    new: str = ""


def resolver(paper: Paper, level: int) -> Callable[[Field], Inline]:
    """How fields are looked up in words of a class; the paper's figures are counted once for all of them."""
    return partial(Assembly(paper).resolve, level=level)


def open_matters(paper: Paper, assembly: Assembly | None = None) -> list[Matter]:
    """Everything that keeps the paper's words from being current."""
    assembly = assembly or Assembly(paper)
    standing = paper.passages.exclude(state="removed").select_related("paper")
    return [matter for passage in standing for matter in matters(passage, assembly)]


def matters(passage: Passage, assembly: Assembly) -> list[Matter]:
    """What is open about one passage: that it was carried over, and each field that changed or names nothing."""
    found = []
    if passage.state == "carried":
        found.append(Matter(passage, "Carried over from last month: affirm it or rewrite it."))
    for field in fields(passage.text):
        try:
            now = printed(assembly.resolve(field, passage.classification))
        except UnknownField as error:
            found.append(Matter(passage, str(error)))
            continue
        before = passage.seen.get(field.text)
        if before is not None and before != now and passage.state != "carried":
            found.append(Matter(passage, f"[[{field.text}]] has changed.", before, now))
    return found


def changes(passage: Passage, assembly: Assembly) -> list[Matter]:
    """Each field of a passage whose words differ from those its owner last saw, carried passages included."""
    found = []
    for field in fields(passage.text):
        before = passage.seen.get(field.text)
        try:
            now = printed(assembly.resolve(field, passage.classification))
        except UnknownField:
            continue
        if before is not None and before != now:
            found.append(Matter(passage, f"[[{field.text}]]", before, now))
    return found


def worth_a_look(passage: Passage) -> list[str]:
    """Numbers and months typed as words, where a live field may be meant."""
    return typed(passage.text)
