"""References as a paper prints them: well formed, damaged, or of another width than the paper's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from secretariat.proof.findings import Placed
from secretariat.proof.paper import Paper
from secretariat.proof.words.said import Said, said

# Prefixes whose width is known, where the paper is of their code.
_KNOWN: Final = {"SECMP": 4, "DP": 3, "MP": 3}
_KNOWN_CODE: Final = re.compile(r"\b(?:SECMP|SECAS\b|SECP[_ ]|SEC\s(?:Panel|Part(?:y|ies)|Modification|Section)\b)")
_PROPOSAL: Final = re.compile(
    r"(?<![A-Za-z0-9_/.-])(?P<prefix>[A-Z]{1,6}?)(?P<gap>[ -]?)(?P<digits>(?=[OIl]{0,4}[0-9])[0-9OIl]{2,7})"
    r"(?P<letter>[A-HJ-NP-Z]?)(?![A-Za-z0-9_]|[.-][0-9])"
)
_MEETING: Final = re.compile(
    r"(?<![A-Za-z0-9_])(?P<body>[A-Z]{2,12})(?P<rest>(?: ?_ ?[0-9OIl]{1,5}x{0,3}){2,3})(?![A-Za-z0-9]|_[A-Za-z0-9])"
)
_WELL_FORMED: Final = re.compile(r"[A-Z]{2,12}_[0-9]{1,3}x{0,3}_[0-9]{4}(?:_[0-9]{2})?")
_DIGITS: Final = str.maketrans({"O": "0", "I": "1", "l": "1"})
_TAKEN_FOR: Final = {"O": "the letter O for a zero", "I": "the letter I for a one", "l": "the letter l for a one"}
_CODE: Final = re.compile(
    r"(?<![A-Za-z0-9_/.@-])[A-Z]{1,6}[0-9]{0,5}(?:[-/_](?:[0-9OIl]{1,6}|[A-Z]{1,6})){1,4}(?![A-Za-z0-9_/@-])"
)
_LAST_NUMBER: Final = re.compile(r"(?P<stem>.+[-/_])(?P<last>[0-9]{1,5})")
_SCALE: Final = frozenset({"ISO", "IEC", "EN", "BS", "RFC", "FY", "RY", "CY", "COP", "SR", "SRV", "SMETS", "COVID"})
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference of letters and digits as printed: prefix, what parts it from the digits, the digits, the letter."""

    text: str
    prefix: str
    gap: str
    digits: str
    letter: str
    where: Placed

    @property
    def is_damaged(self) -> bool:
        """Whether letters stand among the digits."""
        return not self.digits.isdigit()

    @property
    def mended(self) -> str:
        """The digits with letters read as the digits they look like."""
        return self.digits.translate(_DIGITS)


@dataclass(frozen=True, slots=True)
class Malformed:
    """A malformed reference: what is wrong with it and what it should be; sure, or worth a look."""

    where: Placed
    text: str
    message: str
    suggestion: str = ""
    sure: bool = True


def malformed(paper: Paper) -> Iterator[Malformed]:
    """The malformed references of a paper, each once."""
    told = list(said(paper))
    yield from _malformed_proposals(paper, told)
    yield from _malformed_meetings(told)
    yield from _malformed_codes(told)


def misstyled(paper: Paper) -> Iterator[tuple[Printed, Printed]]:
    """References whose letters and digits are joined otherwise than those of all others of their prefix, and one."""
    told = list(said(paper))
    known = _KNOWN if any(_KNOWN_CODE.search(each.text) for each in told) else {}
    by_prefix: dict[str, list[Printed]] = defaultdict(list)
    for each in proposals(told):
        if each.prefix not in known and not each.is_damaged:
            by_prefix[each.prefix].append(each)
    for found in by_prefix.values():
        gaps = Counter(each.gap for each in found)
        usual, count = gaps.most_common(1)[0]
        if count > 1 and len(found) - count == 1:
            odd = next(each for each in found if each.gap != usual)
            yield odd, next(each for each in found if each.gap == usual)


def proposals(told: Iterable[Said]) -> list[Printed]:
    """What has the form of a proposal's reference, damaged or not."""
    found: list[Printed] = []
    for each in told:
        found += [
            Printed(hit[0], hit["prefix"], hit["gap"], hit["digits"], hit["letter"], each.where)
            for hit in _PROPOSAL.finditer(each.text)
            if not (hit["gap"] and _YEAR.fullmatch(hit["digits"]))
        ]
    return found


def _malformed_proposals(paper: Paper, told: list[Said]) -> Iterator[Malformed]:
    known = _KNOWN if any(_KNOWN_CODE.search(each.text) for each in told) else {}
    marks = {note.mark for note in paper.reading.footnotes}
    by_prefix: dict[str, list[Printed]] = defaultdict(list)
    for each in proposals(told):
        by_prefix[each.prefix].append(each)
    done: set[str] = set()
    for prefix, found in by_prefix.items():
        shape = _Shape.of(prefix, found, known)
        for each in found if shape else ():
            if each.text not in done and shape and (wrong := shape.wrong(each, marks)):
                done.add(each.text)
                yield wrong


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a paper writes the references of a prefix: width, and what parts prefix and digits."""

    prefix: str
    width: int
    gap: str
    written: frozenset[str]
    known: bool
    padded: bool

    @classmethod
    def of(cls, prefix: str, found: list[Printed], known: dict[str, int]) -> _Shape | None:
        """The shape that at least three different references share, all but one at most; or the known one."""
        clean = {(each.gap, each.digits) for each in found if not each.is_damaged}
        widths = Counter(len(digits) for _, digits in clean)
        if prefix in known:
            written = frozenset(digits for _, digits in clean)
            return cls(prefix, known[prefix], "", written, known=True, padded=True)
        if not widths or prefix in _SCALE:
            return None
        width, most = widths.most_common(1)[0]
        distinct = {digits for _, digits in clean if len(digits) == width}
        padded = any(digits[0] == "0" for digits in distinct)
        fewest = _FEWEST - 1 if all(digits[0] == "0" for _, digits in clean) else _FEWEST
        if len(distinct) < fewest or sum(widths.values()) - most > 1:
            return None
        gap = Counter(gap for gap, _ in clean).most_common(1)[0][0]
        return cls(prefix, width, gap, frozenset(distinct), known=False, padded=padded)

    def wrong(self, each: Printed, marks: set[str]) -> Malformed | None:
        """What is wrong with a reference of this prefix, if anything."""
        mended = each.mended
        if each.is_damaged:
            return self._damaged(each, mended)
        if each.gap and self.known and len(each.digits) == self.width:
            message = f"“{each.text}” has {'a space' if each.gap == ' ' else 'a hyphen'} between letters and digits."
            return Malformed(each.where, each.text, message, f"{self.prefix}{each.digits}{each.letter}")
        if each.gap == self.gap and len(each.digits) != self.width:
            return self._of_other_width(each, marks)
        return None

    def _damaged(self, each: Printed, mended: str) -> Malformed | None:
        letters = sorted({letter for letter in each.digits if not letter.isdigit()})
        if len(mended) == self.width + 1 and each.digits[0] == "O":
            mended = mended[1:]
        if len(mended) != self.width or (len(self.prefix) < 2 and not each.digits[0].isdigit()):
            return None
        message = f"“{each.text}” has {' and '.join(_TAKEN_FOR[letter] for letter in letters)}."
        return Malformed(each.where, each.text, message, f"{self.prefix}{self.gap}{mended}{each.letter}")

    def _of_other_width(self, each: Printed, marks: set[str]) -> Malformed | None:
        digits, extra = each.digits[: self.width], each.digits[self.width :]
        better = f"{self.prefix}{self.gap}"
        if extra and extra in marks:
            message = f"“{each.text}” has the mark of footnote {extra} glued to it."
            return Malformed(each.where, each.text, message, better + digits, sure=False)
        if extra and digits in self.written:
            message = (
                f"“{each.text}” has {len(each.digits)} digits, where {self._usual()}; {better}{digits} is also told."
            )
            return Malformed(each.where, each.text, message, better + digits, sure=False)
        if not (self.known or self.padded or each.digits[0] == "0"):
            return None
        bare = each.digits.lstrip("0")
        fits = len(bare) <= self.width
        message = f"“{each.text}” has {len(each.digits)} digits, where {self._usual()}."
        return Malformed(each.where, each.text, message, better + bare.zfill(self.width) + each.letter if fits else "")

    def _usual(self) -> str:
        return (
            f"{self.prefix} has {self.width}"
            if self.known
            else f"the paper's other {self.prefix} references have {self.width}"
        )


def _malformed_meetings(told: list[Said]) -> Iterator[Malformed]:
    """References of meetings and papers, joined by low lines, that a space or a letter spoils."""
    hits = [(hit, each.where) for each in told for hit in _MEETING.finditer(each.text)]
    well = {hit["body"] for hit, _ in hits if _WELL_FORMED.fullmatch(hit[0])}
    done: set[str] = set()
    for hit, where in hits:
        mended = hit["body"] + hit["rest"].replace(" ", "").translate(_DIGITS)
        if _WELL_FORMED.fullmatch(hit[0]) or hit[0] in done:
            continue
        if _WELL_FORMED.fullmatch(mended):
            done.add(hit[0])
            what = "a space" if " " in hit[0] else "a letter for a digit"
            yield Malformed(where, hit[0], f"“{hit[0]}” has {what} in it.", mended)
        elif hit["body"] in well:
            done.add(hit[0])
            message = f"“{hit[0]}” has not the form of the paper's other {hit['body']} references."
            yield Malformed(where, hit[0], message)


def _malformed_codes(told: list[Said]) -> Iterator[Malformed]:
    """References of parts joined by hyphens or strokes, in one of whose numbers a letter stands for a digit."""
    hits = [(hit[0], each.where) for each in told for hit in _CODE.finditer(each.text)]
    shapes = Counter(_shape(text) for text, _ in dict(hits).items())
    done: set[str] = set()
    yield from _of_other_widths(hits)
    for text, where in hits:
        parts = re.split("([-/_])", text)
        damaged = [part for part in parts[1:] if part.translate(_DIGITS).isdigit() and not part.isdigit()]
        damaged = [part for part in damaged if any(letter.isdigit() for letter in part)]
        if not damaged or text in done or _MEETING.fullmatch(text):
            continue
        beside = any(part.isdigit() and len(part) > 1 for part in parts)
        mended = "".join(part.translate(_DIGITS) if part in damaged else part for part in parts)
        if beside or damaged[0][0].isdigit() or shapes[_shape(mended)]:
            done.add(text)
            letter = next(letter for letter in damaged[0] if not letter.isdigit())
            yield Malformed(where, text, f"“{text}” has {_TAKEN_FOR[letter]}.", mended)


def _shape(text: str) -> str:
    return re.sub("[0-9]", "9", text)


def _of_other_widths(hits: list[tuple[str, Placed]]) -> Iterator[Malformed]:
    """The one reference of those alike but for their last number that has more digits than the others' 01, 02."""
    alike: dict[str, dict[str, Placed]] = defaultdict(dict)
    for text, where in hits:
        found = _LAST_NUMBER.fullmatch(text)
        if found:
            alike[found["stem"]].setdefault(found["last"], where)
    for stem, ends in alike.items():
        widths = Counter(map(len, ends))
        width, most = widths.most_common(1)[0]
        odd = [end for end in ends if len(end) != width]
        if most > 1 and len(odd) == 1 and all(end[0] == "0" for end in ends):
            message = (
                f"“{stem}{odd[0]}” ends with {len(odd[0])} digits, where the paper's others of {stem} have {width}."
            )
            yield Malformed(ends[odd[0]], stem + odd[0], message, stem + odd[0].lstrip("0").zfill(width))
