"""Calls that a newsletter carries: what closes when, and which of them a reader would meet too late."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from secretariat.plain.dates import MONTH_NAMES, instant, local_day, month_number, plain_date

_MONTHS = "|".join(MONTH_NAMES)
_DATE = re.compile(rf"\b(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)? (?P<month>{_MONTHS})(?: (?P<year>[0-9]{{4}}))?\b")
_ASKS = re.compile(
    r"\b(apply|applications?|attend|book|by|clos(?:es?|ing)|deadline|nominat\w*|register|registration|respon[ds]\w*|"
    r"submit|until|views|invited)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, order=True)
class Call:
    """Something that a reader is asked to do, the instant at which it closes, and where it is done."""

    closes_at: datetime
    what: str
    href: str = ""


@dataclass(frozen=True)
class Finding:
    """Something wrong or doubtful: the rule, the words it is about, what to do, and where. The serious is mended."""

    rule: str
    words: str
    message: str
    serious: bool = False
    href: str = ""


def closing_time(closes_at: datetime) -> str:
    """When a call closes, in a sentence: "17:00 on 4 February 2022"."""
    return f"{instant(closes_at)[-5:]} on {plain_date(local_day(closes_at))}"


def too_late(calls: Iterable[Call], sent_at: datetime, least_days: int) -> Iterator[Finding]:
    """The calls that have closed when the newsletter is sent, and those that close within some days after."""
    for call in sorted(set(calls)):
        if call.closes_at <= sent_at:
            said = f"It closed at {closing_time(call.closes_at)}, before the newsletter is sent. Take it out."
            yield Finding("call-is-over", call.what, said, serious=True, href=call.href)
        elif call.closes_at < sent_at + timedelta(days=least_days):
            said = f"It closes at {closing_time(call.closes_at)}: readers have less than {least_days} days."
            yield Finding("call-closes-soon", call.what, said, href=call.href)


def typed_calls(text: str, day: date, least_days: int) -> Iterator[Finding]:
    """Sentences that ask for something by a typed day that is past, or nearly, when the newsletter is sent.

    A day without a year is taken as that which lies nearest to the newsletter's own.
    """
    for sentence in _SENTENCE.split(text):
        if not _ASKS.search(sentence):
            continue
        for match in _DATE.finditer(sentence):
            named = _named_day(match, day)
            if named is None:
                continue
            words = " ".join(sentence.split())[:300]
            if named < day:
                yield Finding(
                    "typed-call-is-over", words, f"{match.group(0)} is past on {plain_date(day)}.", serious=True
                )
            elif named < day + timedelta(days=least_days):
                yield Finding("typed-call-closes-soon", words, f"{match.group(0)} is less than {least_days} days away.")


def _named_day(match: re.Match[str], day: date) -> date | None:
    years = [int(match["year"])] if match["year"] else [day.year - 1, day.year, day.year + 1]
    found = []
    for year in years:
        try:
            found.append(date(year, month_number(match["month"]), int(match["day"])))
        except ValueError:
            continue
    return min(found, key=lambda one: abs((one - day).days), default=None)
