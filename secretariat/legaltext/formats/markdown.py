"""A text as Markdown, for reading, searching and pasting; nothing reads it back."""

from __future__ import annotations

import re
from typing import Final

from secretariat.legaltext.formats.editions import Edition, heading_levels
from secretariat.legaltext.formats.marks import line, settled, shown_heading
from secretariat.legaltext.text import Clause

DEEPEST: Final = 6
_LISTED: Final = re.compile(r"^(\s*)([-+>]|#{1,6}(?=\s)|\d+(?=[.)]))", re.MULTILINE)
_TAG: Final = re.compile(r"<(?=[a-zA-Z/!?])(?!br>)")


def markdown(edition: Edition) -> bytes:
    """The edition as CommonMark with pipe tables, in UTF-8. Words that look like marks of its own are escaped."""
    parts = [f"# {line(edition.title)}", *(f"*{told}*" for told in edition.lines)]
    text = settled(edition.text)
    levels = heading_levels(text)
    for clause in text.clauses:
        parts += _part(clause, levels.get(clause.uid, 0))
    return ("\n\n".join(parts) + "\n").encode()


def _part(clause: Clause, level: int) -> list[str]:
    body = [_plain(clause.body)] if clause.body else []
    if level:
        head = ("#" * min(level + 1, DEEPEST), clause.number, _plain(clause.heading))
        return [" ".join(part for part in head if part), *body]
    heading = shown_heading(clause)
    label = " ".join(f"**{told}**" for told in (clause.number, heading) if told)
    if body and (body[0].startswith(("|", "!["))):
        return [label, *body] if label else body
    return [" ".join([label, *body]).strip()] if label or body else []


def _plain(body: str) -> str:
    """Words that are no list, heading, quotation or tag, whatever they begin with."""
    return _TAG.sub(r"\\<", _LISTED.sub(_escaped, body))


def _escaped(match: re.Match[str]) -> str:
    before, sign = match[1], match[2]
    return f"{before}\\{sign}" if not sign[0].isdigit() else f"{before}{sign}\\"
