"""Tracked changes of a Word file: the text with all accepted, with all rejected, and who changed what and when.

Works on a part parsed by `proof.readers.word_package`, by names without namespaces (there are two kinds of file).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from lxml import etree

from secretariat.proof.readers.word_package import child, name, value

IN, OUT, MOVED_IN, MOVED_OUT, LOOK = "in", "out", "moved in", "moved out", "look"
"""What a change is; a look is a change of style, number or letters."""
_KINDS: Final = {"ins": IN, "del": OUT, "moveTo": MOVED_IN, "moveFrom": MOVED_OUT}
_COMING: Final = frozenset({"ins", "moveTo", "cellIns"})
_GOING: Final = frozenset({"del", "moveFrom", "cellDel"})
_LOOKS: Final = {"pPrChange": "pPr", "rPrChange": "rPr"}
_PROPERTIES: Final = frozenset({"rPr", "pPr", "trPr", "tcPr", "numPr"})
_PRINTS: Final = frozenset({
    "t", "delText", "tab", "br", "cr", "noBreakHyphen", "sym", "drawing", "pict", "object", "footnoteReference",
    "endnoteReference", "oMath",
})  # fmt: skip
_BETWEEN: Final = frozenset({"bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd"})


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change: what it is, the words, who made it and when, as the file tells; `near` is the bookmark of
    the paragraph, or "" where it has none, and `paragraph` its place in the file, from 1."""

    kind: str
    words: str
    who: str
    when: datetime | None
    near: str
    paragraph: int


def changes(root: etree._Element, prefix: str = "") -> tuple[Change, ...]:
    """The tracked changes, in order, those side by side of one kind and person as one; `near` takes bookmarks
    whose name begins with `prefix`."""
    paragraphs = [each for each in root.iter() if name(each) == "p"]
    found = [change for at, each in enumerate(paragraphs, start=1) for change in _in(each, at, prefix)]
    together = groupby(found, key=lambda one: (one.paragraph, one.kind, one.who, one.near))
    return tuple(_one([*group]) for _, group in together)


def _in(paragraph: etree._Element, at: int, prefix: str) -> Iterator[Change]:
    near = bookmark(paragraph, prefix)
    for each in paragraph.iter():
        called, holder = name(each), each.getparent()
        inside = holder is None or name(holder) not in _PROPERTIES
        if called in _KINDS and inside and _paragraph_of(each) is paragraph:
            words = "".join(one.text or "" for one in each.iter() if name(one) in {"t", "delText"})
            yield Change(_KINDS[called], words, value(each, "author"), _instant(value(each, "date")), near, at)
        elif called in _LOOKS and _paragraph_of(each) is paragraph:
            yield Change(LOOK, "", value(each, "author"), _instant(value(each, "date")), near, at)


def _one(group: list[Change]) -> Change:
    first = group[0]
    words = "".join(one.words for one in group)
    return Change(first.kind, words, first.who, first.when, first.near, first.paragraph)


def _paragraph_of(element: etree._Element) -> etree._Element | None:
    return next((each for each in element.iterancestors() if name(each) == "p"), None)


def bookmark(paragraph: etree._Element, prefix: str) -> str:
    """The first bookmark that begins in the paragraph and whose name begins so; "" for none."""
    names = (value(each, "name") for each in paragraph.iter() if name(each) == "bookmarkStart")
    return next((one for one in names if one.startswith(prefix)), "")


def _instant(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told) if told else None
    except ValueError:
        return None


def settle(root: etree._Element, *, accepted: bool) -> None:
    """Changes the tree to what it is with all changes accepted, or all rejected; no change is left in it."""
    gone = _GOING if accepted else _COMING
    if not accepted:
        _look_back(root)
    open_ended = {each for each in root.iter() if name(each) == "p" and _end_is(each, gone)}
    emptied = {each for each in open_ended if _prints(each)}
    _take_out(root, gone)
    for each in [one for one in root.iter() if name(one) in _COMING | _GOING and _holds_runs(one)]:
        _unwrap(each)
    for paragraph in [each for each in root.iter() if name(each) == "p"][::-1]:
        if paragraph in open_ended:
            _join(paragraph, had_words=paragraph in emptied)


def _look_back(root: etree._Element) -> None:
    """Styles, numbers and letters as they were."""
    for change in [each for each in root.iter() if name(each) in _LOOKS]:
        now, before = change.getparent(), child(change, _LOOKS[name(change)])
        if now is None:
            continue
        kept = [each for each in now if name(each) in _COMING | _GOING or (name(now), name(each)) == ("pPr", "rPr")]
        now[:] = [*(before if before is not None else ()), *kept]


def _end_is(paragraph: etree._Element, kinds: frozenset[str]) -> bool:
    marks = child(paragraph, "pPr", "rPr")
    return marks is not None and any(name(each) in kinds for each in marks)


def _holds_runs(element: etree._Element) -> bool:
    holder = element.getparent()
    return holder is not None and name(holder) not in _PROPERTIES


def _take_out(root: etree._Element, gone: frozenset[str]) -> None:
    for each in [one for one in root.iter() if name(one) in gone]:
        holder = each.getparent()
        whole = {"trPr": "tr", "tcPr": "tc"}.get(name(holder)) if holder is not None else None
        if whole and holder is not None:
            _drop(holder.getparent())
        elif _holds_runs(each):
            _drop(each)
    for table in [one for one in root.iter() if name(one) == "tbl" and child(one, "tr") is None]:
        _drop(table)


def _drop(element: etree._Element | None) -> None:
    holder = element.getparent() if element is not None else None
    if element is not None and holder is not None:
        holder.remove(element)


def _unwrap(element: etree._Element) -> None:
    holder = element.getparent()
    if holder is not None:
        at = holder.index(element)
        holder[at : at + 1] = list(element)


def _prints(paragraph: etree._Element) -> bool:
    return any(name(each) in _PRINTS for run in paragraph.iter() if name(run) == "r" for each in run)


def _join(paragraph: etree._Element, *, had_words: bool) -> None:
    """What becomes of a paragraph whose end is gone: its words go on in the next one, under its own style."""
    following = paragraph.getnext()
    while following is not None and name(following) in _BETWEEN:
        following = following.getnext()
    if not _prints(paragraph) and (had_words or following is not None):
        _drop(paragraph)
    elif following is not None and name(following) == "p":
        paragraph.extend([each for each in following if name(each) != "pPr"] if _prints(following) else [])
        _drop(following)
