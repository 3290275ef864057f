"""The page of a month: every Code Performance Measure over 12 months, and what dragged the missed ones down."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.exports import csv_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page
from secretariat.oversight.measures.composition import Composite, Rule
from secretariat.oversight.measures.levels import MISSED, printed
from secretariat.oversight.measures.models import ServiceLevel
from secretariat.oversight.measures.pictures import attainment, losses
from secretariat.oversight.measures.standing import (
    by_key,
    composed,
    current_levels,
    months_to,
    newest_month,
    strips_of,
)
from secretariat.oversight.measures.terms import Family
from secretariat.oversight.measures.views import readable, share
from secretariat.oversight.pictures import Picture
from secretariat.plain.months import Month


class NewestPerformance(Page):
    """Leads to the newest month of which anything is reported."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest month, or the month before this one."""
        month = newest_month() or Month.of(self.request.at.date()).plus(-1)
        return redirect("service performance", month.iso)


class Performance(Page):
    """How the central service performed to the end of a month."""

    template = "oversight/measures/performance.html"

    def get(self, request: HttpRequest, month: str, ending: str = "") -> HttpResponse:
        """The strips of 12 months, and each missed measure with what took most from it."""
        try:
            of = Month.parse(month)
        except ValueError as error:
            raise Http404(str(error)) from error
        months = months_to(of)
        levels = readable(self, current_levels(months))
        code = strips_of((one for one in levels if one.measure.family == Family.CODE), months)
        file = reverse("service performance-file", args=[of.iso, "csv"])
        strip = attainment(f"Code Performance Measures to {of.label}", months, code, file) if code else None
        if ending:
            return attachment(csv_file(*_table(strip)), "text/csv; charset=utf-8", f"service-performance-{of.iso}.csv")
        now = [one for one in levels if one.month == of.first]
        crumbs = (Crumb("Performance measures", reverse("performance measures")), Crumb(of.label))
        return self.shown({
            "month": of, "crumbs": crumbs, "pictures": [strip] if strip else [], "missed": _missed(now),
            "dragged": dragged(now), "before": of.plus(-1), "after": of.plus(1),
            "sentences": [(" ".join(key).strip(), one.sentence) for key, one in code.items()],
        })  # fmt: skip


def _table(strip: Picture | None) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    return (strip.heads, strip.rows) if strip else (("Measure",), ())


def _missed(levels: list[ServiceLevel]) -> list[tuple[Any, ...]]:
    return [
        (Crumb(one.name, one.get_absolute_url()), one.measure.name, printed(one.exact), share(one.definition.target),
         share(one.definition.minimum), one.get_status_display(), ", ".join(one.lacks) or "nothing")
        for one in levels if one.status in MISSED
    ]  # fmt: skip


def dragged(levels: list[ServiceLevel]) -> list[Picture]:
    """What took most from each composed measure that was missed."""
    found = by_key(levels)
    pictures = []
    for one in levels:
        if one.status in MISSED and one.definition.rule:
            made = composed(one.definition, Rule(one.definition.rule), found)
            picture = losses(f"What dragged {one.measure.code} down", made) if isinstance(made, Composite) else None
            pictures += [picture] if picture else []
    return pictures
