"""Names in capitals: where a paper prints them, and which two are surely meant to be one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from secretariat.proof.findings import Placed
from secretariat.proof.paper import Heading, Item, Paper, Paragraph
from secretariat.proof.words.nouns import lexicon, plural
from secretariat.proof.words.said import said, sentences

_WORD: Final = r"[A-Z][A-Za-z0-9]*(?:[’'‑-][A-Za-z0-9]+)*(?:[’'](?![A-Za-z]))?"
_NAME: Final = re.compile(rf"{_WORD}(?:(?: (?:of|and|for|the|&) | )(?:{_WORD}))*")
_LONGEST_WORD: Final = 40
_LONGEST: Final = 7
_MOST_NAMES: Final = 20_000
_MOST_ALIKE: Final = 200
# Words that a name does not begin with though a sentence may.
_STARTERS: Final = lexicon(
    "The A An In On At As For Of To From By With And Or If This That These Those It Its We Our They Their Since After "
    "Before During When While Where Following However All Any Each Both No Not More Further Please See There Under Over"
)
_SMALL: Final = lexicon("of and for the &")
_TITLE: Final = re.compile(r"[^.?!]{8,90}")


@dataclass(slots=True)
class Used:
    """A name as printed: where first, and how often."""

    text: str
    where: Placed
    order: int
    times: int = 0


@dataclass(frozen=True, slots=True)
class Twins:
    """Two names that differ by one small thing: the one used less, or later, and the other."""

    odd: Used
    usual: Used


@dataclass(slots=True)
class _Found:
    whole: dict[tuple[str, ...], Used] = field(default_factory=dict)
    parts: dict[tuple[str, ...], Used] = field(default_factory=dict)


def twins(paper: Paper) -> Iterator[Twins]:
    """The pairs of names of a paper that are surely meant to be one, the longest first, none within another."""
    found = _names(paper)
    told: set[frozenset[str]] = set()
    pairs = [*_pointed(paper), *_joined(found), *_inflected(found)]
    for one, other in sorted(pairs, key=lambda pair: -len(pair[0].text)):
        key = frozenset(_difference(one.text, other.text))
        if key in told:
            continue
        told.add(key)
        usual, odd = sorted((one, other), key=lambda used: (-used.times, used.order))
        yield Twins(odd, usual)


def _difference(one: str, other: str) -> set[str]:
    """What tells two names apart: the words that only one of them has."""
    mine, theirs = set(one.split()), set(other.split())
    return (mine ^ theirs) or {one, other}


def _names(paper: Paper) -> _Found:
    found = _Found()
    for each in said(paper):
        for sentence in sentences(_without_addresses(each.text)):
            for hit in _NAME.finditer(sentence):
                _keep(found, hit[0].split(), each.where)
        if len(found.parts) > _MOST_NAMES:
            break
    return found


def _without_addresses(text: str) -> str:
    """The words of a text but for addresses and what is too long to be one."""
    return " ".join(
        "" if "://" in word or "@" in word or len(word) > _LONGEST_WORD else word for word in text.split(" ")
    )


def _keep(found: _Found, words: list[str], where: Placed) -> None:
    while words and words[0] in _STARTERS:
        words = words[1:]
    if not words or (len(words) > 4 and all(word.isupper() for word in words)):
        return
    _count(found.whole, tuple(words), where)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            if words[start] not in _SMALL and words[end - 1] not in _SMALL:
                _count(found.parts, tuple(words[start:end]), where)


def _count(kept: dict[tuple[str, ...], Used], words: tuple[str, ...], where: Placed) -> None:
    kept.setdefault(words, Used(" ".join(words), where, len(kept))).times += 1


def _inflected(found: _Found) -> Iterator[tuple[Used, Used]]:
    """Names of two words or more, the same but for one word that is another form of the other's, or misspelt."""
    apart: dict[tuple[int, tuple[str, ...], tuple[str, ...]], list[Used]] = defaultdict(list)
    for words, used in found.parts.items():
        lower = tuple(word.lower() for word in words)
        for at, word in enumerate(words if len(words) > 1 else ()):
            if word not in _SMALL and not any(char.isdigit() for char in word):
                apart[at, lower[:at], lower[at + 1 :]].append(used)
    for (at, before, after), uses in apart.items():
        head = not after or after[0] in _SMALL
        whole = (
            [used for used in uses if tuple(used.text.split()) in found.whole] if 1 < len(uses) <= _MOST_ALIKE else []
        )
        for used, against in ((used, against) for used in whole for against in uses if used is not against):
            one, other = used.text.split()[at], against.text.split()[at]
            if one.lower() != other.lower() and _same_word(one, other, head=head, length=len(before) + len(after) + 1):
                yield used, against


def _same_word(one: str, other: str, *, head: bool, length: int) -> bool:
    """Whether two words of names that are otherwise the same are surely meant to be one; the head may be plural."""
    a, b = sorted((_plain(one), _plain(other)), key=len)
    if one.isupper() or other.isupper() or len(a) < 4:
        return False
    if a == b:
        return not head and one.replace("’", "'") != other.replace("’", "'") and a.endswith("s")
    if plural(a) == b:
        return not (head or _is_possessive(one) or _is_possessive(other))
    if b in (a + "al", a + "ing", a + "ed", a + "d"):
        return not head and length > 2
    if length > 2 and len(b) > 4 and len(a) < len(b) and a[0] == b[0] and a[-1] == b[-1]:
        return _one_edit(a, b)  # a letter left out
    return len(a) > 5 and _one_edit(a, b) and (length > 2 or a[0] == b[0])


def _plain(word: str) -> str:
    return word.lower().replace("’", "").replace("'", "")


def _is_possessive(word: str) -> bool:
    return bool(re.search(r"[’']s?$", word))


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter put in, left out, changed, or changed places makes one word of the other."""
    if len(b) - len(a) > 1:
        return False
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        if at == len(a) - 1 and {a[at], b[at]} == {"r", "d"}:
            return False  # provider, provided
        swapped = a[:at] + a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
        return a[at + 1 :] == b[at + 1 :] or swapped == b
    return a[at:] == b[at + 1 :]


def _joined(found: _Found) -> Iterator[tuple[Used, Used]]:
    """A word in capitals that is also printed as two: "CSPN" and "CSP N"."""
    single = {words[0]: used for words, used in found.parts.items() if len(words) == 1 and len(words[0]) > 3}
    for words, used in found.parts.items():
        whole = single.get("".join(words)) if len(words) == 2 else None
        if whole is not None and all(word.isalpha() and word.isupper() for word in words):
            yield whole, used


def _pointed(paper: Paper) -> Iterator[tuple[Used, Used]]:
    """Titles that stand alone, the same but for a colon, a comma, or "&" for "and"."""
    alike: dict[str, dict[str, Used]] = defaultdict(dict)
    for at, each in enumerate(said(paper)):
        if not (each.cell or isinstance(each.where, Heading | Item | Paragraph)) or not _TITLE.fullmatch(each.text):
            continue
        text = " ".join(each.text.strip(" *").replace("’", "'").replace("–", "-").split()).rstrip(":;,")
        words = re.findall(r"[A-Za-z0-9']+", text)
        if len(words) < 3 or sum(word[0].isupper() for word in words) < len(words) - 1:
            continue
        key = " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("&", " and ")))
        alike[key].setdefault(re.sub(r"[-‘“\"']", " ", text).casefold(), Used(text, each.where, at)).times += 1
    for forms in alike.values():
        first, *others = {re.sub(r"[^\w:,&]+", " ", form).strip(): used for form, used in forms.items()}.values()
        yield from ((first, other) for other in others)
