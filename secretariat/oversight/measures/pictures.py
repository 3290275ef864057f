"""The pictures of measures: strips of attainment, levels against target and minimum, and what takes most away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secretariat.oversight.measures.composition import Composite
from secretariat.oversight.measures.levels import rounded
from secretariat.oversight.measures.models import Measure, MeasureDefinition
from secretariat.oversight.measures.standing import Key
from secretariat.oversight.measures.strips import Spot, Strip
from secretariat.oversight.pictures import Picture, levels, side_by_side, strips
from secretariat.oversight.regions import Region
from secretariat.papers import charts
from secretariat.plain.months import Month


def named(key: Key) -> str:
    """A measure and region as a row names them, "PM2 N"."""
    return " ".join(key).strip()


def _level(spot: Spot) -> str:
    level = rounded(spot.level)
    return "" if level is None else str(level)


def attainment(title: str, months: tuple[Month, ...], rows: Mapping[Key, Strip], download: str = "") -> Picture:
    """The last months of some measures, each month with its level and standing."""
    cells = {named(key): [(one.word, _level(one)) for one in strip.spots] for key, strip in rows.items()}
    short = [month.short for month in months]
    told: tuple[tuple[Any, ...], ...] = tuple(
        (named(key), *(_level(one) or one.word for one in strip.spots), strip.sentence) for key, strip in rows.items()
    )
    about = "Each month's level in percent, and whether it is below the target or the minimum of that month."
    return Picture(title, about, strips(short, cells), ("Measure", *short, "Missed"), told, download)


def lines_of(definition: MeasureDefinition) -> dict[str, float]:
    """The straight lines of a picture of levels: target and minimum, where there are some."""
    told = (("Target", definition.target), ("Minimum", definition.minimum))
    return {f"{name} {value.normalize():f} %": float(value) for name, value in told if value is not None}


def _values(strip: Strip) -> list[float | None]:
    return [None if one.level is None else float(rounded(one.level) or 0) for one in strip.spots]


def by_region(title: str, months: tuple[Month, ...], rows: Mapping[Key, Strip], of: MeasureDefinition) -> Picture:
    """The levels of one measure, region by region, on one scale."""
    short, values = [month.short for month in months], {key[1]: _values(strip) for key, strip in rows.items()}
    regions = {str(Region(code).label) if code else "All regions": found for code, found in values.items()}
    spec = side_by_side(short, regions, lines_of(of)) if len(regions) > 1 else levels(
        short, next(iter(regions.values())), lines_of(of)
    )  # fmt: skip
    told = tuple((name, *("" if one is None else one for one in found)) for name, found in regions.items())
    about = f"Levels in percent from {months[0].label} to {months[-1].label}; the scale does not begin at nought."
    return Picture(title, about, spec, ("Region", *short), told)


def of_measure(
    measure: Measure, months: tuple[Month, ...], rows: Mapping[Key, Strip], definition: MeasureDefinition
) -> list[Picture]:
    """The strip of a measure, and its levels by region."""
    return [
        attainment(f"{measure.code}: attainment to {months[-1].label}", months, rows),
        by_region(f"{measure.code}: levels against target and minimum", months, rows, definition),
    ]


def losses(title: str, made: Composite, download: str = "") -> Picture | None:
    """What each component takes from 100 %, the most first; none where nothing is lost."""
    worst = made.worst
    if not worst:
        return None
    values = [float(rounded(one.loss) or 0) for one in worst]
    rows = tuple(
        (one.part.name, f"{rounded(one.part.level)} %", f"{rounded(100 * one.weight)} %", float(rounded(one.loss) or 0),
         f"{rounded(made.share(one.loss))} %")
        for one in worst
    )  # fmt: skip
    heads = ("Component", "Level", "Weight", "Percentage points lost", "Share of the loss")
    about = f"Weight times what is lacking to 100 %, {made.rule.label.lower()}. The losses sum to 100 % less the level."
    return Picture(title, about, charts.breakdown([one.part.name for one in worst], values), heads, rows, download)
