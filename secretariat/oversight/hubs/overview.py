"""Communications Hubs on one page: flow, exceptions, returns and triage; and the test of one intervention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from secretariat.core.capacities import in_a_capacity
from secretariat.core.figures import Cell, Figure, Grid, Head, Span
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.hubs.effect import Change, Effect
from secretariat.oversight.hubs.figures import (
    FAULTY,
    TRIAGED,
    hub_exceptions,
    hub_exceptions_by_region,
    hub_flow,
    hub_triage,
)
from secretariat.oversight.hubs.filters import InterventionFilter
from secretariat.oversight.hubs.forms import InterventionForm, MonthForm
from secretariat.oversight.hubs.intervals import sentence
from secretariat.oversight.hubs.models import HubException, Intervention
from secretariat.oversight.hubs.series import FEWEST, Reckoned, effect_of
from secretariat.oversight.hubs.views import region_words
from secretariat.oversight.pictures import Picture
from secretariat.oversight.who import operator_or_team
from secretariat.papers import charts
from secretariat.papers.assembly import as_printed
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month


@dataclass(frozen=True)
class Shown:
    """A figure as this page prints it: its title, its rule, its heads and its rows."""

    title: str
    rule: str
    heads: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def printed(figure: Figure, grid: Grid, corner: str) -> Shown:
    """A grid as rows; a share keeps its decimal."""
    heads = (corner, *(column.label for column in grid.columns))
    rows: list[tuple[Any, ...]] = [
        (row.label, *(_number(grid, row, column) for column in grid.columns)) for row in grid.rows
    ]
    return Shown(figure.title, figure.rule, heads, rows)


def _number(grid: Grid, row: Head, column: Head) -> Any:
    cell = grid.cells.get((row.key, column.key), Cell(None, grid.headline.counted))
    return cell.value if isinstance(cell.value, int) else as_printed(cell, 1)


class CommunicationsHubs(Page):
    """One month of the Communications Hubs, and the twelve before it."""

    template = "oversight/hubs/overview.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Communications Hubs"),)
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The month asked for, or the last one that is over."""
        form = MonthForm(request.GET)
        asked = form.cleaned_data["month"] if form.is_valid() else None
        month = asked or Month.of(local_day(self.request.at)).plus(-1)
        span = Span.of(month)
        by_region, triage = hub_exceptions_by_region.grid(span), hub_triage.grid(span)
        faulty, triaged = (int(triage.cell(head.key).value or 0) for head in (FAULTY, TRIAGED))
        done: Any = Intervention.objects.visible_to(reader(self.request), self.request.at)
        told = {
            "form": form,
            "month": month,
            "flow": printed(hub_flow, hub_flow.grid(span), "Hubs"),
            "exceptions": printed(hub_exceptions, hub_exceptions.grid(span), "Category"),
            "regions": printed(hub_exceptions_by_region, by_region, "Region"),
            "chart": chart_of(by_region),
            "triage": sentence(faulty, triaged, "faulty"),
            "interventions": done.filter(on_day__range=(month.plus(-12).first, month.last)),
        }
        return self.shown(told, 200 if form.is_valid() else 422)


def chart_of(grid: Grid) -> Picture | None:
    """The rows of a grid but its totals as lines; nothing where no number is known."""
    months = [column.label for column in grid.columns]
    rows = [row for row in grid.rows if row.key not in grid.totals]
    series = {row.label: [_whole(grid.cell(row.key, column.key)) for column in grid.columns] for row in rows}
    known = {name: values for name, values in series.items() if any(value is not None for value in values)}
    if not known:
        return None
    about = f"Exceptions by month, {months[0]} to {months[-1]}: {', '.join(known)}."
    table = tuple((name, *values) for name, values in known.items())
    return Picture("Exceptions by region", about, charts.lines(months, known), ("Region", *months), table)


def _whole(cell: Cell) -> int | None:
    return None if cell.value is None else int(cell.value)


class Interventions(ListPage):
    """What was done about exceptions."""

    model = Intervention
    word, plural = "hub intervention", "hub interventions"
    columns = (
        Column("on_day", "On", "on_day"),
        Column("name", "What was done", "name"),
        Column("by", "By", "by"),
        Column("category", "Category", "category__name"),
        Column("region", "Region", "region", region_words),
        class_column(),
    )
    filters = InterventionFilter
    order = "-on_day"
    day = "on_day"
    about = "What was done to bring down the exceptions at the installation of hubs; each is tested on its series."
    empty = "No intervention that you may read is entered."
    who: ClassVar[Who] = staticmethod(in_a_capacity)
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class InterventionPage(RecordPage):
    """One intervention, with its series and the test of its effect."""

    model = Intervention
    word, plural = "hub intervention", "hub interventions"
    template = "oversight/hubs/intervention.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: Intervention) -> list[Fact]:
        """What was done, to which series, and what was said of it."""
        facts = [
            Fact("Done by", record.by),
            Fact("On", long_date(record.on_day), note=record.source),
            Fact("Meant for", str(record.category) if record.category else "All exceptions"),
            Fact("Region", region_words(record.region)),
        ]
        return facts + ([Fact("What was said of it", record.said)] if record.said else [])

    def related(self, record: Intervention) -> list[Related]:
        """The two changes with their intervals, and the series month by month."""
        found = self.found(record)
        rows: list[tuple[Any, ...]] = []
        if found.effect is not None:
            rows = [change_row("Level at its first month", found.effect.level),
                    change_row("Slope, each month", found.effect.slope)]  # fmt: skip
        before, after = found.lines
        series = [
            (month.label, f"{value:,}", _line(early), _line(late))
            for month, value, early, late in zip(found.months, found.values, before, after, strict=True)
        ]
        return [
            Related("What changed", CHANGES, rows, found.why_not),
            Related("The series", ("Month", "Exceptions", "Line before", "Line from it on"), series,
                    "No month of this series was returned."),
        ]  # fmt: skip

    def context(self, record: Intervention) -> dict[str, Any]:
        """The chart, the verdict, and what the method does not see."""
        found = self.found(record)
        fewest = RULEBOOK.entry(FEWEST, self.request.at)
        return {"chart": picture(found), "told": verdict(found.effect), "fewest": fewest}

    def found(self, record: Intervention) -> Reckoned:
        """The test of this intervention, reckoned once."""
        if not hasattr(self, "_found"):
            counts: Any = HubException.objects.visible_to(reader(self.request), self.request.at)
            self._found = effect_of(record, counts, local_day(self.request.at))
        return self._found


CHANGES = ("Change of", "By", "Standard error", "95 % interval", "Clear")


def change_row(what: str, change: Change) -> tuple[Any, ...]:
    """One change with its interval, as a row."""
    interval = f"{change.low:,.1f} to {change.high:,.1f}"
    return (what, f"{change.value:+,.1f}", f"{change.error:,.1f}", interval, "yes" if change.is_clear else "no")


def _line(height: float | None) -> str:
    return "" if height is None else f"{height:,.1f}"


def verdict(found: Effect | None) -> list[str]:
    """The verdict, and where its intervals are not to be trusted; nothing where there is no test."""
    if found is None:
        return []
    said = [
        found.verdict,
        f"Had the line before it gone on, the last month would have been near {found.expected:,.0f}.",
    ]
    if found.hangs_together:
        said.append(
            f"Neighbouring months hang together (Durbin-Watson {found.evenness:.2f}; about 2 is none), so the true "
            "intervals are wider or narrower than these."
        )
    return said


def picture(found: Reckoned) -> Picture | None:
    """The series with its two lines; nothing where there is no month."""
    if not found.months:
        return None
    before, after = found.lines
    series: dict[str, Any] = {"Exceptions": list(found.values)}
    if found.effect is not None:
        series |= {"Line before": before, "Line from it on": after}
    months = [month.short for month in found.months]
    about = f"Exceptions by month, {months[0]} to {months[-1]}, with a line before the intervention and one from it on."
    table = tuple(zip(months, *series.values(), strict=True))
    return Picture("Exceptions round the intervention", about, charts.lines(months, series), ("Month", *series), table)


class InterventionEntry(EntryPage):
    """Enters or amends an intervention."""

    model = Intervention
    form_class = InterventionForm
    word, plural = "hub intervention", "hub interventions"
    who: ClassVar[Who] = staticmethod(operator_or_team)
