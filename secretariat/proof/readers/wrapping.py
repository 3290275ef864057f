"""Which lines go on with the line before, and where a paragraph ends when no blank line says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from secretariat.proof.readers.printed import Printed, Sort, apart, cells, coded, indent, is_day

_USUAL: Final = 80
_WRAPPED: Final = 200
_DEEP: Final = 12
_LARGER: Final = 1.06
_MOST_WORDS: Final = 14
_LABELLED: Final = re.compile(
    r"(?!Annex|Appendix|Part |Section |Schedule )[A-Z][A-Za-z’'/-]*(?: [A-Za-z’'/-]+){0,3}\s?:(?:\s|$)"
)
_STARTS: Final = re.compile(r"[A-Z0-9“‘\"'(\[£#]")
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|must|shall|should|does|did|that|which)\b"
)
_SPOKEN: Final = re.compile(
    r"^(?:The|This|That|These|Those|An?|In|On|At|For|As|If|When|It|We|They|There|Since|After|Following|During|Each|All|"
    r"Both|Our|Its|Their|No|One|Two|Three|To|With|From|By|Under)\b|[.;:,]\s"
)
_LEADING_ON: Final = re.compile(r"(?:,|\b(?:and|or|of|the|a|an|in|on|to|for|by|with|from|at|as|its|their|that))$")
_STARTING: Final = frozenset((Sort.ITEM, Sort.CAPTION, Sort.LINK, Sort.MONTHS))
_LEFT_OVER: Final = frozenset(("and", "or", "and/or", "and;"))


def usual_width(lines: Sequence[Printed]) -> int:
    """How many characters a full line of prose has; very many where the paper's lines are not wrapped at all."""
    lengths = sorted(len(line.words) for line in lines if len(line.words) >= 40 and len(line.values) < 3)
    return lengths[len(lengths) * 19 // 20] if len(lengths) >= 3 else _USUAL


def mark_type(lines: Sequence[Printed]) -> None:
    """Marks headings that their type tells: larger than most of the paper, or bold where it is not, and short."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.line.size, 1)] += len(line.words)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    bold = sum(len(line.words) for line in lines if line.line.bold) * 3 > sum(len(line.words) for line in lines)
    ranks = sorted({round(line.line.size, 1) for line in lines if line.line.size > usual * _LARGER}, reverse=True)
    for line in lines if usual else ():
        larger = line.line.size > usual * _LARGER
        if line.dated or line.sort is not Sort.WORDS or line.ended or not (larger or (line.line.bold and not bold)):
            continue
        if len(line.words.split()) <= _MOST_WORDS and not is_labelled(line.words) and not is_day(line.words):
            line.sort, line.level = (
                Sort.HEADING,
                min(ranks.index(round(line.line.size, 1)) if larger else len(ranks), 5) + 1,
            )


def mark_prose(lines: Sequence[Printed]) -> None:
    """Marks the lines of prose, and those that go on with a paragraph, an item or a heading above them."""
    width = usual_width(lines)
    wrapped = width <= _WRAPPED
    sentences = _are_sentences(lines, width)
    before: Printed | None = None
    celled = False
    for at, line in enumerate(lines):
        celled = apart(line.line.text) or (celled and indent(line) >= _DEEP)
        if line.dated or celled:
            before = None
            continue
        may = before is not None and wrapped and _open(before) and not (sentences and before.ended)
        if may and before is not None and goes_on(before, line, width):
            line.joined, line.sort, line.level = True, Sort.PROSE, before.level
        elif _is_prose(line, lines[at + 1] if at + 1 < len(lines) else None, min(width, _WRAPPED)):
            line.sort = Sort.PROSE
            if before is not None and wrapped and _starts_above(before, line, width):
                before.sort, line.joined = Sort.PROSE, True
        before = line


def _are_sentences(lines: Sequence[Printed], width: int) -> bool:
    """Whether most full lines end as sentences do, so that each is a paragraph and none goes on after a full stop."""
    full = [line.ended for line in lines if len(line.words) >= width * 0.8]
    return sum(full) * 5 > len(full) * 3


def _starts_above(before: Printed, line: Printed, width: int) -> bool:
    """Whether a paragraph that starts small started on the line before, which is mostly names."""
    long = before.sort is Sort.WORDS and not before.ended and len(before.words) >= width * 0.5
    return long and line.words[0].islower() and not line.line.spaced and before.line.page == line.line.page


def _open(line: Printed) -> bool:
    return line.sort in {Sort.PROSE, Sort.ITEM}


def goes_on(before: Printed, line: Printed, width: int) -> bool:
    """Whether a line goes on with the one before it.

    After a full stop it does where its first word would not have fitted there; else where it starts small, or the
    line before is full.
    """
    clause = line.sort is Sort.ITEM and line.mark[0].isdigit()
    if line.sort in _STARTING - ({Sort.ITEM} if clause else set()) or len(line.values) >= 3:
        return False
    sized = line.line.size and before.line.size and abs(line.line.size - before.line.size) > 0.6
    if sized or (coded(line.words) and coded(before.words)):
        return False
    length = len(before.words)
    reach = length + 1 + len(line.words.split(maxsplit=1)[0])
    small = line.words[0].islower()
    if (clause or line.sort is Sort.HEADING) and not _mid_sentence(before, reach, width):
        return False
    if before.introduces and line.words in _LEFT_OVER:
        return True
    if before.ended or before.introduces:
        full = 0.93 if before.sort is Sort.ITEM or before.level else 0.88
        sentence = line.ended or line.introduces or len(line.words) >= width * 0.55
        goes = (before.ended and sentence) or (before.introduces and line.ended and "," in line.words)
        return goes and not line.line.spaced and reach > width * full
    if before.words.endswith(("-", "–", "/")) or small or line.words[0] in "(&":
        return not line.line.spaced or length >= width * 0.5
    if line.line.spaced and line.line.page == before.line.page and reach < width * 0.8:
        return False
    return reach >= width * (0.72 if line.tight else 0.78) and (
        before.lower >= 0.2 or _LEADING_ON.search(before.words) is not None
    )


def _mid_sentence(before: Printed, reach: int, width: int) -> bool:
    if before.ended or before.introduces:
        return False
    return before.sort is Sort.PROSE and before.lower >= 0.35 and reach >= width * 0.8


def _is_prose(line: Printed, after: Printed | None, width: int) -> bool:
    """Whether a line starts a paragraph: a full line mostly of small words, or a sentence on its own."""
    if line.sort not in {Sort.WORDS, Sort.ROW} or len(line.values) >= 3 or apart(line.line.text):
        return False
    count = len(line.words.split())
    if after is not None and coded(line.words) and coded(after.words) and not line.ended:
        return False
    spoken = width == _WRAPPED and count >= 9 and line.lower >= 0.6 and _VERB.search(line.words) is not None
    if spoken or (_runs_full(line, after, width) and count >= 7):
        return True
    several = len(cells(line.line.text)) > 1
    if len(line.words) >= width * 0.7 and line.lower >= 0.35 and count >= 7:
        return not several or line.ended
    if line.introduces and count >= 2:
        return line.sort is Sort.WORDS
    begins = _STARTS.match(line.words) is not None
    if line.ended and begins and count >= 4 and line.lower >= 0.3:
        return not several
    if line.sort is not Sort.WORDS or not begins or after is None or after.sort is not Sort.WORDS or after.dated:
        return False
    long = len(line.words) >= width * 0.55 and count >= 7 and line.lower >= 0.4
    return long and after.words[:1].islower() and _VERB.search(line.words) is not None


def _runs_full(line: Printed, after: Printed | None, width: int) -> bool:
    """Whether a full line of many names goes on in a line of prose."""
    if after is None or line.ended or line.values or line.introduces or not _SPOKEN.search(line.words):
        return False
    full = len(line.words) >= width * 0.8 and line.lower >= 0.2
    return full and after.sort is Sort.WORDS and after.lower >= 0.3 and not after.line.spaced


def is_labelled(words: str) -> bool:
    """Whether the words tell something of the paper as "Label: value"."""
    return _LABELLED.match(words) is not None


def joined(lines: Sequence[str], vocabulary: frozenset[str]) -> str:
    """The words of wrapped lines as one.

    A hyphen at the end of a line stays, as in "ad-" and "hoc", unless the paper has the word without it elsewhere.
    """
    made: list[str] = []
    for words in lines:
        if made and made[-1].endswith("\u00ad"):
            made[-1] = made[-1][:-1] + words
        elif made and made[-1].endswith("-") and len(made[-1]) > 1 and made[-1][-2].isalnum():
            made[-1] = _drawn(made[-1], words, vocabulary)
        elif made and made[-1].endswith("/"):
            made[-1] += words
        else:
            made.append(words)
    return " ".join(made)


def _drawn(before: str, words: str, vocabulary: frozenset[str]) -> str:
    """A bounded end of the words before is looked at, so that a page of hyphens costs no more than a page of words."""
    first = re.search(r"[A-Za-z]+$", before[-60:-1])
    second = re.match(r"[A-Za-z]+", words[:60])
    if first and second and f"{first[0]}{second[0]}".lower() in vocabulary:
        return before[:-1] + words
    return before + words
