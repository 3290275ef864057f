"""The centralised tracker's monthly paper for the Operations Group: spurious alerts, and the Communications Hubs."""

from __future__ import annotations

from secretariat.core.classification import Class
from secretariat.core.figures import Figure
from secretariat.core.people import Team
from secretariat.oversight.hubs.figures import hub_exceptions, hub_exceptions_by_region, hub_flow, hub_triage
from secretariat.oversight.tracker.figures import tracker_entries, tracker_moves, tracker_open
from secretariat.papers import charts
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.report import Part, Report, publish
from secretariat.papers.tables import grid_table, listing_table


def _counted(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = grid_table(assembly, tracker_entries, "Spurious alerts in the tracker, by region", corner="Region")
    return [*assembly.narrative(part), table]


def _open(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = listing_table(
        assembly, tracker_open, "Open entries of the tracker", empty="No entry was open at the end of the month."
    )
    return [*assembly.narrative(part), table, *_remarks(assembly, tracker_open)]


def _moves(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = listing_table(
        assembly, tracker_moves, "Dates of remedies that moved", empty="No date of a remedy moved in the month."
    )
    return [*assembly.narrative(part), table, *_remarks(assembly, tracker_moves)]


def _remarks(assembly: Assembly, figure: Figure) -> list[doc.Block]:
    return [doc.Paragraph((doc.Text(said),), "note") for said in assembly.listing(figure).remarks]


def _flow(assembly: Assembly, part: Part) -> list[doc.Block]:
    flow = grid_table(assembly, hub_flow, "Communications Hubs from order to return", corner="Hubs", places=1)
    triage = grid_table(assembly, hub_triage, "Returned Communications Hubs examined so far", corner="Triage")
    return [*assembly.narrative(part), flow, triage]


def _exceptions(assembly: Assembly, part: Part) -> list[doc.Block]:
    table = grid_table(assembly, hub_exceptions, "Exceptions by category", corner="Category")
    return [*assembly.narrative(part), *_chart(assembly), table]


def _chart(assembly: Assembly) -> list[doc.Block]:
    """The regions as lines, as far as numbers are known; nothing without any."""
    grid = assembly.grid(hub_exceptions_by_region)
    months = [column.label for column in grid.columns]
    rows = [row for row in grid.rows if row.key not in grid.totals]
    series = {
        row.label: [None if (value := grid.cell(row.key, month.key).value) is None else int(value)
                    for month in grid.columns]
        for row in rows
    }  # fmt: skip
    known = {name: values for name, values in series.items() if any(value is not None for value in values)}
    data = grid_table(assembly, hub_exceptions_by_region, "Exceptions by region", corner="Region")
    if not known:
        return [data]
    alt = f"Exceptions by month and region, {months[0]} to {months[-1]}: {', '.join(known)}."
    spec = charts.lines(months, known)
    return [doc.Chart("Exceptions by region", alt, spec, data, source=assembly.source(hub_exceptions_by_region))]


TRACKER = publish(
    Report(
        name="tracker",
        title="Centralised Tracker Report",
        body="OPSG",
        paper_number=5,
        action="For Information",
        purpose=(
            "This monthly paper tells the Operations Group which devices send spurious alerts, whom that hurts, who "
            "remedies it and by when, and how the Communications Hubs fared in [[month]]. Every figure in it is "
            "counted from the record."
        ),
        recommendation="The Operations Group is asked to **NOTE** the contents of this paper.",
        classification=Class.GREEN,
        parts=(
            Part(
                "alerts", "Spurious alerts", Team.TECHNICAL,
                parts=(
                    Part("counted", "The tracker in numbers", Team.TECHNICAL, _counted),
                    Part("open", "Open entries", Team.TECHNICAL, _open),
                    Part("moves", "Dates that moved", Team.TECHNICAL, _moves),
                ),
            ),
            Part(
                "hubs", "Communications Hubs", Team.TECHNICAL,
                parts=(
                    Part("flow", "From order to return", Team.TECHNICAL, _flow),
                    Part("exceptions", "Exceptions at installation", Team.TECHNICAL, _exceptions),
                ),
            ),
        ),
    )
)  # fmt: skip
