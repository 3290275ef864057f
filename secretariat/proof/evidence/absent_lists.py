"""Lists that a sentence announces, and what stands where they are due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.paper import Block, Figure, Form, Heading, Item, Paper, Paragraph, Table
from secretariat.proof.words.nouns import is_plural, lexicon
from secretariat.proof.words.said import sentences

_OPEN_END: Final = lexicon(
    "for of from on to in with by include includes included including comprise comprises are were is was"
)
_PICTURE: Final = re.compile(
    r"\b(?:chart|diagram|graph|image|picture|map|video|link|links|formula|equation|screenshot|form|quote|says|said|"
    r"states|stated|reads|wrote|asked|question)\b",
    re.IGNORECASE,
)
_FOLLOWING: Final = re.compile(r"\b(?:following|below|these)\b(?P<rest>[^.]{0,80}):$", re.IGNORECASE)
_LABELLED: Final = re.compile(r"[A-Z(‘“\"][^.:]{1,60}(?::| [–—-])\s")
_NUMERALS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_CLAUSE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|must|should|agreed|noted|approved|considered|received|"
    r"met|discussed|decided|raised|asked|remains?|continues?|[a-z]{3,}ed)\b"
)
_COUNTED: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|[2-9]|1[0-9])(?: [a-z-]{3,20}){1,3}", re.IGNORECASE
)
_FEWEST_WORDS: Final = 3
_LOOKED_AT: Final = 8


@dataclass(frozen=True, slots=True)
class Announcement:
    """A paragraph whose list is absent: the sentence, and what stands there instead, "" for nothing."""

    block: Paragraph
    sentence: str
    next: str


def announcements(paper: Paper) -> Iterator[Announcement]:
    """The announcements that nothing announced follows."""
    blocks = paper.blocks
    exact = paper.reading.form in (Form.WORD, Form.HTML, Form.MARKDOWN)
    level = 0
    for at, block in enumerate(blocks):
        if isinstance(block, Heading):
            level = block.level
        elif isinstance(block, Paragraph) and (sentence := _announces(block.text)):
            then = _instead(sentence, blocks[at + 1 : at + _LOOKED_AT], level, exact=exact)
            if then is not None:
                yield Announcement(block, sentence, then)


def _announces(text: str) -> str:
    """The sentence that ends with a colon and may announce several things, or ""."""
    text = text.rstrip(" *_")
    if not text.endswith(":"):
        return ""
    sentence = list(sentences(text))[-1]
    return "" if len(sentence.split()) < _FEWEST_WORDS or _PICTURE.search(sentence) else sentence


def _announces_several(sentence: str) -> bool:
    """Whether the words say that several things follow: "the following reports", "three points", "include"."""
    following = _FOLLOWING.search(sentence)
    named = following is not None and any(_seems_plural(word) for word in re.findall(r"[A-Za-z]+", following["rest"]))
    bare = following is not None and not following["rest"].strip()
    counted = any(_seems_plural(word) for hit in _COUNTED.finditer(sentence) for word in hit[0].split()[1:])
    return _last_word(sentence) in _OPEN_END or named or bare or counted


def _last_word(sentence: str) -> str:
    """The word before the colon."""
    return sentence[:-1].rstrip().lower().rpartition(" ")[2]


def _seems_plural(word: str) -> bool:
    return is_plural(word) or (len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _instead(sentence: str, after: Sequence[Block], level: int, *, exact: bool) -> str | None:
    """What stands where the list is due: "" for nothing, prose that is no list, or None where it may be the list.

    Where the form does not tell the levels of headings, only a numbered or a higher one surely ends the section.
    """
    ahead = after[0] if after else None
    if ahead is None:
        return ""
    if isinstance(ahead, Heading):
        closes = ahead.level <= level and (exact or bool(ahead.number) or ahead.level < level)
        return "" if closes else None
    if isinstance(ahead, Item | Table | Figure) or not _is_prose(ahead.text):
        return None
    run = next((at for at, block in enumerate(after) if not isinstance(block, Paragraph)), len(after))
    others = _announces_several(sentence) and (run == 1 < len(after) or run < _told_number(sentence))
    takes_names = _last_word(sentence) in _OPEN_END
    return ahead.text if takes_names or others or _same_subject(sentence, ahead.text) else None


def _told_number(sentence: str) -> int:
    """How many things the words announce, 0 where they do not say."""
    found = _COUNTED.search(sentence)
    word = found[0].split()[0].lower() if found else ""
    return int(word) if word.isdigit() else _NUMERALS.index(word) + 2 if word in _NUMERALS else 0


def _is_prose(text: str) -> bool:
    """Whether a paragraph is sentences, and not one of the things announced, a label or a name."""
    words = text.split()
    if len(words) < 6 or not text.rstrip().endswith((".", ":")) or _LABELLED.match(text):
        return False
    return words[0][0].isupper() and bool(_CLAUSE.search(text))


def _same_subject(sentence: str, text: str) -> bool:
    """Whether a paragraph goes on with the subject of the sentence: "… the Panel considered:", "The Panel agreed"."""
    start = re.match(r"The (?:[A-Z][\w-]*\s?){1,3}", text)
    return start is not None and start[0].strip().removeprefix("The ") in sentence
