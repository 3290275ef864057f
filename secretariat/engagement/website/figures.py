"""What the website counts by itself: visits and page views of a month, and its pages."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, Sum

from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, figure, month_heads
from secretariat.engagement.website.models import ViewCount, VisitCount
from secretariat.plain.months import Month

VISITS, VIEWS = Head("visits", "Visits"), Head("page_views", "Page views")
PAGES = 50


def counted_in(month: Month) -> tuple[int, int]:
    """The visits and page views counted in a month."""
    days = {"day__range": (month.first, month.last)}
    visits = VisitCount.objects.filter(**days).aggregate(total=Sum("visits"))["total"]
    views = ViewCount.objects.filter(**days).aggregate(total=Sum("views"))["total"]
    return visits or 0, views or 0


def first_counted() -> date | None:
    """The first day on which anything was counted; None where nothing was."""
    first: date | None = VisitCount.objects.aggregate(first=Min("day"))["first"]
    return first


@figure("website_counted", title="Use of the website, as counted here", unit="visits and page views")
def website_counted(span: Span) -> Grid:
    """Visits and page views that the website itself counted in the month in which the span ends (rule HLP-12)."""
    month = span.month
    visits, views = counted_in(month)
    days = {"day__range": (month.first, month.last)}
    cells = {
        (VISITS.key, month.iso): Cell(visits, Records(VisitCount, days, summed="visits")),
        (VIEWS.key, month.iso): Cell(views, Records(ViewCount, days, summed="views")),
    }
    return Grid((VISITS, VIEWS), month_heads((month,)), cells)


@figure("website_pages", title="The pages seen most", unit="page views")
def website_pages(span: Span) -> Listing:
    """The fifty pages that were seen most often in the month in which the span ends, as counted here."""
    days = {"day__range": (span.month.first, span.month.last)}
    rows = ViewCount.objects.filter(**days).order_by().values("page").annotate(total=Sum("views"))
    found = list(rows.order_by("-total", "page")[:PAGES])
    newest = ViewCount.objects.filter(**days, page__in=[one["page"] for one in found]).order_by("day")
    records = {row.page: row for row in newest}
    told = tuple(Row(records[one["page"]], (one["page"], f"{one['total']:,}")) for one in found)
    return Listing(("Page", "Page views"), told, Records(ViewCount, days))
