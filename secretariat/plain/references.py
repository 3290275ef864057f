"""References of meetings, their papers and proposals: read in the forms people write, printed in one (REF-1, MOD-1..3).

A meeting's reference carries day and month but no year; the year comes from the meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast, get_args

from secretariat.plain.dates import MONTH_NAMES

Prefix = Literal["SECMP", "DP", "MP"]

# Written by people for the code in the key's place; looked up with the space taken out.
_WRITTEN_FOR: Final = {"SMKIPMA": "SECPMA"}
# In prose, words separated by spaces are taken for a reference only when they begin with one of these.
_BODIES: Final = ("SECP", "SECCB", "CSC", "SECPMA", "SSC", "OPSG", "TABASC", "TAG", "SMDASC", "SWG", "PFCG")
_LEAP_YEAR: Final = 2000

_GAP: Final = r"[_ \-–]"
_MEETING: Final = (
    rf"(?P<body>[A-Z]+(?:[_ ]PMA)?)(?:[_ ]Meeting)?{_GAP}"
    rf"(?P<number>[0-9]{{1,3}})(?P<extra>x*){_GAP}(?P<ddmm>[0-9]{{4}})"
)
_PAPER: Final = rf" ?{_GAP} ?(?P<paper>[0-9]{{2}})"
_MEETING_TYPED: Final = re.compile(_MEETING, re.IGNORECASE)
_PAPER_TYPED: Final = re.compile(_MEETING + _PAPER, re.IGNORECASE)
_PROPOSAL: Final = r"(?:(?P<old>SECMP)(?P<four>[0-9]{4})|(?P<new>DP|MP)(?P<three>[0-9]{3,4}))(?P<suffix>[A-Z]?)"
_PROPOSAL_TYPED: Final = re.compile(_PROPOSAL, re.IGNORECASE)

# The paper's gap repeats the date's, so that a number which happens to follow "SSC_94_1202" is not taken for a paper.
_MEETING_IN_PROSE: Final = re.compile(
    rf"(?<![A-Za-z0-9_])(?P<body>SMKI[_ ]PMA|{'|'.join(_BODIES)}|[A-Z]{{2,12}}(?=_))(?:[_ ]Meeting)?"
    rf"{_GAP}(?P<number>[0-9]{{1,3}})(?P<extra>x*)(?P<gap>{_GAP})(?P<ddmm>[0-9]{{4}})"
    r"(?:(?: ?(?P=gap) ?)(?P<paper>[0-9]{2}))?(?![A-Za-z0-9]|_[0-9])"
)
_PROPOSAL_IN_PROSE: Final = re.compile(rf"(?<![A-Za-z0-9_]){_PROPOSAL}(?![A-Za-z0-9])")


class UnreadableReferenceError(ValueError):
    """The text is not a reference, or is one that cannot exist."""


@dataclass(frozen=True, order=True, slots=True)
class MeetingReference:
    """A meeting of a body: its number, how many extraordinary meetings after that number, its day and month.

    Raises UnreadableReferenceError for a day and month that no year has.
    """

    body: str
    number: int
    extraordinary: int
    day: int
    month: int

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{2,12}", self.body):
            raise UnreadableReferenceError(f"“{self.body}” is not a body's code: two to twelve capital letters.")
        if not 1 <= self.number <= 999:
            raise UnreadableReferenceError(f"A meeting's number runs from 1 to 999, not {self.number}.")
        if self.extraordinary < 0:
            raise UnreadableReferenceError("There cannot be fewer than no extraordinary meetings.")
        if not _exists(_LEAP_YEAR, self.month, self.day):
            raise UnreadableReferenceError(f"No year has a day {self.day:02d} in month {self.month:02d}.")

    @classmethod
    def for_meeting(cls, body: str, number: int, extraordinary: int, day: date) -> MeetingReference:
        """The reference of a body's meeting held on the day."""
        return cls(body, number, extraordinary, day.day, day.month)

    def on(self, year: int) -> date:
        """The meeting's date in the year; UnreadableReferenceError for 29 February of a year without one."""
        if not _exists(year, self.month, self.day):
            raise UnreadableReferenceError(f"{self} cannot be in {year}: no {self.day} {MONTH_NAMES[self.month - 1]}.")
        return date(year, self.month, self.day)

    def paper(self, paper: int) -> PaperReference:
        """The reference of this meeting's paper with that number."""
        return PaperReference(self, paper)

    def __str__(self) -> str:
        return f"{self.body}_{self.number:02d}{'x' * self.extraordinary}_{self.day:02d}{self.month:02d}"


@dataclass(frozen=True, order=True, slots=True)
class PaperReference:
    """A paper of a meeting, by its number from 0 to 99; UnreadableReferenceError for another number."""

    meeting: MeetingReference
    paper: int

    def __post_init__(self) -> None:
        if not 0 <= self.paper <= 99:
            raise UnreadableReferenceError(f"A paper's number runs from 0 to 99, not {self.paper}.")

    def __str__(self) -> str:
        return f"{self.meeting}_{self.paper:02d}"


@dataclass(frozen=True, order=True, slots=True)
class ProposalReference:
    """A proposal by its number in the one sequence, the prefix of its era and stage, and its letter if it was split.

    Sorts by number (MOD-2). Raises UnreadableReferenceError for a number or a letter outside MOD-3's form.
    """

    number: int
    prefix: Prefix
    suffix: str = ""

    def __post_init__(self) -> None:
        if self.prefix not in get_args(Prefix):
            raise UnreadableReferenceError(f"A proposal is a SECMP, a DP or an MP, not “{self.prefix}”.")
        if not 1 <= self.number <= 9999:
            raise UnreadableReferenceError(f"A proposal's number runs from 1 to 9999, not {self.number}.")
        if not re.fullmatch("[A-Z]?", self.suffix):
            raise UnreadableReferenceError(f"A split proposal has one capital letter, not “{self.suffix}”.")

    def __str__(self) -> str:
        digits = 4 if self.prefix == "SECMP" else 3
        return f"{self.prefix}{self.number:0{digits}d}{self.suffix}"


Reference = MeetingReference | PaperReference | ProposalReference


def parse_meeting(text: str) -> MeetingReference:
    """The meeting that a reference such as `OPSG_29xx_2402` names; else UnreadableReferenceError."""
    match = _MEETING_TYPED.fullmatch(text.strip())
    if match is None:
        raise UnreadableReferenceError(f"“{text.strip()}” is not a meeting's reference. Type it as SSC_94_1202.")
    return _meeting(match)


def parse_paper(text: str) -> PaperReference:
    """The paper that a reference such as `SECP_78_1303_30` names; else UnreadableReferenceError."""
    match = _PAPER_TYPED.fullmatch(text.strip())
    if match is None:
        raise UnreadableReferenceError(f"“{text.strip()}” is not a paper's reference. Type it as SECP_78_1303_30.")
    return _meeting(match).paper(int(match["paper"]))


def parse_proposal(text: str) -> ProposalReference:
    """The proposal that a reference such as `SECMP0046`, `DP098` or `MP102A` names; else UnreadableReferenceError."""
    match = _PROPOSAL_TYPED.fullmatch(text.strip())
    if match is None:
        raise UnreadableReferenceError(
            f"“{text.strip()}” is not a proposal's reference. Type it as SECMP0046 or MP102A."
        )
    return _proposal(match)


def find_references(text: str) -> list[tuple[int, int, Reference]]:
    """Every reference in prose as (start, end, reference), in order, none overlapping.

    Text in the form of a reference that cannot exist, such as a meeting on 31 February, is passed over.
    """
    found = [*_meetings_in(text), *_proposals_in(text)]
    return sorted(found, key=lambda hit: hit[0])


def _meetings_in(text: str) -> Iterator[tuple[int, int, Reference]]:
    for match in _MEETING_IN_PROSE.finditer(text):
        try:
            meeting = _meeting(match)
        except UnreadableReferenceError:
            continue
        yield match.start(), match.end(), meeting.paper(int(match["paper"])) if match["paper"] else meeting


def _proposals_in(text: str) -> Iterator[tuple[int, int, Reference]]:
    for match in _PROPOSAL_IN_PROSE.finditer(text):
        try:
            yield match.start(), match.end(), _proposal(match)
        except UnreadableReferenceError:
            continue


def _meeting(match: re.Match[str]) -> MeetingReference:
    written = re.sub("[_ ]", "", match["body"].upper())
    ddmm = match["ddmm"]
    body = _WRITTEN_FOR.get(written, written)
    return MeetingReference(body, int(match["number"]), len(match["extra"]), int(ddmm[:2]), int(ddmm[2:]))


def _proposal(match: re.Match[str]) -> ProposalReference:
    prefix = cast(Prefix, (match["old"] or match["new"]).upper())
    return ProposalReference(int(match["four"] or match["three"]), prefix, match["suffix"].upper())


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
