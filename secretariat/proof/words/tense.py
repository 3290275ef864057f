"""How sentences tell days: as still to come, as a deadline, or as past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from secretariat.proof.paper import Paper
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.said import Said, around, said

_NEAR: Final = timedelta(days=62)

_BREAK: Final = re.compile(
    r"[;:–—•]\s|[,)]\s|\s(?:which|that|who|whom|where|when|but|because|following|since|if|than|while|whilst|including)\s"
)
_FUTURE: Final = (
    r"\b(?:will|shall|is\s+to|are\s+to|(?:is|are)\s+(?:currently\s+|now\s+|also\s+)?(?:due|scheduled|planned|expected|"
    r"going|set|invited)(?:\s+to)?|(?:plan|intend|expect|hope|aim)s?\s+to|upcoming|forthcoming)\b"
)
_OPENING: Final = re.compile(r"^\W*(?:on|by|from|at|in|until|before)?\s*(?:the\s+)?$", re.IGNORECASE)
_THEN_FUTURE: Final = re.compile(rf"^,?\s+(?:[\w’'&/()-]+\s+){{0,7}}?{_FUTURE}", re.IGNORECASE)
_FUTURE_THEN: Final = re.compile(rf"{_FUTURE}(?P<between>[^.]{{0,140}})$", re.IGNORECASE)
_NEXT: Final = re.compile(r"\bnext\s(?:[\w’'()&/-]+\s){0,9}(?:is|are)\s(?:on\s|for\s)?(?:the\s)?$", re.IGNORECASE)
_AT: Final = re.compile(
    r"(?:\b(?:on|by|from|at|until|before|in|for|to|around|commencing|between|and|or|(?:end|start|week|beginning|middle|"
    r"course)\s+of)|w/c|[:(–-])\s*(?:the\s+)?(?:early\s+|mid[- ]|late\s+)?$",
    re.IGNORECASE,
)
_PARTICIPLE: Final = re.compile(
    r"(?P<before>\w+)\s+(?P<participle>\w+ed|held|made|sent|given|met|set|taken|begun|dated)\s+(?:on|in|by|at|for|from)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_REPORTED: Final = re.compile(
    r"\b(?:agreed|noted|advised|confirmed|stated|reported|said|explained|informed|announced|suggested|proposed)\b",
    re.IGNORECASE,
)
_TIME: Final = (
    r"(?:(?:[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm|hrs)?|noon|midday|midnight|close(?:\s+of\s+(?:business|play))?|cob|"
    r"the\s+end\s+of|end\s+of)\s*(?:,|on|of)?\s*)?"
)
_RESPOND: Final = re.compile(
    r"\b(?:please|(?:invited|encouraged|requested|asked|required|reminded|welcome|able|need|wish|want)\s+to|should|must|can|"
    r"may|write|reply|respond|register|apply|book|let\s+us\s+know|have|open|remains?\s+open|closes|deadline\s+(?:is|of)|due|responses?)\b(?P<between>[^.;]{0,160}?)"
    rf"(?:\bby|\bbefore|\buntil|\btill|\bno\s+later\s+than|\bon|\bcloses|\bis)\s+{_TIME}(?:the\s+)?$",
    re.IGNORECASE,
)
_ANSWERING: Final = re.compile(
    r"\b(?:respond|repl|register|sign\s+up|submit|return|send|provide|comment|nominat|appl|book|vote|confirm|e-?mail|contact|"
    r"write|responses?|open|clos|deadline|feedback|views|subscri)",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:was|were|had|closed|been|did|missed|expired|extended|previously|invited\s+\w+\s+to)\b", re.IGNORECASE
)
_CLOSING: Final = re.compile(
    rf"(?:^\W{{0,4}}|[(•*|]\s?)(?:closing\s+date|deadline|response\s+deadline|respond\s+by|responses?\s+(?:due|by)|return\s+by|"
    rf"reply\s+by|submit\s+by|closes|closes\s+on|deadline\s+for\s+[\w\s]{{1,40}})\W{{0,6}}{_TIME}$",
    re.IGNORECASE,
)
_HAPPENED: Final = re.compile(
    r"\b(?:met|took\s+place|went\s+live|held|was\s+\w+|were\s+\w+|began|ran|came|sent|made|gave|[a-z]{2,20}ed)"
    r"(?:\s+[\w’'()&/-]+){0,8}?\s+on\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FOUND: Final = re.compile(
    r"\s(?:found|showed|agreed|gave|reported|recorded|confirmed|considered|decided|was|were|had)\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"[‘“][^’”]{1,120}[’”]")
_MEETS: Final = re.compile(
    r"\b(?:meets|takes\s+(?:place|effect)|opens|closes|starts|begins|goes\s+live|comes\s+into\s+\w+)\s+(?:again\s+|next\s+)?"
    r"on\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NOT_HAPPENED: Final = re.compile(
    r"\b(?:to\s+be|will|would|shall|due|scheduled|planned|expected|implement\w*|effective|expir\w*|for|until|can|may|should|"
    r"next|proposed|be|are|is|if|unless|once|provided)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A day that a sentence tells, and the last day that it can be; mild where its tense does not prove when."""

    said: Said
    mention: Mention
    day: date
    mild: bool = False

    @property
    def words(self) -> str:
        """The sentence that tells it, or its part about the day."""
        return around(self.said.text, self.mention.start, self.mention.end)


def ahead(paper: Paper) -> Iterator[Told]:
    """Days that the paper's words tell as still to come."""
    if paper.dated is None:
        return
    for each in said(paper):
        before: tuple[Mention, bool] | None = None
        for told in mentions(each.text):
            joined = before is not None and before[1] and _is_joined(each.text, before[0], told)
            present = _MEETS.search(_clause_before(each.text, told.start)) is not None
            future = joined or present or _is_ahead(each.text, told)
            if future and (day := _last_day(told, paper.dated)):
                speech = _REPORTED.search(_sentence_before(each.text, told.start)) is not None
                yield Told(each, told, day, mild=speech or present)
            before = told, future


def _last_day(told: Mention, about: date) -> date | None:
    """The day; of a month with its year, its last; of a day without a year, the nearest, unless it is far away."""
    if told.day is None:
        return told.month_told.last if told.month_told else None
    if told.year is not None:
        return told.date
    day = told.near(about)
    return day if day is not None and abs(day - about) <= _NEAR else None


def _sentence_before(text: str, end: int) -> str:
    window = text[max(0, end - 220) : end]
    return re.split(r"[.!?]\s+(?=[A-Z])", window)[-1]


def _clause_before(text: str, end: int) -> str:
    return _BREAK.split(_sentence_before(text, end))[-1]


def _is_joined(text: str, one: Mention, two: Mention) -> bool:
    return re.fullmatch(r"\s*(?:,|and|&|or|to|–|-|,\s*and)\s*", text[one.end : two.start]) is not None


def _is_ahead(text: str, told: Mention) -> bool:
    before = _clause_before(text, told.start)
    if _OPENING.match(before) and _THEN_FUTURE.match(text[told.end : told.end + 90]):
        return told.day is not None
    if _NEXT.search(before):
        return True
    future = _FUTURE_THEN.search(before)
    if future is None or not _AT.search(before) or _names_a_thing(text, told):
        return False
    return not _is_narrated(before)


def _is_narrated(before: str) -> bool:
    """Whether the day belongs to something done, as in "the report issued on"."""
    told = _PARTICIPLE.search(before)
    return told is not None and re.fullmatch(r"(?:be|being|is|are|to|\w+ly)", told["before"], re.IGNORECASE) is None


def _names_a_thing(text: str, told: Mention) -> bool:
    """Whether a month is part of a name, as in "the June 2020 Release"."""
    return told.day is None and re.match(r"\s+(?:[A-Z]|meeting|release)", text[told.end : told.end + 12]) is not None


def deadlines(paper: Paper) -> Iterator[Told]:
    """Days by which the paper asks for something."""
    about = paper.dated
    for each in said(paper) if about is not None else ():
        for told in mentions(each.text):
            if told.day is None or each.cell:
                continue
            sentence = _sentence_before(each.text, told.start)
            past = _PAST.search(sentence) or _is_narrated(sentence)
            asks = not past and _ANSWERING.search(sentence) and _RESPOND.search(sentence)
            if (asks or _CLOSING.search(sentence)) and about and (day := _last_day(told, about)):
                yield Told(each, told, day)


def happened(paper: Paper) -> Iterator[Told]:
    """Days with their year on which the paper says that something took place."""
    for each in said(paper):
        for told in mentions(each.text):
            if told.date and _is_over(each.text, told):
                yield Told(each, told, told.date)


def _is_over(text: str, told: Mention) -> bool:
    clause = _QUOTED.sub(" ", _clause_before(text, told.start))
    if _NOT_HAPPENED.search(clause):
        return False
    found = clause.endswith(" of ") and _FOUND.match(text[told.end : told.end + 14])
    return bool(found or _HAPPENED.search(clause))
