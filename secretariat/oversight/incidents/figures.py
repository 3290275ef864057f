"""What is counted of incidents: raised and resolved by category, those that grew old, and the major ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q

from secretariat.core.classification import Class
from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Sum, Unknown, figure, month_heads
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.incidents.models import CATEGORIES, AgedCategory, Incident, Side
from secretariat.oversight.incidents.standing import (
    age,
    band_of,
    bands,
    category_at,
    end_of,
    in_the_dccs_time,
    is_aged,
    open_at,
    side_at,
)
from secretariat.plain.dates import LONDON, long_date
from secretariat.plain.months import Month

MONTHS = 6
"""How many month ends the trend of aged incidents shows."""
TOTAL, NONE = "total", "none"
NO_EVENT = Unknown("No incident of these categories was resolved then that the DCC had to resolve: not applicable.")


def _bounds(span: Span) -> tuple[datetime, datetime]:
    return datetime(span.first.year, span.first.month, span.first.day, tzinfo=LONDON), end_of(span.last)


def _rows() -> Any:
    return Incident.objects.prefetch_related("categorisations", "assignments", "stops").order_by("pk")


def _records(found: Iterable[Incident]) -> Records:
    return Records(Incident, {"pk__in": [one.pk for one in found]})


def _cell(found: Sequence[Incident]) -> Cell:
    return Cell(len(found), _records(found))


def share(part: int, whole: int) -> Decimal:
    """A part of a whole in per cent, to two decimals, halves up. The whole is not nought."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


@figure("service_incidents", title="Incidents of the central service", unit="incidents")
def service_incidents(span: Span) -> Grid:
    """How many incidents were raised and how many resolved in the span, by the category each had at the end of the span
    or when it was resolved; and of those that the DCC or its providers had to resolve, how many were resolved within
    the time that the rulebook names, not counting times in which the clock was stopped or a Service User had to act.
    """
    first, last = _bounds(span)
    raised = list(_rows().filter(raised_at__range=(first, last)))
    resolved = list(_rows().filter(resolved_at__range=(first, last)))
    columns = (Head("raised", "Raised"), Head("resolved", "Resolved"), Head("dcc", "Of them, the DCC's to resolve"),
               Head("in_time", "Of these, in time"))  # fmt: skip
    cells: dict[tuple[str, str], Cell] = {}
    for number, _ in CATEGORIES:
        done = [one for one in resolved if category_at(one, one.resolved_at or last) == number]
        own = [one for one in done if _is_the_dccs(one)]
        key = f"category-{number}"
        cells[(key, "raised")] = _cell([one for one in raised if category_at(one, last) == number])
        cells[(key, "resolved")] = _cell(done)
        cells[(key, "dcc")] = _cell(own)
        cells[(key, "in_time")] = _cell([one for one in own if in_the_dccs_time(one)])
    heads = tuple(Head(f"category-{number}", label) for number, label in CATEGORIES)
    return _with_total(heads, columns, cells, ())


def _is_the_dccs(incident: Incident) -> bool:
    return incident.resolved_at is not None and side_at(incident, incident.resolved_at) != Side.USER


def _with_total(
    rows: tuple[Head, ...], columns: tuple[Head, ...], cells: dict[tuple[str, str], Cell], remarks: tuple[str, ...]
) -> Grid:
    for column in columns:
        parts = tuple((row.key, column.key) for row in rows)
        cells[(TOTAL, column.key)] = Cell(sum(int(cells[part].value or 0) for part in parts), Sum(parts))
    return Grid((*rows, Head(TOTAL, "Total")), columns, cells, (TOTAL,), remarks)


@dataclass(frozen=True)
class Measured:
    """One Code Performance Measure of incidents: its number and the categories that it counts."""

    number: int
    first: int
    last: int

    @property
    def label(self) -> str:
        """Its name and its categories."""
        return f"Measure {self.number}: categories {self.first} to {self.last}"


def measured(day: date) -> list[Measured]:
    """The measures of incidents, as the rulebook has them on a day."""
    parts = (one.replace(":", "-").split("-") for one in RULEBOOK.text("service_incident.measures", day).split("|"))
    return [Measured(*map(int, part)) for part in parts]


@figure("incident_measures", title="Incidents resolved in time", unit="incidents, last column per cent")
def incident_measures(span: Span) -> Grid:
    """Of the incidents that the DCC had to resolve and that were resolved in the span, how many were resolved within
    their time, by the categories that each Code Performance Measure counts. Where none was resolved the measure is not
    applicable: neither nought nor a hundred per cent.
    """
    grid = service_incidents.grid(span)
    columns = (Head("dcc", "Resolved"), Head("in_time", "In time"), Head("level", "Level, %"))
    rows, cells = [], {}
    for one in measured(span.last):
        key = f"measure-{one.number}"
        rows.append(Head(key, one.label))
        for column in ("dcc", "in_time"):
            found = [grid.cell(f"category-{number}", column) for number in range(one.first, one.last + 1)]
            cells[(key, column)] = _joined(found)
        whole, part = int(cells[(key, "dcc")].value or 0), int(cells[(key, "in_time")].value or 0)
        level = (
            Cell(share(part, whole), Sum(((key, "in_time"), (key, "dcc")), how="the first of the second, in per cent"))
            if whole
            else None
        )
        cells[(key, "level")] = level or Cell(None, NO_EVENT)
    return Grid(tuple(rows), columns, cells)


def _joined(found: Iterable[Cell]) -> Cell:
    ids = [pk for cell in found if isinstance(cell.counted, Records) for pk in cell.counted.filters["pk__in"]]
    return Cell(len(ids), Records(Incident, {"pk__in": ids}))


def _may_be_open(last: date) -> list[Incident]:
    """The incidents that can have been open on the last day or since the months before it."""
    since = end_of(Month.of(last).plus(-MONTHS).first)
    unsolved = Q(resolved_at__isnull=True) | Q(resolved_at__gte=since)
    return list(_rows().filter(unsolved, raised_at__lte=end_of(last)).select_related("aged_category"))


def _ends(span: Span) -> tuple[tuple[Month, date], ...]:
    """The last days of the months before the span's last one, and the span's own last day."""
    months = span.month.back(MONTHS)
    return tuple((month, min(month.last, span.last)) for month in months)


@figure("aged_incidents", title="Aged incidents by cause", unit="incidents")
def aged_incidents(span: Span) -> Grid:
    """How many incidents had grown old at the end of each month, by the cause under which they are watched: open then,
    and older than the rulebook's time for a resolution in their category. What a count misses is said below it; the
    number of meters that a cause affects is not this count, and stands in its own report.
    """
    known = list(AgedCategory.objects.prefetch_related("coverage"))
    rows = (*(_cause_head(one) for one in known), Head(NONE, "No cause told", "Not grouped"))
    found, cells = _may_be_open(span.last), {}
    ends = _ends(span)
    for month, day in ends:
        aged = [one for one in found if is_aged(one, day)]
        for row in rows:
            cells[(row.key, month.iso)] = _cell([one for one in aged if _cause_key(one) == row.key])
    columns = month_heads(month for month, _ in ends)
    remarks = (*_movements(known, cells, columns), *(remark for one in known for remark in _caveats(one)))
    return _with_total(rows, columns, cells, remarks)


def _cause_head(one: AgedCategory) -> Head:
    return Head(f"cause-{one.pk}", one.name, one.get_side_display())


def _cause_key(incident: Incident) -> str:
    return f"cause-{incident.aged_category_id}" if incident.aged_category_id else NONE


def _movements(
    known: list[AgedCategory], cells: dict[tuple[str, str], Cell], columns: tuple[Head, ...]
) -> Iterable[str]:
    """For each side how many of its causes fell in the last month, and the fall that was the greatest."""
    before, now = columns[-2].key, columns[-1].key
    for side in Side:
        own = [one for one in known if one.side == side]
        falls = {one.name: _value(cells, one, before) - _value(cells, one, now) for one in own}
        fell = {name: fall for name, fall in falls.items() if fall > 0}
        if own:
            greatest = sorted(fell, key=lambda name: (-fell[name], name))[:2]
            named = ", ".join(f"{name} ({fell[name]} fewer)" for name in greatest)
            most = f" The greatest falls: {named}." if fell else ""
            yield f"{side.label}: {len(fell)} of {len(own)} causes fell in the last month.{most}"


def _value(cells: dict[tuple[str, str], Cell], one: AgedCategory, column: str) -> int:
    return int(cells[(f"cause-{one.pk}", column)].value or 0)


def _caveats(one: AgedCategory) -> Iterable[str]:
    """What is said below the table of a cause that parties may read of."""
    if one.classification > Class.GREEN:
        return
    if one.caveat:
        yield f"{one.name}: {one.caveat}"
    for report in one.coverage.all():
        if report.affected is not None:
            yield f"{one.name}: {report.affected:,} meters are affected, as {report.title} tells."


@figure("aged_incident_bands", title="Open incidents by age", unit="incidents")
def aged_incident_bands(span: Span) -> Grid:
    """How many incidents were open at the end of the span's last day, by the side that had to act and the category that
    each had then, and by how many days ago it was raised. The bands are a setting of the rulebook.
    """
    at = end_of(span.last)
    found = [one for one in _may_be_open(span.last) if open_at(one, at)]
    columns = tuple(Head(f"band-{number}", label) for number, (_, _, label) in enumerate(bands(at)))
    placed: dict[tuple[str, str], list[Incident]] = {}
    for one in found:
        row = f"{side_at(one, at)}-{category_at(one, at)}"
        placed.setdefault((row, band_of(age(one, span.last), at)), []).append(one)
    rows = tuple(Head(f"{side.value}-{number}", label, side.label) for side in Side for number, label in CATEGORIES)
    places = ((row.key, column) for row in rows for column in columns)
    cells = {(row, column.key): _cell(placed.get((row, column.label), [])) for row, column in places}
    return _with_total(rows, columns, cells, ())


@figure("major_incidents", title="Major incidents", unit="incidents")
def major_incidents(span: Span) -> Listing:
    """The incidents that were raised or resolved in the span, or open in it, and that were of a major category at any
    time, with every change of category: by whom, and why.
    """
    first, last = _bounds(span)
    limit = RULEBOOK.number("service_incident.major_category", span.last)
    still = Q(resolved_at__isnull=True) | Q(resolved_at__gte=first)
    majors = Q(category__lte=limit) | Q(categorisations__category__lte=limit)
    rows = list(_rows().filter(still, majors, raised_at__lte=last).select_related("review").distinct())
    told = tuple(Row(one, (one.reference, _title(one), long_date(one.raised_at.astimezone(LONDON).date()),
                           _history(one), one.state, _review(one))) for one in rows)  # fmt: skip
    heads = ("Incident", "What", "Raised", "Category", "State", "Review")
    return Listing(heads, told, _records(rows))


def _title(incident: Incident) -> str:
    return incident.title if incident.classification < Class.RED else ""


def _history(incident: Incident) -> str:
    rows = sorted(incident.categorisations.all(), key=lambda one: (one.from_at, one.pk))
    return ", then ".join(f"{one.category} ({one.decided_by})" for one in rows) or str(incident.category)


def _review(incident: Incident) -> str:
    review = getattr(incident, "review", None)
    return review.state if review is not None else "none"
