"""Narrative with live fields: figures, dates, references and names are looked up, not typed.

A field stands in double square brackets: `[[open_proposals]]`, `[[helpdesk_channels/telephone]]`,
`[[user_entry_completions@since|count:Party,Parties]]`, `[[proposal:MP079|title]]`, `[[next month]]`,
`[[date:2020-03-10]]`. What it printed is kept with the passage, so that a change shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from secretariat.papers.document import Inline, Runs, Text

FIELD = re.compile(r"\[\[([^\[\]]+)\]\]")
STRONG = re.compile(r"\*\*([^*]+)\*\*")
TYPED_NUMBER = re.compile(r"\b\d[\d,.]*\b")
TYPED_MONTH = re.compile(
    r"\b(January|February|March|April|June|July|August|September|October|November|December|last month|this month)\b"
)
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class UnknownField(ValueError):
    """A live field names nothing that exists, or something that may not stand in the paper."""


@dataclass(frozen=True)
class Field:
    """A live field, read: what it names, and how it is to be printed."""

    text: str
    name: str
    style: str = ""

    @classmethod
    def read(cls, text: str) -> Field:
        """The field inside the brackets."""
        name, _, style = text.partition("|")
        return cls(text, name.strip(), style.strip())


Resolve = Callable[[Field], Inline]


def fields(text: str) -> Iterator[Field]:
    """The live fields of a text, in order."""
    return (Field.read(match.group(1)) for match in FIELD.finditer(text))


def runs(text: str, resolve: Resolve) -> Runs:
    """The text with its fields looked up. Raises UnknownField."""
    found: list[Inline] = []
    end = 0
    for match in FIELD.finditer(text):
        found += _words(text[end : match.start()])
        found.append(resolve(Field.read(match.group(1))))
        end = match.end()
    return (*found, *_words(text[end:]))


def _words(text: str) -> list[Inline]:
    found: list[Inline] = []
    for position, piece in enumerate(STRONG.split(text)):
        if piece:
            found.append(Text(piece, strong=position % 2 == 1))
    return found


def printed(inline: Inline) -> str:
    """The words of an inline."""
    return inline.text


def seen(text: str, resolve: Resolve) -> dict[str, str]:
    """Each field of a text with the words it prints. Raises UnknownField."""
    return {field.text: printed(resolve(field)) for field in fields(text)}


def typed(text: str) -> list[str]:
    """Numbers and months that stand in the text as typed words: each a place where a live field may be meant."""
    bare = FIELD.sub("", text)
    return [*(match.group(0) for match in TYPED_NUMBER.finditer(bare)), *TYPED_MONTH.findall(bare)]


def styled(value: str, number: int | None, style: str) -> str:
    """A number in words as its style asks: `words` ("two"), `count:Party,Parties` ("two Parties"), `capital`."""
    if not style or number is None:
        return value
    words = WORDS[number] if number < len(WORDS) else value
    if style == "words":
        return words
    if style == "capital":
        return words.capitalize()
    if style.startswith(("count:", "Count:")):
        one, _, many = style[6:].partition(",")
        counted = f"{words} {one if number == 1 else (many or one)}"
        return counted[:1].upper() + counted[1:] if style.startswith("C") else counted
    raise UnknownField(
        f"“{style}” is not a way to print a number: use words, capital, count:one,many or Count:one,many."
    )
