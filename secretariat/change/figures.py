"""What the change room counts: proposals open by stage, raised and open by month, decided and implemented."""

from __future__ import annotations

from datetime import date
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
    as they were printed, where a document prints them.
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
        in_month = Records(Proposal, {"raised_on__range": (month.first, month.last)})
        cells[("raised", month.iso)] = Cell(raised.get(month, 0), in_month)
        cells[("open", month.iso)] = Cell(still_open[month.iso], _in_stages(OPEN_STAGES, month.last))
    return Grid((Head("raised", "Raised"), Head("open", "Open at the end of the month")), month_heads(months), cells)


def _raised(months: list[Month]) -> dict[Month, int]:
    if not months:
        return {}
    rows = Proposal.objects.filter(raised_on__range=(months[0].first, months[-1].last))
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
