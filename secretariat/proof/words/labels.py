"""What the labels of rows, columns and figures say: total or part, and when two of them mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import Final

from secretariat.proof.paper import Row, Table
from secretariat.proof.words.quantities import cell_number, is_nought


class Role(IntEnum):
    """What a row or column is to a sum. The three kinds of totals are in order of height."""

    PART = 0
    SUBTOTAL = 1
    TOTAL = 2
    GRAND = 3
    HEADING = 4
    ASIDE = 5

    @property
    def is_total(self) -> bool:
        """Whether it sums others."""
        return Role.SUBTOTAL <= self <= Role.GRAND


_MEASURE: Final = (
    r"%|\b(?:average|avg|mean|median|per ?cent(?:age)?|rates?|ratio|max(?:imum)?|min(?:imum)?|peak|lowest|highest"
    r"|cumulative|running|to date|ytd|ranking|rank|score|index)\b"
)
_UNSUMMED: Final = re.compile(rf"{_MEASURE}|^\W*(?:no|year|date|refs?|references?|ids?|age|share)\W*$", re.IGNORECASE)
_ASIDE_COLUMN: Final = re.compile(
    rf"{_MEASURE}|\b(?:share|proportion|target|budget(?:ed)?|forecast|planned|previous|prior|variance"
    r"|last (?:year|month|quarter)|difference|increase|decrease|growth|trend|brought forward|carried forward|opening"
    r"|closing|balance|capacity|limit|threshold|of which|cost per|price)\b"
    r"|^(?:net )?change(?: (?:on|from|since|vs|in|over)\b.*)?$"
    r"|^\W*(?:no|number|year|date|refs?|references?|ids?|age)\W*$",
    re.IGNORECASE,
)
_ASIDE_ROW: Final = re.compile(
    rf"{_MEASURE}|\b(?:target|variance|(?:brought|carried) forward)\b"
    r"|\b(?:last|previous|prior) (?:year|month|quarter|period)\b"
    r"|^[\s–-]*(?:of which|including|incl\.?|share|proportion|difference|growth|forecast|budget|previous)\b"
    r"|^change(?: (?:on|from|since|vs|in|over)\b.*)?$",
    re.IGNORECASE,
)
_GRAND: Final = re.compile(
    r"^\W*(?:(?:grand|overall|net)[\s-]*totals?\b|totals?\W+overall\b|overall\W*$"
    r"|net(?: (?:change|movement|position|result))?\W*$)",
    re.IGNORECASE,
)
_SUBTOTAL: Final = re.compile(r"\bsub[\s-]*totals?\b", re.IGNORECASE)
_TOTAL: Final = re.compile(
    r"^\W*(?:totals?|sum|all)\W*$|^\W*(?:totals?|sum of|column totals?)\b|\btotals?\W*$", re.IGNORECASE
)
_ALL: Final = re.compile(
    r"^\W*all (?!(?:other|hands|staff meeting|day)\b)(?:[a-z]+ ){0,2}[a-z]+(?:s|staff|people)\W*$", re.IGNORECASE
)
_YEAR: Final = re.compile(r"^\W*(?:(?:full|whole) )?(?:year|annual)\W*$", re.IGNORECASE)
_PART_OF_YEAR: Final = re.compile(
    r"^\W*(?:Q[1-4]|H[12]|quarter|half)\b|^\W*(?:first|second|third|fourth|last) (?:quarter|half)", re.IGNORECASE
)
_PLAIN: Final = re.compile(
    r"^\W*(?:(?:grand|sub|overall|net)?[\s-]*totals?|sum|all|overall|net)\W*(?:\(.*\))?\W*$", re.IGNORECASE
)
_NET: Final = re.compile(r"^\W*net\b", re.IGNORECASE)

_FORMS: Final = {
    "e-mail": "email",
    "e-mails": "email",
    "people": "person",
    "enquiry": "inquiry",
    "enquiries": "inquiry",
}
_STOP: Final = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "of",
            "to",
            "in",
            "on",
            "for",
            "by",
            "at",
            "and",
            "or",
            "with",
            "from",
            "as",
            "is",
            "are",
            "was",
        ),
        *("were", "be", "been", "has", "have", "had", "that", "which", "who", "this", "these", "those", "its", "their"),
        *("it", "there"),
    }
)


def role(label: str, *, column: bool = False) -> Role:
    """What the row, or column, of that label is to a sum."""
    if (_ASIDE_COLUMN if column and not _is_total(label) else _ASIDE_ROW).search(label):
        return Role.ASIDE
    if _SUBTOTAL.search(label):
        return Role.SUBTOTAL
    if _GRAND.search(label):
        return Role.GRAND
    return Role.TOTAL if _is_total(label) else Role.PART


def is_year_of(label: str, parts: Sequence[str]) -> bool:
    """Whether a column is the year whose quarters or halves stand beside it."""
    return _YEAR.match(label) is not None and sum(_PART_OF_YEAR.match(part) is not None for part in parts) > 1


def is_summed(head: str) -> bool:
    """Whether a column under this head is one whose numbers add up: no averages, rates, years and the like."""
    return _UNSUMMED.search(head) is None


def is_plain_total(label: str) -> bool:
    """Whether the label says no more than that it is a total, so that it cannot be a measure of its own."""
    return _PLAIN.match(label) is not None


def is_net(label: str) -> bool:
    """Whether the label says that some parts are taken from others."""
    return _NET.match(label) is not None


def _is_total(label: str) -> bool:
    return any(pattern.search(label) for pattern in (_TOTAL, _GRAND, _SUBTOTAL, _ALL))


def is_number(text: str) -> bool:
    """Whether the cell holds a number, or nothing where a number would stand."""
    return is_nought(text) or cell_number(text) is not None


def row_label(row: Row) -> str:
    """The words that name a row: its cells up to the first with a number, those without words left out."""
    named = []
    for at, text in enumerate(row.texts):
        if at and cell_number(text) is not None:
            break
        if text.strip():
            named.append(text.strip())
    return " ".join(named[:2])


def total_label(row: Row) -> str:
    """The words that name a row where a total is looked for: the cell that says so, or else `row_label`."""
    for at, text in enumerate(row.texts):
        if at and cell_number(text) is not None:
            break
        if text.strip() and role(text).is_total:
            return text.strip()
    return row_label(row)


def column_labels(table: Table) -> tuple[str, ...]:
    """What stands over each column, the head rows joined; "" over one without words."""
    heads = ([row.texts[at] if at < len(row.cells) else "" for row in table.head] for at in range(table.width))
    return tuple(" ".join(" ".join(head).split()) for head in heads)


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The words that carry meaning, each in one form: no case, plural or possessive; "e-mails" is "email"."""
    words = re.findall(r"[a-z][a-z]+(?:-[a-z]+)*|[a-z]\d+", re.sub(r"[’']s\b", "", text.lower().replace("­", "")))
    return frozenset(stem(word) for word in words if word not in _STOP)


def stem(word: str) -> str:
    """The singular of a word in lower case, as far as its ending tells."""
    if word in _FORMS:
        return _FORMS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x|z)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def normal(label: str) -> str:
    """A label without case, plural, bracketed abbreviation, hyphen breaks and punctuation."""
    whole = re.sub(r"(?<=\w)-\s+(?=[a-z])", "", re.sub(r"\([^)]*\)", " ", label))
    words = re.findall(r"[a-z0-9]+", re.sub(r"[’']s?\b", "", whole.lower()))
    return " ".join(stem(word) for word in words if word not in {"the", "of", "and"})


def spelt_alike(one: str, other: str) -> bool:
    """Whether two normal labels differ by so little that one is a slip of the other."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or min(len(one), len(other)) < 5:
        return False
    return SequenceMatcher(None, one, other).ratio() >= 0.85
