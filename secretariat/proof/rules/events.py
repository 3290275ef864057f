"""Rules about meetings and events, which have one day each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from secretariat.plain.dates import plain_date
from secretariat.proof.findings import Judged, Kind, Placed, Remark, rule
from secretariat.proof.paper import Block, Heading, Item, Paper, Paragraph, Row, Table
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.said import around

_MOST_APART: Final = 60
# Each is compared with each other; a paper with more is a register, not a calendar.
_MOST_EVENTS: Final = 300
_NOT_NAMES: Final = frozenset({
    "the", "a", "an", "of", "and", "for", "to", "meeting", "meetings", "scheduled", "regular", "monthly", "ordinary",
    "next", "planned", "formal", "no", "number", "upcoming", "annual", "our", "its", "on", "at",
})  # fmt: skip
_SHORT: Final = re.compile(
    r"(?P<words>(?:[A-Z][\w&’'/-]{0,30}\s(?:(?:and|of|for|the|&)\s){0,2}){1,10})\((?P<short>[A-Z][A-Za-z& ]{1,11})\)"
)
_NEXT: Final = re.compile(
    r"\bnext\s(?:scheduled\s|planned\s|regular\s|ordinary\s|formal\s|monthly\s)?(?P<name>[A-Z][^.,;:]{1,90}?)\s"
    r"(?:meetings?\s)?(?:will\s(?:be\s(?:held\s|on\s)?|take\splace\s|meet\s)|(?:is|are)\s(?:scheduled\s|planned\s|due\s)?"
    r"(?:for\s|on\s|to\sbe\sheld\s|to\stake\splace\s)?|takes?\splace\s|on\s)(?P<between>[^.;]{0,40})$"
)
_NUMBERED: Final = re.compile(
    r"(?P<name>[A-Z][\w&’'/()-]{0,30}(?:\s(?:[A-Z(][\w&’'/()-]{0,30}|and|of|for|the|&)){0,8}?)\s(?:[Mm]eeting\s)?(?:[Nn]o\.?\s)?(?P<number>[0-9]{1,3})"
    r"(?:\s(?:is|was|will\sbe|will\stake\splace|took\splace|held|to\sbe\sheld|scheduled|takes\splace)){0,2}\s{0,2}"
    r"(?:held\s)?(?:on\s|[(,:–-]\s{0,2}|for\s)(?:the\s)?$"
)
_TITLED: Final = re.compile(
    r"(?:^|[.!?•]\s|\b(?:[Tt]he|[Aa]n?)\s(?:[a-z]{1,20}\s){0,2})(?P<name>[A-Z][\w&’'/-]{0,30}(?:\s(?:[A-Z][\w&’'/-]{0,30}|of|for|and|the|to|on|&)){1,8})"
    r"(?:\s?[–—:,-]\s{0,2}|(?:,\s[^,.;]{1,60},|,|\s[a-z][^,.;]{1,40}?)?\s(?:(?:is|will\sbe|is\sbeing|takes|taking|to\sbe|will\stake)\s)"
    r"(?:held\s|hosted\s|taking\splace\s|place\s)?(?:[^.,;]{0,40}?\s)?on\s(?:the\s)?)$"
)
_TRAILING_NUMBER: Final = re.compile(r"[\s#]{1,2}(?:No\.?\s)?0{0,2}(?P<number>[1-9][0-9]{0,2})$")
_CALENDAR: Final = re.compile(r"\b(?:dates?|calendar|meetings?|events?|diary)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Event:
    """A meeting or event and the day told for it; "next" where it is told as the next of its kind."""

    name: tuple[str, ...]
    number: int | None
    day: date
    where: Placed
    text: str
    listed: bool = False
    next: bool = False
    title: str = ""

    @property
    def told(self) -> str:
        return f"{self.text} ({plain_date(self.day)})" if str(self.day.year) not in self.text else self.text


@rule("two-dates-one-meeting", Kind.PERIODS)
def two_dates_one_meeting(paper: Paper) -> Judged:
    """A meeting or event has the same day wherever the paper tells it.

    Looked at: "the next Panel meeting will be held on" against the rows of a calendar and against the same words
    elsewhere; meetings with a number ("Panel Meeting 46"); events by their title, in headings, prose, lists and
    calendars. Bodies are matched by name or by the abbreviation that the paper gives. Left alone: events that the
    calendar lists on several days, dates more than two months apart, and bodies that only sound alike.

    Example: "The next Architecture Committee meeting will be held on 20 July", and in the calendar "19 July".
    """
    short = _abbreviations(paper)
    events = [*_listed(paper, short), *_told(paper, short)]
    events = [*events, *_told_again(paper, events)][:_MOST_EVENTS]
    found: set[frozenset[tuple[str, date]]] = set()
    for one, two in _conflicts(events):
        key = frozenset({(" ".join(each.name), each.day) for each in (one, two)})
        if key not in found:
            found.add(key)
            yield Remark(
                one.where, one.text, f"It is told for {plain_date(one.day)} here, and for {plain_date(two.day)} in "
                f"“{two.text}”.", f"{plain_date(two.day)}, or {plain_date(one.day)} there too",
            )  # fmt: skip


def _conflicts(events: Sequence[_Event]) -> Iterator[tuple[_Event, _Event]]:
    listed = [event for event in events if event.listed]
    several = {id(event): len(_days_of(event, events)) > 1 for event in events}
    for one, two in combinations(events, 2):
        if one.day != two.day and abs((one.day - two.day).days) <= _MOST_APART and _is_same(one, two):
            spoken, other = (one, two) if not one.listed else (two, one)
            if spoken.next and other.listed:
                if _is_next(spoken, other, events, listed):
                    yield spoken, other
            elif _is_numbered(one, two) or not (several[id(one)] or several[id(two)]):
                yield spoken, other


def _is_numbered(one: _Event, two: _Event) -> bool:
    """Whether both tell one number; a meeting of two days may stand in a calendar twice."""
    two_days = one.listed and two.listed and abs((one.day - two.day).days) == 1
    return one.number is not None and one.number == two.number and not two_days


def _is_next(spoken: _Event, row: _Event, events: Sequence[_Event], listed: Sequence[_Event]) -> bool:
    """Whether the row is the one that "next" must mean: the calendar covers the day told, but lists none on it."""
    rows = [event.day for event in listed if _same_name(spoken.name, event.name)]
    told = {event.day for event in events if event.next and event.where is spoken.where}
    covered = min(event.day for event in listed) <= spoken.day
    return covered and spoken.day not in rows and row.day == min(rows) and row.day not in told


def _days_of(event: _Event, events: Sequence[_Event]) -> set[date]:
    """The days told for the event in the same manner: of several, none is in conflict."""
    return {
        other.day for other in events
        if other.listed == event.listed and other.next == event.next and _is_same(other, event)
        and (event.listed or other.where is event.where)
    }  # fmt: skip


def _is_same(one: _Event, two: _Event) -> bool:
    if one.number is not None and two.number is not None:
        return one.number == two.number and _same_name(one.name, two.name)
    if one.next != two.next:
        return (one.listed or two.listed) and _same_name(one.name, two.name)
    if one.next and two.next:
        return _same_name(one.name, two.name)
    return one.number is two.number is None and len(one.name) >= 2 and one.name == two.name


def _same_name(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if one == two:
        return bool(one)
    longer, shorter = (one, two) if len(one) >= len(two) else (two, one)
    if len(longer) == len(shorter):
        return all(a == b or (min(len(a), len(b)) >= 5 and _ratio(a, b) >= 0.8) for a, b in zip(one, two, strict=True))
    # "the Panel" is "SEC Panel": only a code's short name may stand before it.
    return bool(shorter) and len(longer) == len(shorter) + 1 and longer[1:] == shorter and len(longer[0]) <= 5


def _ratio(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two).ratio()


def _name(text: str, short: dict[tuple[str, ...], str]) -> tuple[tuple[str, ...], int | None]:
    """The words that tell the event from others, and its number."""
    text = " ".join(text.split())
    numbered = _TRAILING_NUMBER.search(text)
    text = text[: numbered.start()] if numbered else text
    bracketed = re.search(r"\(([A-Z][A-Za-z& ]{1,11})\)", text)
    if bracketed and _spells(text[: bracketed.start()], bracketed[1]):
        text = bracketed[1]
    words = _words(text)
    return _words(short.get(words, "")) or words, int(numbered["number"]) if numbered else None


def _words(text: str) -> tuple[str, ...]:
    plain = re.sub(r"[’']s?\b", "", text.lower())
    return tuple(word for word in re.findall(r"[a-z0-9]+", plain) if word not in _NOT_NAMES)


def _abbreviations(paper: Paper) -> dict[tuple[str, ...], str]:
    """The abbreviations that the paper gives, by the words that they stand for."""
    found: dict[tuple[str, ...], str] = {}
    for block in paper.blocks:
        texts = [text for row in block.rows for text in row.texts] if isinstance(block, Table) else [_text(block)]
        for text in texts:
            for told in _SHORT.finditer(text):
                words = told["words"].split()
                for at in range(len(words)):
                    if _spells(" ".join(words[at:]), told["short"]):
                        found.setdefault(_words(" ".join(words[at:])), told["short"])
                        break
    return found


def _spells(words: str, short: str) -> bool:
    """Whether the initials of the words are the letters of the abbreviation; a word in capitals counts whole."""
    parts = [part for part in re.split(r"[\s-]+", words.strip()) if part and part[0].isupper()]
    wanted = short.replace(" ", "").replace("&", "").upper()
    if len(parts) > 1 and wanted[0] == parts[0][0].upper() and _in_order(wanted, "".join(parts).upper()):
        return len(wanted) >= len(parts) and all(_in_order(part[0].upper(), wanted) for part in parts)
    whole = "".join(part if part.isupper() and len(part) <= 6 else part[0] for part in parts).upper()
    return wanted in {"".join(part[0] for part in parts).upper(), whole}


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters stand in the text in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph | Item) else ""


def _listed(paper: Paper, short: dict[tuple[str, ...], str]) -> Iterator[_Event]:
    """The rows of calendars: a cell that is only a day, and one other that names what is on."""
    heading = ""
    for block in paper.blocks:
        heading = block.text if isinstance(block, Heading) else heading
        if not isinstance(block, Table):
            continue
        head = " ".join(text for row in block.head for text in row.texts)
        year = re.search(r"\b(20[0-9]{2})\b", head)
        if _CALENDAR.search(f"{head} {block.caption} {heading}"):
            for row in block.rows:
                yield from _in_row(paper, row, int(year[1]) if year else None, short)


def _in_row(paper: Paper, row: Row, year: int | None, short: dict[tuple[str, ...], str]) -> Iterator[_Event]:
    filled = [text.strip() for text in row.texts if text.strip()]
    days = [(text, told) for text in filled for told in mentions(text)[:1] if told.day and told.text == text]
    names = [text for text in filled if not mentions(text) and re.search(r"[A-Za-z]{3}", text)]
    if len(days) != 1 or len(names) != 1 or len(names[0]) > 140:
        return
    name, number = _name(names[0], short)
    day = _day(paper, days[0][1], year)
    if name and day:
        yield _Event(name, number, day, row, f"{days[0][0]} {names[0]}", listed=True, title=names[0])


def _day(paper: Paper, told: Mention, year: int | None = None) -> date | None:
    if told.year is None and year is not None and told.month and told.day:
        try:
            return date(year, told.month, told.day)
        except ValueError:
            return None
    about = paper.dated or (paper.period.last.last if paper.period else None)
    return told.date or (told.near(about) if about else None)


def _told(paper: Paper, short: dict[tuple[str, ...], str]) -> Iterator[_Event]:
    """What prose, lists and headings tell: the next meeting, a meeting with its number, an event by its title."""
    before: Block | None = None
    for block in paper.blocks:
        text = _text(block)
        told = [each for each in mentions(text) if each.day is not None]
        for each in told:
            if day := _day(paper, each):
                yield from _event(block, text, each, day, short)
        if isinstance(before, Heading) and told and not isinstance(block, Heading) and told[0].start <= 2:
            name, number = _name(before.text, short)
            day = _day(paper, told[0])
            if day and len(name) >= 2 and len(told) == 1:
                yield _Event(name, number, day, block, f"{before.text}: {told[0].text}")
        before = block


def _told_again(paper: Paper, events: Sequence[_Event]) -> Iterator[_Event]:
    """Titles already known, beside another date: "Places at the Credit Workshop on 3 May", "3 May: Credit Workshop"."""
    titles = {event.title: event for event in events if event.title and event.number is None and len(event.name) > 1}
    if not titles:
        return
    names = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    before = re.compile(rf"\b(?P<title>{names})(?:\s[a-z][\w’' -]{{0,40}}?)?(?:\son|\sof|[,:–(-])\s(?:the\s)?$")
    after = re.compile(rf"\s?[:–—-]\s(?:the\s)?(?P<title>{names})\b", re.IGNORECASE)
    told = {(id(event.where), event.day) for event in events}
    for block in paper.prose():
        for each in mentions(block.text):
            found = before.search(block.text[max(0, each.start - 160) : each.start]) or after.match(
                block.text, each.end
            )
            day = _day(paper, each) if each.day and found else None
            known = titles.get(found["title"]) if found else None
            if day and known and (id(block), day) not in told:
                yield _Event(known.name, None, day, block, around(block.text, each.start, each.end))


def _event(where: Placed, text: str, told: Mention, day: date, short: dict[tuple[str, ...], str]) -> Iterator[_Event]:
    sentence = re.split(r"[.!?]\s{1,3}(?=[A-Z])", text[max(0, told.start - 220) : told.start])[-1]
    words = around(text, told.start, told.end)
    if found := _NEXT.search(sentence):
        others = mentions(found["between"])
        if not others or re.search(r"(?:and|&|,|to)\s{0,2}$", found["between"]):
            name, _ = _name(found["name"], short)
            if name:
                yield _Event(name, None, day, where, words, next=True)
        return
    for pattern in (_NUMBERED, _TITLED):
        if found := pattern.search(sentence):
            name, number = _name(found["name"], short)
            number = int(found["number"]) if pattern is _NUMBERED else number
            if name:
                title = re.sub(r"^(?:The|An?)\s", "", found["name"]) if pattern is _TITLED else ""
                yield _Event(name, number, day, where, words, title=title)
            return
