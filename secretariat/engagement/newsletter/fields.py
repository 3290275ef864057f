"""Live fields of the editors' paragraphs: records, days and figures are looked up, not typed.

`[[proposal:MP078]]` is the reference as a link, `|title` the title and `|named` both; `|day` and `|closes` are days of
the record; `[[date:2022-02-04]]` is a day and `[[call:2022-01-28 17:00]]` the end of a call, which the check watches;
`[[open_proposals]]` is a figure of the days told of, `[[issue day]]` and `[[last issue]]` are the newsletter's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from secretariat.core.figures import FIGURES, Grid, Result, Span
from secretariat.core.kinds import KINDS, by_word, kind_of
from secretariat.engagement.newsletter.calls import Call, closing_time
from secretariat.engagement.newsletter.models import Newsletter
from secretariat.papers.assembly import as_printed
from secretariat.papers.document import Inline, Link, Runs, Text
from secretariat.papers.narrative import Field, UnknownField, runs, styled
from secretariat.plain.dates import LONDON, local_day, parse_day, plain_date
from secretariat.plain.months import Month

DAYS = ("day", "begins_at", "go_live_on", "decided_at", "published_on", "opens_at", "raised_on")
CLOSES = ("closes_at", "registration_ends", "closes_on")
MORNING = time(9)
_HOUR = re.compile(r"(?P<day>.*\S) +(?P<hour>[0-2][0-9]):(?P<minute>[0-5][0-9])")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]\((?P<href>(?:https?://|/)[^\s()]+)\)|(?P<bare>https?://[^\s()<>]*[^\s()<>.,;:])"
)


def sent_at(newsletter: Newsletter, at: datetime) -> datetime:
    """When a newsletter would be sent, seen from an instant: on the morning of its day, or now if that is past."""
    return max(at, datetime.combine(newsletter.day, MORNING, tzinfo=LONDON))


class Lookup:
    """The fields of one newsletter as at an instant; gathers the calls it met and the fields that name nothing."""

    def __init__(self, newsletter: Newsletter, at: datetime) -> None:
        self.newsletter = newsletter
        self.at = at
        self.calls: list[Call] = []
        self.problems: list[tuple[str, str]] = []
        self.place = ""
        """The address of the paragraph that is read."""
        self._results: dict[tuple[str, Span], Result] = {}

    @property
    def span(self) -> Span:
        """The days that the newsletter tells of."""
        return Span.after(self.newsletter.after, self.newsletter.day)

    def words(self, text: str) -> Runs:
        """A text with its fields looked up and its addresses made links; an unknown field stays as typed."""
        found: list[Inline] = []
        for run in runs(text, self._tolerant):
            found += linked(run) if isinstance(run, Text) else [run]
        return tuple(found)

    def _tolerant(self, field: Field) -> Inline:
        try:
            return self.resolve(field)
        except UnknownField as error:
            self.problems.append((str(error), self.place))
            return Text(f"[[{field.text}]]")

    def resolve(self, field: Field) -> Inline:
        """A live field as what it prints. Raises UnknownField."""
        own: dict[str, Callable[[], date]] = {
            "issue day": lambda: self.newsletter.day,
            "last issue": lambda: self.newsletter.after,
        }
        if field.name in own:
            return Text(plain_date(own[field.name]()))
        if field.name == "month":
            return Text(Month.of(self.newsletter.day).label)
        if ":" in field.name:
            return self._named(field)
        return self._figure(field)

    def _named(self, field: Field) -> Inline:
        word, _, key = field.name.partition(":")
        if word == "date":
            return Text(plain_date(_day(key)))
        if word == "call":
            return self._call(key, field.style or "A call of the editors'")
        kind = by_word(word)
        record = kind.find(key.strip()) if kind else None
        if kind is None or record is None:
            raise UnknownField(f"“{field.name}” names nothing in the record.")
        if not self._is_public(record):
            raise UnknownField(f"“{field.name}” is not public, so it may not stand in a newsletter.")
        return self._record(record, field)

    def _is_public(self, record: Any) -> bool:
        rows = type(record)._default_manager.filter(pk=record.pk)
        return hasattr(rows, "visible_to") and bool(rows.visible_to(None, self.at).exists())

    def _record(self, record: Any, field: Field) -> Inline:
        reference, title = getattr(record, "reference", "") or "", KINDS[kind_of(record)].title(record)
        if field.style == "day":
            return Text(_dated(record, DAYS, field))
        if field.style == "closes":
            closes_at = _instant(record, CLOSES)
            if closes_at is None:
                raise UnknownField(f"“{field.name}” has no day on which it closes.")
            self.calls.append(Call(closes_at, str(record), self.place))
            return Text(closing_time(closes_at), strong=True)
        named = f"{reference} ‘{title}’" if reference else str(record)
        words = {"": reference or str(record), "title": title, "named": named}.get(field.style)
        if words is None:
            raise UnknownField(f"“{field.style}” is not a way to print a record: use title, named, day or closes.")
        return Link(words, record.get_absolute_url())

    def _call(self, key: str, what: str) -> Inline:
        match = _HOUR.fullmatch(key.strip())
        hour = time(int(match["hour"]), int(match["minute"])) if match else time(17)
        closes_at = datetime.combine(_day(match["day"] if match else key), hour, tzinfo=LONDON)
        self.calls.append(Call(closes_at, what, self.place))
        return Text(closing_time(closes_at), strong=True)

    def _figure(self, field: Field) -> Inline:
        path, _, when = field.name.partition("@")
        name, *keys = path.split("/")
        if name not in FIGURES:
            raise UnknownField(f"“{field.name}” is not a figure, a date or a record.")
        try:
            span = Span.parse(when) if when else self.span
        except ValueError as error:
            raise UnknownField(f"“{when}” is not a span: use a month such as 2020-01.") from error
        cell = self.cell(name, span, *keys)
        whole = cell.value if isinstance(cell.value, int) else None
        return Text(styled(as_printed(cell), whole, field.style))

    def cell(self, name: str, span: Span, row: str = "", column: str = "") -> Any:
        """A cell of a figure, counted once; its headline without a row. Raises UnknownField when there is none."""
        key = (name, span)
        if key not in self._results:
            self._results[key] = FIGURES[name](span)
        result = self._results[key]
        if not row:
            return result.headline
        if not isinstance(result, Grid):
            raise UnknownField(f"The figure {name} has no rows to name.")
        try:
            return result.cell(row, column)
        except KeyError as error:
            raise UnknownField(f"The figure {name} has no row or column {error}.") from error


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise UnknownField(str(error)) from error


def _instant(record: Any, names: tuple[str, ...]) -> datetime | None:
    for name in names:
        value = getattr(record, name, None)
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, time(17), tzinfo=LONDON)
    return None


def _dated(record: Any, names: tuple[str, ...], field: Field) -> str:
    for name in names:
        value = getattr(record, name, None)
        if value is not None:
            return plain_date(local_day(value) if isinstance(value, datetime) else value)
    raise UnknownField(f"“{field.name}” has no day.")


def linked(text: Text) -> list[Inline]:
    """A text with the addresses in it made links: `[words](https://example.org/)`, or an address by itself."""
    found: list[Inline] = []
    end = 0
    for match in _LINK.finditer(text.text):
        if match.start() > end:
            found.append(Text(text.text[end : match.start()], text.strong))
        found.append(Link(match["words"] or match["bare"], match["href"] or match["bare"]))
        end = match.end()
    if end < len(text.text):
        found.append(Text(text.text[end:], text.strong))
    return found
