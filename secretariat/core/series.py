"""Series by headings: a table whose rows are the headings of a scheme, across the days on which schemes changed.

Months in which records are kept are counted; earlier ones are taken as they were printed. An earlier heading
stands in the row of the heading that continues it; one that none continues keeps a row of its own, so that
nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.text import slugify

from secretariat.core import published
from secretariat.core.figures import Cell, Grid, Head, Printed, Records, Sum, Unknown, Value, month_heads
from secretariat.core.schemes import Heading, Scheme
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month

TOTAL = "total"
NOT_THEN = Unknown("The scheme of that month has no such heading.")


def heading_key(group: str, name: str) -> str:
    """The stable key of a heading's row: "services-committee-support"."""
    return slugify(f"{group} {name}".replace("/", " "))


def own_row(name: str) -> Head:
    """The row of a heading that no heading in force continues."""
    return Head(f"earlier-{heading_key('', name)}", name)


class Series:
    """The headings of a subject in force on a day, and the row in which each earlier heading stands.

    Where no scheme is in force every heading keeps a row of its own. Three queries, whatever the schemes.
    """

    def __init__(self, subject: str, day: date) -> None:
        schemes = Scheme.objects.filter(subject=subject, from_day__lte=day).order_by("from_day")
        self.subject = subject
        self.schemes: list[Scheme] = list(schemes.prefetch_related("headings__continues"))
        self.present = self._in_force(day)
        self.rows = tuple(_head(heading) for heading in self.present.headings.all()) if self.present else ()
        self.heads: dict[int, Head] = {}
        for scheme in reversed(self.schemes):
            for heading in scheme.headings.all():
                self.heads[heading.pk] = self._row_of(scheme, heading)

    def _in_force(self, day: date) -> Scheme | None:
        found = (scheme for scheme in reversed(self.schemes) if scheme.from_day <= day)
        return next((scheme for scheme in found if scheme.to_day is None or scheme.to_day >= day), None)

    def _row_of(self, scheme: Scheme, heading: Heading) -> Head:
        """Schemes are walked from the newest back, so the heads of those that continue this one are known."""
        if scheme == self.present:
            return _head(heading)
        own = own_row(heading.name)
        later = (one for other in self.schemes for one in other.headings.all() if heading in one.continues.all())
        rows = {self.heads.get(one.pk, own) for one in later}
        return rows.pop() if len(rows) == 1 else own

    def row_of(self, heading_id: int) -> Head | None:
        """The row in which a heading stands; none for a heading of a scheme not yet in force."""
        return self.heads.get(heading_id)

    def headings_of(self, row: Head) -> list[int]:
        """The ids of every heading, present and earlier, that stands in a row."""
        return sorted(pk for pk, head in self.heads.items() if head == row)

    def named(self, name: str, day: date) -> Head:
        """The row of a printed name: as the scheme of that day had it, or else the newest scheme that knows it."""
        then = self._in_force(day)
        for scheme in [*([then] if then else []), *reversed(self.schemes)]:
            found = [one for one in scheme.headings.all() if name in (one.name, f"{one.group} {one.name}".strip())]
            if len(found) == 1:
                return self.heads[found[0].pk]
        return own_row(name)

    def changes(self, first: date) -> list[str]:
        """A sentence for each change of scheme after `first`, with the headings that took another name."""
        sentences = []
        for scheme in self.schemes:
            if scheme.from_day > first and scheme != self.schemes[0]:
                renamed = [
                    f"{heading.name} was {earlier.name}"
                    for heading in scheme.headings.all()
                    for earlier in heading.continues.all()
                    if earlier.name != heading.name
                ]
                before = f": before it, {', '.join(renamed)}" if renamed else ""
                sentences.append(f"The {self.subject} changed on {long_date(scheme.from_day)}{before}.")
        return sentences


def _head(heading: Heading) -> Head:
    return Head(heading_key(heading.group, heading.name), heading.name, heading.group)


@dataclass
class Table:
    """Fills a grid of headings by months.

    `kept` are the months that are counted, `counts` what was counted by heading and month, `records` the query
    of some headings (None: all of them) in a month, `value` how a printed number is held.
    """

    series: Series
    months: tuple[Month, ...]
    kept: frozenset[Month]
    counts: Mapping[tuple[int, Month], Value]
    records: Callable[[Month, list[int] | None], Records]
    printed: published.Printed
    value: Callable[[Decimal], Value]
    total_label: str = "Total"
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    extra: dict[str, Head] = field(default_factory=dict)

    def grid(self) -> Grid:
        """The grid: rows of the scheme in force, rows of headings that none continues, and the total."""
        for month in self.months:
            if month in self.kept:
                self._count(month)
            else:
                self._take_printed(month)
        rows = (*self.series.rows, *self.extra.values())
        for month in self.months:
            for row in rows:
                why = NOT_THEN if month in self.kept else Unknown()
                self.cells.setdefault((row.key, month.iso), Cell(None, why))
            self.cells[(TOTAL, month.iso)] = self._total(month, rows)
        heads = (*rows, Head(TOTAL, self.total_label))
        return Grid(heads, month_heads(self.months), self.cells, (TOTAL,), tuple(self._remarks()))

    def _count(self, month: Month) -> None:
        counted: dict[Head, list[int]] = {row: self.series.headings_of(row) for row in self.series.rows}
        for pk, when in self.counts:
            row = self.series.row_of(pk)
            if when == month and row is not None and row not in counted:
                self.extra[row.key] = row
                counted[row] = self.series.headings_of(row)
        for row, headings in counted.items():
            value = sum((self.counts.get((pk, month), 0) for pk in headings), self.value(Decimal()))
            self.cells[(row.key, month.iso)] = Cell(value, self.records(month, headings))

    def _take_printed(self, month: Month) -> None:
        for (name, when), line in self.printed.parts.items():
            if when != month:
                continue
            row = self.series.named(name, month.last)
            if (row.key, month.iso) in self.cells:
                row = own_row(name)
            if row not in self.series.rows:
                self.extra[row.key] = row
            self.cells[(row.key, month.iso)] = Cell(self.value(line.value), Printed(line))

    def _total(self, month: Month, rows: Iterable[Head]) -> Cell:
        if month in self.kept:
            counted = (value for (_, when), value in self.counts.items() if when == month)
            return Cell(sum(counted, self.value(Decimal())), self.records(month, None))
        line = self.printed.totals.get(month)
        if line is not None:
            return Cell(self.value(line.value), Printed(line), disagreement(self.printed, month))
        parts = [(row.key, month.iso) for row in rows if self.cells[(row.key, month.iso)].value is not None]
        if not parts:
            return Cell(None, Unknown())
        return Cell(self.value(self.printed.sum_of_parts(month)), Sum(tuple(parts)))

    def _remarks(self) -> list[str]:
        remarks = self.series.changes(self.months[0].first)
        if self.series.present is None:
            remarks.append(f"No scheme of {self.series.subject} is in force on {long_date(self.months[-1].last)}.")
        elif self.extra:
            names = ", ".join(sorted(row.label for row in self.extra.values()))
            remarks.append(f"Without a heading in the present scheme, each in a row of its own: {names}.")
        totals = (self.cells[(TOTAL, month.iso)].remark for month in self.months)
        return [*remarks, *(remark for remark in totals if remark)]


def disagreement(printed: published.Printed, month: Month) -> str:
    """What to say where a month's printed total is not the sum of its printed parts; nothing where it is."""
    line, parts = printed.totals.get(month), printed.sum_of_parts(month)
    if line is None or not any(when == month for _, when in printed.parts) or line.value == parts:
        return ""
    total, sum_ = as_printed(line.value), as_printed(parts)
    return f"The published total for {month.label} is {total}; its published parts sum to {sum_}."


def as_printed(value: Decimal) -> str:
    """A printed number in a sentence: whole where it is whole, otherwise with two decimals."""
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,.2f}"


def whole(value: Decimal) -> int:
    """A printed count as a whole number."""
    return int(value)


def two_places(value: Decimal) -> Decimal:
    """A printed amount with its two decimals."""
    return value.quantize(Decimal("0.01"))
