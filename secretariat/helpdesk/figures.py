"""What is counted of enquiries."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from secretariat.core import published
from secretariat.core.figures import Cell, Grid, Head, Printed, Records, Span, Unknown, figure, month_heads
from secretariat.core.series import Series, Table, whole
from secretariat.helpdesk.models import CATEGORIES, Channel, Enquiry
from secretariat.plain.months import Month

MATTER = "enquiries"
SHOWN_MONTHS = 13
ONCE = {"split_from__isnull": True}
"""What was split off another enquiry came with the same message, and counts no second time."""
TOLD_CHANNELS = {Channel.EMAIL: "E-mail enquiries", Channel.TELEPHONE: "Telephone enquiries"}


def received_in(month: Month) -> dict[str, Any]:
    """The filter of what was received in a month, from London midnight to London midnight."""
    start, end = month.bounds()
    return {"received__gte": start, "received__lt": end}


@figure("helpdesk_emails", title="Helpdesk e-mails by category", unit="e-mails")
def helpdesk_emails(span: Span) -> Grid:
    """Enquiries by e-mail in each of the thirteen months that end with the span's, by category (rules HLP-3, HLP-5).

    An enquiry counts in the London month in which it was received, under the heading in force on the span's last day
    that its category is or became; what was split off another one came with the same e-mail. Months before enquiries
    are kept stand as they were published, and the published total beside the sum of its parts where they differ.
    """
    months = span.month.back(SHOWN_MONTHS)
    since = published.kept_since(MATTER)
    kept = [month for month in months if published.is_kept(since, month)]

    def records(month: Month, headings: list[int] | None) -> Records:
        chosen = {} if headings is None else {"category__in": headings}
        return Records(Enquiry, {"channel": Channel.EMAIL.value, **received_in(month), **chosen, **ONCE})

    table = Table(
        Series(CATEGORIES, span.last),
        months,
        frozenset(kept),
        _emails(kept) if kept else {},
        records,
        published.Printed("helpdesk_emails", [month for month in months if month not in kept]),
        whole,
    )
    return table.grid()


def _emails(months: list[Month]) -> dict[tuple[int, Month], int]:
    """How many came by e-mail, by category and month, in one query."""
    since, until = months[0].bounds()[0], months[-1].bounds()[1]
    emails = Enquiry.objects.filter(channel=Channel.EMAIL, received__gte=since, received__lt=until, **ONCE)
    monthly = {month.iso: Count("pk", filter=Q(**received_in(month))) for month in months}
    rows = emails.order_by().values("category").annotate(**monthly)
    return {(row["category"], month): row[month.iso] for row in rows for month in months if row[month.iso]}


@figure("helpdesk_channels", title="Enquiries by channel", unit="enquiries")
def helpdesk_channels(span: Span) -> Grid:
    """Enquiries received by e-mail and by telephone in the month in which the span ends (rule HLP-4).

    What was split off another one came with the same message. Those by online form have a row where there are any. A
    month before enquiries are kept stands as published.
    """
    month = span.month
    kept = published.is_kept(published.kept_since(MATTER), month)
    found = _by_channel(month) if kept else _printed_by_channel(month)
    labels = dict(TOLD_CHANNELS)
    if Channel.FORM in found:
        labels[Channel.FORM] = "Enquiries by online form"
    cells = {(channel.value, month.iso): found.get(channel, Cell(None, Unknown())) for channel in labels}
    return Grid(tuple(Head(channel.value, label) for channel, label in labels.items()), month_heads((month,)), cells)


def _by_channel(month: Month) -> dict[Channel, Cell]:
    rows = Enquiry.objects.filter(**received_in(month), **ONCE).order_by().values_list("channel").annotate(Count("pk"))
    counted = dict.fromkeys(TOLD_CHANNELS, 0) | {Channel(channel): number for channel, number in rows}
    return {
        channel: Cell(number, Records(Enquiry, {"channel": channel.value, **received_in(month), **ONCE}))
        for channel, number in counted.items()
    }


def _printed_by_channel(month: Month) -> dict[Channel, Cell]:
    """As published; the e-mails of a month whose channels print none are the published total of their categories."""
    printed = published.Printed("helpdesk_channels", [month])
    lines = {Channel(name): line for (name, _), line in printed.parts.items() if name in Channel.values}
    if Channel.EMAIL not in lines and (total := published.Printed("helpdesk_emails", [month]).totals.get(month)):
        lines[Channel.EMAIL] = total
    return {channel: Cell(whole(line.value), Printed(line)) for channel, line in lines.items()}
