"""The numbers printed in a chart that a Word file holds: its data labels, or the table under it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from lxml import etree

from secretariat.proof.paper import DataLabel, Figure, Place
from secretariat.proof.readers.runs import tidy
from secretariat.proof.readers.word_package import child, is_on, name, value

MOST_LABELS: Final = 2_000
_MOST_PLACES: Final = 9


def figure(root: etree._Element, place: Place) -> Figure:
    """The chart as a figure: its title, and a label for each number that it prints.

    A chart of several series names each label by series and category. Numbers that the chart draws but does not
    print are left out: its reader cannot see them.
    """
    chart = child(root, "chart")
    titles = child(chart, "title")
    title = tidy("".join(each.text or "" for each in titles.iter() if name(each) == "t")) if titles is not None else ""
    area = child(chart, "plotArea")
    tabled = child(area, "dTable") is not None
    series: list[tuple[str, list[tuple[str, str]]]] = []
    for plot in area if area is not None else ():
        every = _prints(child(plot, "dLbls"))
        for each in plot:
            if name(each) == "ser":
                own = child(each, "dLbls")
                if tabled or (_prints(own) if own is not None else every):
                    series.append((_words(child(each, "tx")), _points(each)))
    labels = [
        DataLabel(", ".join(filter(None, (called if len(series) > 1 else "", category))) or called, number, place)
        for called, points in series
        for category, number in points
    ]
    return Figure(title, labels=tuple(labels[:MOST_LABELS]), place=place)


def _prints(labels: etree._Element | None) -> bool:
    return is_on(child(labels, "showVal"))


def _words(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return tidy(" ".join(each.text or "" for each in element.iter() if name(each) == "v"))


def _points(series: etree._Element) -> list[tuple[str, str]]:
    """Each number of a series as printed, with its category; those whose label was taken away are left out."""
    names = dict(_cached(child(series, "cat")))
    labels = child(series, "dLbls")
    own = [each for each in labels if name(each) == "dLbl"] if labels is not None else []
    removed = {value(child(each, "idx")) for each in own if is_on(child(each, "delete"))}
    numbers = child(series, "val")
    codes = [each.text or "" for each in numbers.iter() if name(each) == "formatCode"] if numbers is not None else []
    form = value(child(labels, "numFmt"), "formatCode") or next(iter(codes), "")
    return [(names.get(at, ""), _printed(number, form)) for at, number in _cached(numbers) if at not in removed]


def _cached(element: etree._Element | None) -> list[tuple[str, str]]:
    if element is None:
        return []
    points = [each for each in element.iter() if name(each) == "pt"][:MOST_LABELS]
    return [(value(each, "idx"), _words(each)) for each in points]


def _printed(number: str, form: str) -> str:
    """A stored number as the chart's number form prints it: decimals, thousands, per cent, pounds."""
    try:
        stored = Decimal(number)
    except InvalidOperation:
        return number
    if not stored.is_finite() or abs(stored.adjusted()) > 12:
        return number
    form = form.split(";", maxsplit=1)[0]
    percent = "%" in form
    stored = stored * 100 if percent else stored
    digits = form.partition(".")[2]
    places = min(len(digits) - len(digits.lstrip("0#?")), _MOST_PLACES)
    if form in {"", "General"}:
        return f"{stored.normalize():f}" if stored else "0"
    pound = "£" if "£" in form else ""
    stored = stored.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{pound}{stored:{',' if ',' in form else ''}.{places}f}{'%' * percent}"
