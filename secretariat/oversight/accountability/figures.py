"""What the schemes in force give on the levels that the DCC reported."""

from __future__ import annotations

from decimal import Decimal

from secretariat.core.classification import Class
from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, figure
from secretariat.oversight.accountability.models import PanelScore, Scheme
from secretariat.oversight.accountability.standing import (
    Standing,
    loss,
    points,
    schemes_on,
    standings_of,
    whole,
)
from secretariat.oversight.measures.levels import rounded
from secretariat.oversight.measures.models import ServiceLevel

WEIGHT, LEVEL, SCORE, POINTS = (
    Head("weight", "Weighs, %"), Head("level", "Level, %"), Head("score", "Scores, %"), Head("points", "Points"),
)  # fmt: skip
COLUMNS = (WEIGHT, LEVEL, SCORE, POINTS)
NOT_REPORTED = Unknown("Nothing that scores it was reported.")


@figure("scheme_scores", title="What the DCC scores under the schemes in force", unit="per cent and points")
def scheme_scores(span: Span) -> Grid:
    """For each White scheme in force on the span's last day, each of its parts: what it weighs; the level by which it
    is scored, of the scheme's time up to that day, events pooled where every month tells them and otherwise the mean of
    the months; what that scores between the floor and the ceiling, or what the Panel gave of the most it could give;
    and the points of the whole that these are. Then the whole: the points of the parts that are reported.
    """
    rows: list[Head] = []
    cells: dict[tuple[str, str], Cell] = {}
    remarks: list[str] = []
    totals: list[str] = []
    schemes = list(schemes_on(span.last).filter(classification=Class.WHITE))
    every = standings_of(schemes, span.last)
    for scheme in schemes:
        found = every[scheme.pk]
        keys = [f"part-{one.part.pk}" for one in found]
        rows += [Head(key, _label(one), str(scheme)) for key, one in zip(keys, found, strict=True)]
        for key, one in zip(keys, found, strict=True):
            cells |= {(key, column): cell for column, cell in _cells(key, one).items()}
        total = f"scheme-{scheme.pk}"
        rows.append(Head(total, "The whole", str(scheme)))
        totals.append(total)
        cells |= _whole(total, keys, found)
        remarks.append(_remark(scheme, found))
    if not rows:
        rows = [Head("none", "No scheme is in force")]
        cells = {("none", column.key): Cell(None, NOT_REPORTED) for column in COLUMNS}
    return Grid(tuple(rows), COLUMNS, cells, tuple(totals), tuple(remarks))


def _label(one: Standing) -> str:
    return str(one.part) if one.part.classification == Class.WHITE else "A part that is not public"


def _cells(key: str, one: Standing) -> dict[str, Cell]:
    weight = Cell(one.part.weight, Sum((), how="the scheme's weight"))
    told = _told(one)
    if one.score is None:
        nothing = Cell(None, NOT_REPORTED)
        return {"weight": weight, "level": nothing, "score": nothing, "points": nothing}
    level = Cell(rounded(one.level), told) if one.level is not None else Cell(None, Unknown("The Panel scores it."))
    score = Cell(rounded(100 * one.score), told)
    gives = Cell(rounded(100 * one.share * one.score), Sum(((key, "weight"), (key, "score")), how="weight by score"))
    return {"weight": weight, "level": level, "score": score, "points": gives}


def _told(one: Standing) -> Records:
    """What a part is scored by: the levels reported, or the Panel's scores."""
    model, how = (ServiceLevel, "levels taken together") if one.part.measure_id else (PanelScore, "the Panel's scores")
    return Records(model, {"pk__in": sorted(one.behind)}, how=how)


def _whole(total: str, keys: list[str], found: list[Standing]) -> dict[tuple[str, str], Cell]:
    weight = sum((one.part.weight for one in found), Decimal())
    nothing = Cell(None, Unknown("The whole has no level of its own."))
    parts = tuple((key, "points") for key in keys)
    known = [one for one in found if one.score is not None]
    low = (
        Cell(rounded(100 * whole(found).low), Sum(parts, "sum of the parts before rounding"))
        if known
        else Cell(None, NOT_REPORTED)
    )
    return {
        (total, "weight"): Cell(weight, Sum(tuple((key, "weight") for key in keys))),
        (total, "level"): nothing, (total, "score"): nothing, (total, "points"): low,
    }  # fmt: skip


def _remark(scheme: Scheme, found: list[Standing]) -> str:
    score = whole(found)
    told = loss(scheme, score)
    lost = f" Lost: {told}." if told else ""
    lacking = "" if score.is_known else " Parts of which nothing is reported may still give all or nothing."
    return f"{scheme}: {points(score)} of 100 points.{lacking}{lost} {scheme.doubt}"
