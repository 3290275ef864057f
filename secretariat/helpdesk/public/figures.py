"""What is counted of how content enquirers are."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, Sum

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Unknown, figure
from secretariat.helpdesk.public.models import Satisfaction
from secretariat.plain.dates import LONDON

CONTENT = 4
"""The mark from which on an enquirer is content."""

ROWS = (
    Head("asked", "Enquirers asked"),
    Head("answered", "Enquirers who answered"),
    Head("content", "Of those, content or very content"),
    Head("mean", "Mean mark, of 1 to 5"),
)


@figure("helpdesk_satisfaction", title="How content enquirers are", unit="enquirers, marks from 1 to 5")
def helpdesk_satisfaction(span: Span) -> Grid:
    """The enquirers who were asked in the span how content they are with an answer, how many of them have said it by
    now, how many of those gave 4 or 5 of 5, and the mean of the marks to one decimal, halves up.

    Whom to ask goes by the number of the enquiry, and who telephoned is not asked. What is said later counts in
    the month of the asking.
    """
    first, last = (datetime.combine(day, time(), LONDON) for day in (span.first, span.last + timedelta(days=1)))
    asked = {"asked__gte": first, "asked__lt": last}
    answered, content = {**asked, "marks__isnull": False}, {**asked, "marks__gte": CONTENT}
    told = Satisfaction.objects.filter(**asked).aggregate(
        asked=Count("pk"), answered=Count("marks"), content=Count("pk", Q(marks__gte=CONTENT)), marks=Sum("marks")
    )
    cells = {
        (key, "value"): Cell(told[key], Records(Satisfaction, filters))
        for key, filters in (("asked", asked), ("answered", answered), ("content", content))
    }
    cells["mean", "value"] = Cell(None, Unknown("Nobody who was asked has answered."))
    if told["answered"]:
        mean = (Decimal(told["marks"]) / told["answered"]).quantize(Decimal("0.1"), ROUND_HALF_UP)
        cells["mean", "value"] = Cell(mean, Records(Satisfaction, answered, how="the mean of their marks"))
    return Grid(ROWS, (Head("value", str(span.month.label) if span.is_month else "In these days"),), cells)
