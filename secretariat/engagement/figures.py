"""What is counted of engagement: portal users and the use of the website."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from secretariat.core import published
from secretariat.core.figures import Cell, Grid, Head, Printed, Records, Span, Unknown, figure, month_heads
from secretariat.core.series import Series, Table, whole
from secretariat.engagement.models import CATEGORIES, PortalUser, WebsiteMonth
from secretariat.plain.months import Month

USE = {"visits": "Visits", "page_views": "Page views"}
VISITORS = {"new": "New visitors", "returning": "Returning visitors"}
SHOWN_MONTHS = 13


@figure("portal_users", title="Portal users by category", unit="users")
def portal_users(span: Span) -> Grid:
    """Accounts on the portal at the end of the span's last day, by category (rule HLP-9).

    An account counts from the day it is registered and no longer on the day it is closed. Before portal users are
    kept the published numbers of the month stand.
    """
    since = published.kept_since("portal users")
    kept = frozenset({span.month} if since is not None and since <= span.last else ())
    registered = PortalUser.objects.filter(registered_on__lte=span.last).order_by()
    there = registered.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=span.last))
    counts = there.values_list("category").annotate(Count("pk"))

    def records(_: Month, headings: list[int] | None) -> Records:
        chosen: dict[str, Any] = {} if headings is None else {"category__in": headings}
        return Records(PortalUser, {"pk__in": there.values("pk"), **chosen})

    table = Table(
        Series(CATEGORIES, span.last),
        (span.month,),
        kept,
        {(pk, span.month): number for pk, number in counts} if kept else {},
        records,
        published.Printed("portal_users", [] if kept else [span.month]),
        whole,
        total_label="Total number of users",
    )
    return table.grid()


@figure("website_statistics", title="Use of the website", unit="visits and page views")
def website_statistics(span: Span) -> Grid:
    """Visits and page views in each of the thirteen months that end with the span's (rule HLP-12).

    A month without a record here shows what was published of it, or nothing.
    """
    months = span.month.back(SHOWN_MONTHS)
    return Grid(_heads(USE), month_heads(months), _cells("website_statistics", months, USE, {key: key for key in USE}))


@figure("website_visitors", title="Visitors to the website", unit="visitors")
def website_visitors(span: Span) -> Grid:
    """New and returning visitors to the website in the month in which the span ends (rule HLP-12).

    A month without a record here shows what was published of it, or nothing.
    """
    fields = {"new": "new_visitors", "returning": "returning_visitors"}
    cells = _cells("website_visitors", (span.month,), VISITORS, fields)
    return Grid(_heads(VISITORS), month_heads((span.month,)), cells)


def _heads(labels: dict[str, str]) -> tuple[Head, ...]:
    return tuple(Head(key, label) for key, label in labels.items())


def _cells(
    name: str, months: tuple[Month, ...], labels: dict[str, str], fields: dict[str, str]
) -> dict[tuple[str, str], Cell]:
    """A cell per row and month: from the month's record, or else as printed under the row's key or label."""
    kept = {Month.of(row.month): row for row in WebsiteMonth.objects.filter(month__in=[one.first for one in months])}
    printed = published.Printed(name, [month for month in months if month not in kept])
    cells = {}
    for month in months:
        for key, label in labels.items():
            value = getattr(kept.get(month), fields[key], None)
            line = printed.parts.get((key, month)) or printed.parts.get((label, month))
            cell = Cell(whole(line.value), Printed(line)) if line else Cell(None, Unknown())
            if value is not None:
                cell = Cell(value, Records(WebsiteMonth, {"month": month.first}, summed=fields[key]))
            cells[(key, month.iso)] = cell
    return cells
