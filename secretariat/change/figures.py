"""What the change room counts: proposals open by stage, raised and open by month, decided and implemented."""

from __future__ import annotations

from datetime import date
from statistics import mean, median
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from secretariat.change.models import OPEN_STAGES, Proposal, Stage, StageSpell
from secretariat.core import published
from secretariat.core.figures import (
    Cell,
    Grid,
    Head,
    Listing,
    Printed,
    Records,
    Row,
    Span,
    Sum,
    Unknown,
    figure,
    month_heads,
)
from secretariat.core.published import is_kept, kept_since
from secretariat.plain.dates import plain_date
from secretariat.plain.months import Month

MATTER = "proposals"
MONTHS = 13
BODY_UNKNOWN = "not recorded"


def _in_force(day: date) -> Q:
    return Q(from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gte=day))


def _in_stages(stages: tuple[str, ...], day: date) -> Records:
    spells: Any = StageSpell.objects
    return Records(Proposal, {"pk__in": spells.filter(stage__in=stages).on(day).values("proposal_id")})


def _began(stages: tuple[str, ...], span: Span) -> Records:
    filters = {"spells__stage__in": stages, "spells__from_day__range": (span.first, span.last)}
    return Records(Proposal, filters)


@figure("open_proposals", title="Open proposals", unit="proposals")
def open_proposals(span: Span) -> Grid:
    """How many proposals are open at the end of the last day of the span, by stage (REP-1). A proposal is open from
    the day it is raised until it is approved, rejected or withdrawn: in the Development Stage, the Refinement
    Process, the Report Phase, or awaiting decision. In February 2020 the 50 open were 30 in the Refinement Process,
    17 in the Development Stage and 3 in the other two. Days before proposals were kept here are not counted.
    """
    since, column = kept_since(MATTER), Head("open", plain_date(span.last))
    rows = (*(Head(stage.value, stage.label) for stage in OPEN_STAGES), Head("total", "Open"))
    if since is None or since > span.last:
        unknown = Cell(None, Unknown())
        return Grid(rows, (column,), {(row.key, "open"): unknown for row in rows}, totals=("total",))
    found = StageSpell.objects.filter(_in_force(span.last), stage__in=OPEN_STAGES).values_list("stage")
    counts = dict(found.annotate(Count("proposal", distinct=True)).order_by())
    cells = {
        (stage.value, "open"): Cell(counts.get(stage, 0), _in_stages((stage,), span.last)) for stage in OPEN_STAGES
    }
    cells[("total", "open")] = Cell(sum(counts.values()), _in_stages(OPEN_STAGES, span.last))
    return Grid(rows, (column,), cells, totals=("total",))


@figure("proposals_by_month", title="Proposals raised and open by month", unit="proposals")
def proposals_by_month(span: Span) -> Grid:
    """How many proposals were raised in each of thirteen calendar months, and how many were open at the end of each
    (REP-1): raised by then, and neither approved, rejected nor withdrawn. Months before proposals were kept here are
    as they were printed, where a document prints them. A part that was split off later is not raised again (MOD-3).
    """
    months, since = span.month.back(MONTHS), kept_since(MATTER)
    kept = [month for month in months if is_kept(since, month)]
    printed = published.Printed("proposals_by_month", (month for month in months if month not in kept))
    raised, still_open = _raised(kept), _open(kept)
    cells: dict[tuple[str, str], Cell] = {}
    for month in months:
        for row in ("raised", "open"):
            cells[(row, month.iso)] = _printed(printed, row, month)
    for month in kept:
        in_month = Records(Proposal, {"raised_on__range": (month.first, month.last), "split_from__isnull": True})
        cells[("raised", month.iso)] = Cell(raised.get(month, 0), in_month)
        cells[("open", month.iso)] = Cell(still_open[month.iso], _in_stages(OPEN_STAGES, month.last))
    return Grid((Head("raised", "Raised"), Head("open", "Open at the end of the month")), month_heads(months), cells)


def _raised(months: list[Month]) -> dict[Month, int]:
    if not months:
        return {}
    rows = Proposal.objects.filter(raised_on__range=(months[0].first, months[-1].last), split_from__isnull=True)
    counted = rows.annotate(month=TruncMonth("raised_on")).values_list("month").annotate(Count("pk")).order_by()
    return {Month.of(day): number for day, number in counted}


def _open(months: list[Month]) -> dict[str, int]:
    if not months:
        return {}
    counts = {month.iso: Count("proposal", filter=_in_force(month.last), distinct=True) for month in months}
    return StageSpell.objects.filter(stage__in=OPEN_STAGES).aggregate(**counts)


def _printed(printed: published.Printed, row: str, month: Month) -> Cell:
    line = printed.parts.get((row, month))
    return Cell(None, Unknown()) if line is None else Cell(int(line.value), Printed(line))


def _spells(stages: tuple[str, ...], span: Span) -> list[StageSpell]:
    rows = StageSpell.objects.filter(stage__in=stages, from_day__range=(span.first, span.last))
    return list(rows.select_related("proposal__release").order_by("from_day", "proposal__number", "proposal__suffix"))


@figure("implemented", title="Modifications implemented", unit="modifications")
def implemented(span: Span) -> Listing:
    """The modifications that became part of the code in the span, by the day of their implementation, each with its
    release (REL-3); the February 2020 Release implemented three.
    """
    rows = tuple(
        Row(
            spell.proposal,
            (
                spell.proposal.reference,
                spell.proposal.title,
                spell.proposal.release.name if spell.proposal.release else "",
                plain_date(spell.from_day),
            ),
        )
        for spell in _spells((Stage.IMPLEMENTED,), span)
    )
    return Listing(("Reference", "Title", "Release", "Implemented"), rows, _began((Stage.IMPLEMENTED,), span))


@figure("decisions", title="Decisions on modifications", unit="decisions")
def decisions(span: Span) -> Listing:
    """The proposals that were approved or rejected in the span, by the day of the decision, each with the body that
    decided (OLD-4, DEC-3). A withdrawal is no decision, nor is the Change Board's recommendation to the Authority.
    """
    words = {Stage.APPROVED.value: "Approved", Stage.REJECTED.value: "Rejected"}
    rows = tuple(
        Row(
            spell.proposal,
            (
                spell.proposal.reference,
                spell.proposal.title,
                words[spell.stage],
                spell.get_decided_by_display() or BODY_UNKNOWN,
                plain_date(spell.from_day),
            ),
        )
        for spell in _spells(tuple(words), span)
    )
    heads = ("Reference", "Title", "Decision", "Decided by", "Decided")
    return Listing(heads, rows, _began(tuple(words), span))


ELAPSED = Head("elapsed", "From raising to implementation")
IN_STAGES = (*OPEN_STAGES, Stage.APPROVED)
COUNTED, MEDIAN, MEAN = Head("counted", "Modifications"), Head("median", "Median, days"), Head("mean", "Mean, days")


@figure("elapsed_days", title="Elapsed days from raising to implementation", unit="days")
def elapsed_days(span: Span) -> Grid:
    """For the modifications that were implemented on a day of the span: how many there are, and the median and the
    mean of the calendar days from the day on which each was raised to the day on which it was implemented, rounded
    to a whole day (REP-2); then the same for the days spent in each stage, over those that passed through it. A part
    that was split off counts from the day on which the whole was raised (MOD-3); days on hold count too. Spans that
    begin before proposals were kept here are not counted.
    """
    rows = (*(Head(stage.value, stage.label) for stage in IN_STAGES), ELAPSED)
    since, columns = kept_since(MATTER), (COUNTED, MEDIAN, MEAN)
    if since is None or since > span.first:
        return Grid(rows, columns, {(row.key, column.key): Cell(None, Unknown()) for row in rows for column in columns})
    days, cells = _days_of(span), dict[tuple[str, str], Cell]()
    for row in rows:
        told = days.get(row.key, {})
        cells[row.key, COUNTED.key] = Cell(len(told), Records(Proposal, {"pk__in": sorted(told)}))
        for column, reckon in ((MEDIAN, median), (MEAN, mean)):
            behind = Sum(((row.key, COUNTED.key),), how=f"{column.key} of the days of these")
            none = Unknown("No modification is counted here.")
            value = round(reckon(told.values())) if told else None
            cells[row.key, column.key] = Cell(value, behind if told else none)
    return Grid(rows, columns, cells)


def _days_of(span: Span) -> dict[str, dict[int, int]]:
    """The days of each modification implemented in the span: elapsed in all, and in each stage; two queries."""
    done = {spell.proposal_id: spell for spell in _spells((Stage.IMPLEMENTED,), span)}
    found = {ELAPSED.key: {pk: (spell.from_day - spell.proposal.raised_on).days for pk, spell in done.items()}}
    passed = StageSpell.objects.filter(proposal__in=list(done), stage__in=IN_STAGES, to_day__isnull=False)
    for pk, stage, first, last in passed.values_list("proposal_id", "stage", "from_day", "to_day"):
        in_stage = found.setdefault(stage, {})
        in_stage[pk] = in_stage.get(pk, 0) + (last - first).days + 1
    return found
