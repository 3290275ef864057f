"""Putting a paper together: figures are counted once, fields looked up, and every number remembers its source."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.figures import FIGURES, Cell, Figure, Grid, Listing, Printed, Records, Result, Span, Sum
from secretariat.core.kinds import by_word
from secretariat.papers import document as doc
from secretariat.papers.deadlines import paper_day
from secretariat.papers.models import Paper, Passage
from secretariat.papers.narrative import Field, UnknownField, runs, styled
from secretariat.papers.report import Part
from secretariat.plain.dates import parse_day, plain_date
from secretariat.plain.months import Month
from secretariat.plain.rounding import printed

NOTHING = "Nothing is reported here this time."
"""What stands below a heading where nobody wrote and nothing is counted."""


class Assembly:
    """One paper being put together, for readers cleared for `edition`."""

    def __init__(self, paper: Paper, edition: int | None = None) -> None:
        self.paper = paper
        self.edition = paper.issue_class if edition is None else edition
        self.month = paper.reported
        self.span = Span.of(self.month)
        self.results: dict[tuple[str, str], Result] = {}
        self.problems: list[str] = []

    @property
    def open_class(self) -> int:
        """Up to which class records may be shown: a Red one has readers of its own, who need not be this edition's."""
        return min(self.edition, Class.AMBER)

    @cached_property
    def meeting(self) -> Any:
        """The meeting that receives the paper."""
        return self.paper.meeting

    @cached_property
    def day(self) -> Any:
        """The paper's date: paper day of its meeting."""
        return paper_day(self.meeting.day, calendar())

    @cached_property
    def since(self) -> Span:
        """From the last meeting of the same body to the paper's date."""
        previous = self.meeting.previous
        return Span.after(previous.day, self.day) if previous is not None else Span(self.span.first, self.day)

    @cached_property
    def since_paper(self) -> Span:
        """After the day of the paper for the body's last meeting, to this paper's day: what is told once.

        Without a last meeting it begins with the month reported on.
        """
        previous = self.meeting.previous
        if previous is None:
            return Span(self.span.first, self.day)
        return Span.after(paper_day(previous.day, calendar()), self.day)

    @cached_property
    def passages(self) -> dict[str, list[Passage]]:
        """The narrative that this edition may show, by part."""
        found: dict[str, list[Passage]] = {}
        readable = self.paper.passages.filter(classification__lte=self.edition).exclude(state="removed")
        for passage in readable.order_by("part", "position", "id"):
            found.setdefault(passage.part, []).append(passage)
        return found

    def result(self, figure: Figure, span: Span | None = None) -> Result:
        """What a figure counts over a span (the paper's month unless told), counted once."""
        key = (figure.name, str(span or self.span))
        if key not in self.results:
            self.results[key] = figure(span or self.span)
        return self.results[key]

    def grid(self, figure: Figure, span: Span | None = None) -> Grid:
        """The same, where the figure is a grid. Raises TypeError otherwise."""
        result = self.result(figure, span)
        if not isinstance(result, Grid):
            raise TypeError(f"{figure.name} is a listing.")
        return result

    def listing(self, figure: Figure, span: Span | None = None) -> Listing:
        """The same, where the figure is a listing. Raises TypeError otherwise."""
        result = self.result(figure, span)
        if not isinstance(result, Listing):
            raise TypeError(f"{figure.name} is a grid.")
        return result

    def source(self, figure: Figure, span: Span | None = None) -> int:
        """The number of a figure's entry in the annex of sources."""
        self.result(figure, span)
        return list(self.results).index((figure.name, str(span or self.span))) + 1

    def href(self, figure: Figure, span: Span | None = None, row: str = "", column: str = "") -> str:
        """The address, within this paper, that opens a number."""
        base = reverse("paper-cell", args=[self.paper.key, figure.name, str(span or self.span)])
        return f"{base}?{urlencode({'row': row, 'column': column})}" if row else base

    def number(
        self,
        figure: Figure,
        row: str = "",
        column: str = "",
        span: Span | None = None,
        places: int = 0,
        style: str = "",
    ) -> doc.Number:
        """One number as printed, opening to what it counted. Raises KeyError when there is no such cell."""
        result = self.result(figure, span)
        cell = result.headline
        if row:
            if not isinstance(result, Grid):
                raise KeyError(row)
            cell = result.cell(row, column)
        whole = cell.value if isinstance(cell.value, int) else None
        text = styled(as_printed(cell, places), whole, style)
        return doc.Number(text, self.href(figure, span, row, column), self.source(figure, span))

    def narrative(self, part: Part) -> list[doc.Block]:
        """The owner's passages of a part, bullets gathered into lists. Unknown fields are gathered as problems."""
        blocks: list[doc.Block] = []
        bullets: list[doc.Item] = []
        for passage in self.passages.get(part.key, []):
            if passage.kind == Passage.Kind.PARAGRAPH:
                bullets = _flush(blocks, bullets)
                blocks.append(doc.Paragraph(self.words(passage)))
            elif passage.kind == Passage.Kind.SUB_BULLET and bullets:
                last = bullets[-1]
                bullets[-1] = doc.Item(last.runs, (*last.items, doc.Item(self.words(passage))))
            else:
                bullets.append(doc.Item(self.words(passage)))
        _flush(blocks, bullets)
        return blocks

    def words(self, passage: Passage) -> doc.Runs:
        """A passage with its fields looked up; an unknown field is printed as typed and noted as a problem.

        One of a class above the paper's says so before its words.
        """
        above = passage.classification > self.paper.issue_class
        mark = (doc.Text(f"[{Class(passage.classification).label}] ", strong=True),) if above else ()
        return (*mark, *runs(passage.text, lambda field: self._tolerant(field, passage)))

    def _tolerant(self, field: Field, passage: Passage) -> doc.Inline:
        try:
            return self.resolve(field, passage.classification)
        except UnknownField as error:
            self.problems.append(f"{passage}: {error}")
            return doc.Text(f"[[{field.text}]]")

    def resolve(self, field: Field, level: int | None = None) -> doc.Inline:
        """A live field as what it prints in words of a class, the edition's unless told. Raises UnknownField."""
        dates: dict[str, Callable[[], str]] = {
            "month": lambda: self.month.label,
            "month name": lambda: self.month.label.split()[0],
            "last month": lambda: self.month.plus(-1).label,
            "next month": lambda: self.month.plus(1).label,
            "paper day": lambda: plain_date(self.day),
            "meeting day": lambda: plain_date(self.meeting.day),
            "last meeting day": lambda: plain_date(self._previous_day()),
        }
        if field.name in dates:
            return doc.Text(dates[field.name]())
        if ":" in field.name:
            return self._record(field, self.edition if level is None else level)
        return self._figure(field)

    def _previous_day(self) -> Any:
        previous = self.meeting.previous
        if previous is None:
            raise UnknownField("There is no meeting before this one in the record.")
        return previous.day

    def _record(self, field: Field, level: int) -> doc.Inline:
        word, _, key = field.name.partition(":")
        if word == "date":
            try:
                return doc.Text(plain_date(parse_day(key)))
            except ValueError as error:
                raise UnknownField(str(error)) from error
        kind = by_word(word)
        record = kind.find(key) if kind else None
        above = Class(getattr(record, "classification", Class.WHITE))
        if kind is None or record is None or above == Class.RED:
            raise UnknownField(f"“{field.name}” names nothing in the record.")
        if above > level:
            raise UnknownField(f"“{field.name}” is {above.label} and may not stand in a {Class(level).label} paper.")
        text = kind.title(record) if field.style == "title" else getattr(record, "reference", "") or str(record)
        return doc.Link(text, record.get_absolute_url())

    def _figure(self, field: Field) -> doc.Inline:
        path, _, when = field.name.partition("@")
        name, *keys = path.split("/")
        if name not in FIGURES:
            raise UnknownField(f"“{field.name}” is not a figure, a date or a record.")
        row, column = (*keys, "", "")[:2]
        try:
            return self.number(FIGURES[name], row, column, self._when(when), style=field.style)
        except KeyError as error:
            raise UnknownField(f"The figure {name} has no row or column {error}.") from error

    def _when(self, when: str) -> Span | None:
        known = {
            "": None,
            "since": self.since,
            "since paper": self.since_paper,
            "previous": Span.of(self.month.plus(-1)),
        }
        if when in known:
            return known[when]
        try:
            return Span.of(Month.parse(when))
        except ValueError as error:
            raise UnknownField(
                f"“{when}” is not a span: use since, since paper, previous or a month such as 2020-01."
            ) from error

    def document(self) -> doc.Document:
        """The whole paper, numbered, with its annex of sources."""
        sections = [
            doc.Section("purpose", "Purpose", (self._said(self.paper.report.purpose),)),
            doc.Section("recommendation", "Recommendation", (self._said(self.paper.report.recommendation),)),
        ]  # fmt: skip
        for part, below in self.paper.report.parts_in(self.paper.month):
            blocks = part.layout(self, part)
            blocks += [doc.Section(sub.key, sub.title, _said_or_none(sub.layout(self, sub))) for sub in below]
            sections.append(doc.Section(part.key, part.title, _said_or_none(blocks)))
        return doc.numbered(doc.Document(self.front(), tuple(sections), self.sources()))

    def _said(self, text: str) -> doc.Paragraph:
        return doc.Paragraph(runs(text, self.resolve))

    def front(self) -> doc.Front:
        """The paper's front matter (rule REF-4)."""
        report = self.paper.report
        return doc.Front(
            title=f"{report.title}: {self.paper.month.label}",
            reference=self.paper.reference,
            action=report.action,
            classification=Class(self.edition).label,
            class_statement=STATEMENTS[Class(self.edition)],
            author=self.paper.author,
            day=self.day,
            attachments=tuple(
                doc.Attachment(row.label, row.title + (f" ({row.not_supplied})" if row.not_supplied else ""),
                               Class(row.classification).label)
                for row in self.paper.attachments.all()
            ),
            version=self.paper.version,
            administrator=settings.ADMINISTRATION,
        )  # fmt: skip

    def sources(self) -> tuple[doc.Source, ...]:
        """One entry per figure counted, in the order in which the paper first uses it."""
        return tuple(
            doc.Source(number, f"{FIGURES[name].title}, {span}", FIGURES[name].rule, origins(result),
                       self.href(FIGURES[name], Span.parse(span)))
            for number, ((name, span), result) in enumerate(self.results.items(), start=1)
        )  # fmt: skip


def _flush(blocks: list[doc.Block], bullets: list[doc.Item]) -> list[doc.Item]:
    if bullets:
        blocks.append(doc.Bullets(tuple(bullets)))
    return []


def _said_or_none(blocks: list[doc.Block]) -> tuple[doc.Block, ...]:
    """A section's blocks; of an empty one that it is meant to be."""
    return tuple(blocks) or (doc.Paragraph((doc.Text(NOTHING),), "note"),)


def as_printed(cell: Cell, places: int = 0) -> str:
    """A cell's value as a table prints it: thousands separated, decimals to `places`, a dash where nothing is known."""
    if cell.value is None:
        return "–"
    if isinstance(cell.value, Decimal):
        return f"{printed(cell.value, places):,.{places}f}"
    return f"{cell.value:,}"


def origins(result: Result) -> str:
    """Where a figure's numbers come from, as a sentence."""
    if isinstance(result, Listing):
        return f"Each row is a record ({result.counted.model._meta.verbose_name})."
    parts = []
    counted = {
        cell.counted.model._meta.verbose_name for cell in result.cells.values() if isinstance(cell.counted, Records)
    }
    if counted:
        parts.append(
            f"Counted from records ({', '.join(sorted(str(name) for name in counted))}){_where(result, Records)}."
        )
    printed = {
        cell.counted.row.publication.title for cell in result.cells.values() if isinstance(cell.counted, Printed)
    }
    if printed:
        parts.append(f"Taken as printed in {', '.join(sorted(printed))}{_where(result, Printed)}.")
    if any(isinstance(cell.counted, Sum) for cell in result.cells.values()):
        parts.append("Totals are reckoned from the rows above them.")
    return " ".join(parts) or "Nothing is known."


def _where(grid: Grid, kind: type[Records] | type[Printed]) -> str:
    labels = [
        column.label
        for column in grid.columns
        if any(isinstance(cell.counted, kind) for key, cell in grid.cells.items() if key[1] == column.key)
    ]
    if len(labels) == len(grid.columns) or not labels:
        return ""
    return f" for {labels[0]}" if len(labels) == 1 else f" for {labels[0]} to {labels[-1]}"
