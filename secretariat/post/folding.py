"""What a mail itself says, apart from what it quotes and how it signs. Nothing is thrown away: it is only folded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Sort = Literal["said", "quoted", "signature"]
WROTE_LINES = 4
HEAD_LINES = 6

WROTE = re.compile(
    r"(?i)^\s*(?:on\b.{4,250}\bwrote|am\b.{4,250}\bschrieb.{0,80}|le\b.{4,250}\ba écrit|el\b.{4,250}\bescribió|"
    r"op\b.{4,250}\bschreef.{0,80})\s*:\s*$"
)
WRITING = re.compile(r"(?i)^\s*(?:on|am|le|el|op)\s+\S")
ORIGINAL = re.compile(
    r"(?i)^\s*(?:-{2,}\s*(?:original message|original appointment|forwarded message|ursprüngliche nachricht|"
    r"message d'origine|weitergeleitete nachricht)\s*-{2,}|begin forwarded message:)\s*$"
)
HEAD = re.compile(
    r"(?i)^\s*\*?(?:from|von|de|sent|gesendet|envoyé|date|datum|to|an|à|cc|subject|betreff|objet)\*?\s*:\s*\S"
)
FROM = re.compile(r"(?i)^\s*\*?(?:from|von|de)\*?\s*:\s*\S")
RULE = re.compile(r"^\s*[_-]{10,}\s*$")
DASHES = re.compile(r"^--\s?$")
GOODBYE = re.compile(
    r"(?i)^\s*(?:sent from my \w+.{0,60}|get outlook for .{1,80}|von meinem \w+ gesendet|"
    r"(?:this|the information in this|the contents? of this) (?:e-?mail|message|communication)\b.{0,200}"
    r"\b(?:confidential|intended|privileged)\b.*|"
    r"(?:confidentiality notice|disclaimer)\s*:.*|please consider the environment before printing.*)$"
)


@dataclass(frozen=True)
class Part:
    """Some lines of a mail: what it says, what it quotes, or how it signs."""

    kind: Sort
    text: str


def folded(body: str) -> list[Part]:
    """The parts of a mail's text in order; put together by line ends they are the text again."""
    lines = body.split("\n")
    marked = zip(_kinds(lines), lines, strict=True)
    return [Part(kind, "\n".join(line for _, line in some)) for kind, some in groupby(marked, key=lambda one: one[0])]


def said(body: str) -> str:
    """What a mail itself says; the whole of it when nothing is left without what it quotes, as of a forwarded one."""
    own = "\n".join(part.text for part in folded(body) if part.kind == "said").strip()
    return own or body.strip()


def _kinds(lines: list[str]) -> Iterable[Sort]:
    """The kind of each line, from the first to the last."""
    state: Sort = "said"
    rest_is_quoted = False
    skip = 0
    for number, line in enumerate(lines):
        if skip:
            skip -= 1
            yield "quoted"
            continue
        if rest_is_quoted:
            yield "quoted"
            continue
        if _marked(line):
            state = "said"
            yield "quoted"
            continue
        if introduction := _introduction(lines, number):
            skip = introduction - 1
            rest_is_quoted = not _marked(_next(lines, number + introduction))
            state = "said"
            yield "quoted"
            continue
        if _heads(lines, number):
            rest_is_quoted = True
            yield "quoted"
            continue
        if DASHES.match(line) or GOODBYE.match(line[:400]):
            state = "signature"
        yield state


def _marked(line: str) -> bool:
    return line.lstrip()[:1] == ">"


def _introduction(lines: list[str], number: int) -> int:
    """How many lines introduce a quotation here ("On Monday, A wrote:", also folded); none when they do not."""
    if not WRITING.match(lines[number][:60]):
        return 0
    for count in range(1, WROTE_LINES + 1):
        some = " ".join(line.strip() for line in lines[number : number + count])
        if len(some) <= 400 and WROTE.match(some):
            return count
    return 0


def _next(lines: list[str], number: int) -> str:
    return next((line for line in lines[number : number + 5] if line.strip()), "")


def _heads(lines: list[str], number: int) -> bool:
    """Whether an earlier mail begins here: a line that says so, or several lines of its head one under the other."""
    line = lines[number][:400]
    if ORIGINAL.match(line):
        return True
    start = number + 1 if RULE.match(line) else number
    following = [one for one in lines[start : start + HEAD_LINES] if one.strip()]
    if not following or not FROM.match(following[0][:400]):
        return False
    return sum(bool(HEAD.match(one[:400])) for one in following) >= 3
