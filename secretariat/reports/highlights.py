"""What bodies told: the items that their meetings minuted, each in its class, and the proposals that they watch.

An item is told once: in the first paper that is dated on its meeting's day or later. Its words are those of its
headline, or of the minutes where nobody edited them (rule REF-2); issuing the paper is what publishes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q

from secretariat.change.judging.interest import Interest
from secretariat.core.classification import Class
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.minutes.models import Minute
from secretariat.meetings.minutes.projection import lead
from secretariat.meetings.models import HELD, Meeting
from secretariat.papers import document as doc
from secretariat.papers.assembly import Assembly
from secretariat.papers.report import Layout, Part
from secretariat.papers.tables import text_cell
from secretariat.plain.dates import plain_date


def meetings_told(assembly: Assembly, body: str) -> list[Meeting]:
    """The meetings of a body held since the last paper, the earliest first, as far as this edition may name them."""
    span = assembly.since_paper
    rows = Meeting.objects.filter(committee__code=body, state=HELD, day__range=(span.first, span.last))
    return list(rows.filter(classification__lte=assembly.open_class).select_related("committee").order_by("day", "pk"))


def meetings_line(assembly: Assembly, body: str, name: str) -> doc.Paragraph:
    """Which meetings of a body the paper tells of, each a link."""
    meetings = meetings_told(assembly, body)
    if not meetings:
        return doc.Paragraph((doc.Text(f"No meeting of the {name} was held since the last paper."),), "note")
    runs: list[doc.Inline] = [doc.Text(f"Meetings of the {name} since the last paper: ")]
    for place, one in enumerate(meetings):
        told = f"{one.reference}, {plain_date(one.day)}" if one.reference else plain_date(one.day)
        runs += [doc.Text("; ")] if place else []
        runs.append(doc.Link(told, one.get_absolute_url()))
    return doc.Paragraph((*runs, doc.Text(".")), "note")


def minuted(assembly: Assembly, body: str) -> list[Minute]:
    """The rows minuted at a body's meetings since the last paper that this edition's readers may read.

    A White row stands in it where it is a headline; what is Red never does: it belongs in an appendix.
    """
    level = assembly.open_class
    rows = Minute.objects.filter(minutes__meeting__in=meetings_told(assembly, body), published_class__lte=level)
    rows = rows.filter(Q(item__isnull=True) | Q(item__classification__lte=level))
    headlines = Q(in_headlines=True) | Q(published_class__gt=Class.WHITE)
    found = rows.filter(headlines).select_related("item", "minutes__meeting__committee")
    return sorted(found, key=lambda row: (row.minutes.meeting.day, row.item.position if row.item else 0, row.pk))


def item_sections(assembly: Assembly, body: str) -> list[doc.Block]:
    """Each item that a body minuted as a section: what was decided and discussed, and at which meeting."""
    found: list[doc.Block] = []
    for place, (item, rows) in enumerate(groupby(minuted(assembly, body), key=lambda row: row.item), start=1):
        found.append(_item(assembly, f"{body.lower()}-item-{place}", item, list(rows)))
    return found


def _item(assembly: Assembly, key: str, item: AgendaItem | None, rows: list[Minute]) -> doc.Section:
    title = item.title if item is not None else "Of the meeting as a whole"
    level = max((row.published_class for row in rows), default=Class.WHITE)
    above = f" ({Class(level).label})" if level > assembly.paper.issue_class else ""
    blocks = [block for row in rows for block in _row(assembly, row)]
    return doc.Section(key, f"{title}{above}", (*blocks, _where(rows)))


def _row(assembly: Assembly, row: Minute) -> Iterable[doc.Block]:
    """The words of a row: paragraphs, and bullets where lines begin with a hyphen."""
    words = row.headline or row.text
    first: tuple[doc.Inline, ...] = ()
    if row.published_class > assembly.paper.issue_class:
        first += (doc.Text(f"[{Class(row.published_class).label}] ", strong=True),)
    if lead(row):
        first += (doc.Text(f"{lead(row)} ", strong=True),)
    for place, part in enumerate(part for part in words.split("\n\n") if part.strip()):
        lines = [line.strip() for line in part.splitlines()]
        if all(line.startswith("- ") for line in lines):
            yield doc.Bullets(tuple(doc.Item((doc.Text(line[2:]),)) for line in lines))
        else:
            yield doc.Paragraph((*(first if place == 0 else ()), doc.Text(" ".join(lines))))


def _where(rows: list[Minute]) -> doc.Paragraph:
    meeting = rows[0].minutes.meeting
    return doc.Paragraph((doc.Text("Minuted at "), doc.Link(str(meeting), meeting.get_absolute_url())), "note")


def group_part(body: str, name: str) -> Layout:
    """The section of one body: which of its meetings are told, the owner's words, and the items that it minuted."""

    def layout(assembly: Assembly, part: Part) -> list[doc.Block]:
        line = meetings_line(assembly, body, name)
        return [line, *assembly.narrative(part), *item_sections(assembly, body)]

    return layout


def interests_section(assembly: Assembly, body: str, name: str) -> list[doc.Block]:
    """The proposals of which a body asked, in the month reported on, to be kept informed (rule GOV-21)."""
    days = (assembly.span.first, assembly.span.last)
    asked = Interest.objects.filter(body=body, asked_on__range=days, classification__lte=assembly.open_class)
    visible = asked.filter(proposal__classification__lte=assembly.open_class).select_related("proposal")
    rows = tuple(_interest(one) for one in visible.order_by("proposal__number", "pk"))
    if not rows:
        return []
    caption = f"Proposals of which the {name} asked for further updates"
    table = doc.Table(caption, ("Proposal", "Title", "What was asked"), rows)
    title = "New Draft Proposals and Modification Proposals"
    return [doc.Section(f"{body.lower()}-proposals", title, (table,))]


def _interest(one: Interest) -> tuple[doc.Cell, ...]:
    link = doc.Link(one.proposal.reference, one.proposal.get_absolute_url())
    return doc.Cell(((link,),), header=True), text_cell(one.proposal.title), text_cell(f"{one.why}." if one.why else "")
