"""What the record tells since the last newsletter, block by block (rule HLP-7): only what anybody may read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from secretariat.change.decision.models import Decision
from secretariat.change.models import Proposal, Release, Stage, StageSpell
from secretariat.change.sessions.models import Session
from secretariat.consultations.models import LISTED, RUN, Consultation, Kind
from secretariat.core.kinds import load
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.events.models import ANNOUNCED, EngagementEvent
from secretariat.engagement.events.models import CANCELLED as EVENT_CANCELLED
from secretariat.engagement.events.models import PLANNED as EVENT_PLANNED
from secretariat.engagement.guidance.models import Article
from secretariat.engagement.guidance.models import Kind as ArticleKind
from secretariat.engagement.newsletter.calls import Call, closing_time
from secretariat.engagement.newsletter.fields import Lookup, sent_at
from secretariat.engagement.newsletter.models import Block
from secretariat.engagement.surveys.models import OPEN as SURVEY_OPEN
from secretariat.engagement.surveys.models import Survey
from secretariat.legaltext.models import CodeVersion
from secretariat.meetings.models import CANCELLED, HELD, PANEL, Meeting, MeetingDocument
from secretariat.papers.document import Block as Piece
from secretariat.papers.document import Bullets, Cell, Inline, Item, Link, Paragraph, Runs, Table, Text
from secretariat.papers.models import Issue
from secretariat.papers.narrative import WORDS
from secretariat.plain.dates import MONTH_NAMES, instant, local_day, plain_date
from secretariat.products.models import ListVersion

SUBJECTS = (Kind.REFINEMENT, Kind.REPORT)
"""The consultations about a proposal; all others stand under other consultations."""


@dataclass
class Told:
    """One newsletter being put together: its days, its instant, and the calls met so far."""

    lookup: Lookup

    @property
    def at(self) -> datetime:
        """The instant as at which the record is read."""
        return self.lookup.at

    @property
    def sent(self) -> datetime:
        """The instant at which it is sent: what is over by then is not told of."""
        return sent_at(self.lookup.newsletter, self.at)

    @property
    def day(self) -> date:
        """The newsletter's day."""
        return self.lookup.newsletter.day

    @property
    def period(self) -> tuple[date, date]:
        """The first and last day told of."""
        return self.lookup.span.first, self.lookup.span.last

    def until(self, key: str) -> date:
        """The last day of a window after the newsletter's day that the rulebook sets."""
        return self.day + timedelta(days=RULEBOOK.number(key, self.day))

    def public(self, model: Any) -> Any:
        """The rows of a model that anybody may read."""
        return model.objects.all().visible_to(None, self.at)

    def may_tell(self, record: Any) -> bool:
        """Whether anybody may read a record that another one names."""
        return bool(self.public(type(record)).filter(pk=record.pk).exists())

    def open_consultations(self) -> Any:
        """The consultations that take responses when it is sent, whatever became of them since."""
        return self.public(Consultation).filter(state__in=RUN, opens_at__lte=self.sent, closes_at__gt=self.sent)

    def known_events(self) -> Any:
        """The events that are to come when it is sent, whatever became of them since."""
        rows = self.public(EngagementEvent).exclude(state__in=("", EVENT_PLANNED, EVENT_CANCELLED))
        return rows.filter(begins_at__gt=self.sent).order_by("begins_at", "pk")

    def call(self, what: str, closes_at: datetime, href: str) -> Text:
        """When a call closes, in strong words; the check watches it."""
        self.lookup.calls.append(Call(closes_at, what, href))
        return Text(f"Closes at {closing_time(closes_at)}", strong=True)


def named(proposal: Any) -> Runs:
    """A proposal as its reference with its title."""
    return (Link(f"{proposal.reference} ‘{proposal.title}’", proposal.get_absolute_url()),)


def said(*runs: Inline | str) -> Paragraph:
    """A paragraph of words and links."""
    return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))


def listed(items: Iterable[Runs]) -> list[Piece]:
    """A list, where there is anything in it."""
    found = tuple(Item(runs) for runs in items)
    return [Bullets(found)] if found else []


def counted(number: int, one: str, many: str) -> str:
    """A number in words with its noun, at the beginning of a sentence."""
    words = WORDS[number] if number < len(WORDS) else str(number)
    return f"{words[:1].upper()}{words[1:]} {one if number == 1 else many}"


def proposals(told: Told) -> list[Piece]:
    """The Draft Proposals raised since."""
    rows = list(told.public(Proposal).filter(raised_on__range=told.period).order_by("number", "suffix"))
    if not rows:
        return []
    new = counted(len(rows), "new Draft Proposal has", "new Draft Proposals have")
    return [said(f"{new} been raised since the last newsletter."), *listed(named(row) for row in rows)]


def moved(told: Told) -> list[Piece]:
    """The proposals that came to another stage, but those raised or decided on: these stand in blocks of their own."""
    stages = (Stage.REFINEMENT, Stage.REPORT, Stage.WITHDRAWN, Stage.IMPLEMENTED)
    spells = StageSpell.objects.filter(from_day__range=told.period, stage__in=stages)
    rows = (
        spells.filter(proposal__in=told.public(Proposal))
        .select_related("proposal")
        .order_by("stage", "proposal__number", "proposal__suffix")
    )
    return listed(
        (*named(row.proposal), Text(f": {row.get_stage_display()}, {_by(row)}{_on(row.from_day)}")) for row in rows
    )


def _by(row: StageSpell) -> str:
    return f"decided by the {row.get_decided_by_display()}, " if row.decided_by else ""


def _on(day: date) -> str:
    return f"from {plain_date(day)}"


def consultations_on(kind: str) -> Callable[[Told], list[Piece]]:
    """The open consultations of one kind, each with the instant at which it closes."""

    def gather(told: Told) -> list[Piece]:
        rows = list(told.open_consultations().filter(kind=kind).order_by("closes_at", "pk"))
        if not rows:
            return []
        label = str(Kind(kind).label)
        many = counted(len(rows), f"{label} is", f"{label}s are")
        return [said(f"{many} open."), *listed(_consultation(told, row) for row in rows)]

    return gather


def _consultation(told: Told, row: Consultation) -> Runs:
    about = load(row.about_kind, row.about_id) if row.about_kind and row.about_id is not None else None
    subject = named(about) if isinstance(about, Proposal) and told.may_tell(about) else ()
    between = (Text(": "),) if subject else ()
    where = row.address if row.is_others else row.get_absolute_url()
    closing = told.call(row.title, row.closes_at, where) if row.closes_at else Text("No closing date is told")
    return (*subject, *between, Link(row.title, where), Text(". "), closing, Text("."))


def other_consultations(told: Told) -> list[Piece]:
    """Open consultations about no proposal, those of other bodies, and open surveys."""
    rows = told.public(Consultation)
    own = told.open_consultations().exclude(kind__in=SUBJECTS).order_by("closes_at", "pk")
    others = rows.filter(state=LISTED, closes_at__gt=told.sent).order_by("closes_at", "pk")
    surveys = told.public(Survey).filter(state=SURVEY_OPEN, closes_at__gt=told.sent).order_by("closes_at", "pk")
    runs = [_consultation(told, row) for row in own]
    runs += [_by_others(told, row) for row in others]
    return listed([*runs, *(_survey(told, row) for row in surveys)])


def _survey(told: Told, row: Survey) -> Runs:
    where = row.get_absolute_url()
    return (Text("Survey: "), Link(str(row), where), Text(". "), told.call(str(row), row.closes_at, where), Text("."))


def _by_others(told: Told, row: Consultation) -> Runs:
    return (Text(f"{row.body}: "), *_consultation(told, row))


def decisions(told: Told) -> list[Piece]:
    """What was decided, until when it can be referred, and when it is implemented."""
    rows = told.public(Decision).order_by("decided_at", "pk")
    since = [row for row in rows if told.period[0] <= local_day(row.decided_at) <= told.period[1]]
    return listed(runs for row in since if (runs := _decision(told, row)))


def _decision(told: Told, row: Decision) -> Runs:
    subjects: list[Inline] = []
    for proposal in row.proposals.all().visible_to(None, told.at):
        subjects += [*((Text(", "),) if subjects else ()), *named(proposal)]
    if not subjects:
        return ()
    day = plain_date(local_day(row.decided_at))
    words = f": {row.get_outcome_display().lower()} by the {row.get_body_display()} on {day}."
    window = row.window()
    if window is None or window.closes_at <= told.sent:
        return (*subjects, Text(words))
    told.lookup.calls.append(Call(window.closes_at, f"Referral of {row}", row.get_absolute_url()))
    until = f" It can be referred to the {window.to.label} until {closing_time(window.closes_at)}; "
    after = f"if nobody does, it is implemented on {plain_date(window.implemented_on)}."
    return (*subjects, Text(words + until + after))


def releases(told: Told) -> list[Piece]:
    """The releases to come, with the modifications that each implements."""
    found: list[Piece] = []
    for row in told.public(Release).filter(go_live_on__gte=told.day).order_by("go_live_on", "name"):
        day, kind = plain_date(row.go_live_on), row.get_kind_display()
        found.append(said(Link(row.name, row.get_absolute_url()), f" goes live on {day} ({kind})."))
        found += listed(named(one) for one in row.proposals.all().visible_to(None, told.at).order_by("number"))
    return found


def panel(told: Told) -> list[Piece]:
    """The Panel's meetings since, with what was published of them, and its next."""
    return listed(_bodies(told, told.public(Meeting).filter(committee__code=PANEL)))


def committees(told: Told) -> list[Piece]:
    """The meetings of the other bodies since, and when each meets next."""
    return listed(_bodies(told, told.public(Meeting).exclude(committee__code=PANEL)))


def _bodies(told: Told, rows: Any) -> list[Runs]:
    first, _ = told.period
    near = rows.exclude(state=CANCELLED).filter(day__range=(first, told.until("newsletter.dates_days")))
    by_body: dict[Any, list[Meeting]] = {}
    for row in near.select_related("committee").order_by("committee__position", "day", "pk"):
        by_body.setdefault(row.committee, []).append(row)
    return [runs for body, meetings in by_body.items() if (runs := _body(told, body, meetings))]


def _body(told: Told, body: Any, meetings: list[Meeting]) -> Runs:
    held = [row for row in meetings if row.day <= told.day and row.state == HELD]
    coming = [row for row in meetings if row.day > told.day]
    if not (held or coming):
        return ()
    found: list[Inline] = [Link(body.name, body.get_absolute_url())]
    for begun, group in ((" met on ", held), ("; it meets next on " if held else " meets next on ", coming)):
        for place, row in enumerate(group):
            found.append(Text(begun if not place else _and(place, len(group))))
            found.append(Link(plain_date(row.day), row.get_absolute_url()))
            found += _published(told, row)
    return (*found, Text("."))


def _and(place: int, length: int) -> str:
    return " and " if place == length - 1 else ", "


def _published(told: Told, meeting: Meeting) -> list[Inline]:
    rows = told.public(MeetingDocument).filter(meeting=meeting).exclude(url="", file=None).order_by("pk")
    kinds = list(dict.fromkeys(str(row.get_kind_display()).lower() for row in rows))
    return [Text(f" ({', '.join(kinds)})")] if kinds else []


def events(told: Told) -> list[Piece]:
    """The events to come for which places can be had, or which are known."""
    last = told.until("newsletter.events_days")
    return listed(_event(told, row) for row in told.known_events() if local_day(row.begins_at) <= last)


def _event(told: Told, row: EngagementEvent) -> Runs:
    hours = f", {instant(row.begins_at)} to {instant(row.ends_at)[-5:]}"
    where = f", {row.place}" if row.place else ""
    summary = f" {row.summary}" if row.summary else ""
    link = Link(row.title, row.get_absolute_url())
    if row.state in ANNOUNCED[1:]:
        return (link, Text(f"{hours}{where}.{summary} Registration: {row.state}."))
    if row.registration_ends <= told.sent:
        return (link, Text(f"{hours}{where}.{summary} Registration is over."))
    closing = told.call(f"Registration for {row.title}", row.registration_ends, row.get_absolute_url())
    return (link, Text(f"{hours}{where}.{summary} Registration is open. "), closing, Text("."))


def publications(told: Told) -> list[Piece]:
    """Papers, versions of the code and of product lists, and guidance, published since."""
    first, last = told.period
    papers = [
        (row.paper.title, row.paper.get_absolute_url(), local_day(row.at))
        for row in told.public(Issue).select_related("paper").order_by("at")
        if first <= local_day(row.at) <= last
    ]
    code = [
        (f"The code, version {row.number}", row.get_absolute_url(), row.effective_from)
        for row in told.public(CodeVersion).filter(effective_from__range=(first, last)).order_by("effective_from")
    ]
    lists = [
        (str(row), row.get_absolute_url(), row.published_on)
        for row in told.public(ListVersion).filter(published_on__range=(first, last)).order_by("published_on", "pk")
    ]
    passing = (ArticleKind.NEWS, ArticleKind.VACANCY)
    notes = [(str(row), row.get_absolute_url(), row.published_on) for row in _articles(told) if row.kind not in passing]
    rows = [*papers, *code, *lists, *notes]
    return listed((Link(title, href), Text(f", {plain_date(day)}")) for title, href, day in rows)


def news(told: Told) -> list[Piece]:
    """News published since, and vacancies that still take applications."""
    rows: list[Runs] = [
        (Link(str(row), row.get_absolute_url()), Text(f". {row.summary}".rstrip(". ") + "."))
        for row in _articles(told).filter(kind=ArticleKind.NEWS)
    ]
    vacancies = told.public(Article).approved().filter(kind=ArticleKind.VACANCY).order_by("closes_at", "pk")
    rows += [
        (Text("Vacancy: "), Link(str(row), row.get_absolute_url()), Text(". "), _applications(told, row), Text("."))
        for row in vacancies
        if row.closes_at is None or row.takes_applications(told.sent)
    ]
    return listed(rows)


def _applications(told: Told, row: Article) -> Text:
    if row.closes_at is None:
        return Text("Applications are taken until it is filled")
    return told.call(f"Vacancy: {row}", row.closes_at, row.get_absolute_url())


def _articles(told: Told) -> Any:
    return told.public(Article).approved().filter(published_on__range=told.period).order_by("published_on", "pk")


STATISTICS = (
    ("Current parties", "party_reconciliation", "end"),
    ("Parties that acceded since the last newsletter", "party_reconciliation", "acceded"),
    ("Parties that withdrew", "party_reconciliation", "withdrawn"),
    ("Parties that were expelled", "party_reconciliation", "expelled"),
    ("Panel Members whose employment changed", "employer_changes", "panel"),
)
"""The table of parties: its rows, each a cell of a figure over the days told of (rules EXIT-3, GOV-13)."""


def parties(told: Told) -> list[Piece]:
    """The parties and what changed since the last newsletter; numbers that nobody counts yet are left out."""
    cells = [(label, told.lookup.cell(name, told.lookup.span, row).value) for label, name, row in STATISTICS]
    rows = tuple(
        (Cell(((Text(label),),), header=True), Cell(((Text(f"{value:,}"),),), numeric=True))
        for label, value in cells
        if value is not None
    )
    return [Table("Parties to the code", ("What", "Number"), rows)] if rows else []


def dates(told: Told) -> list[Piece]:
    """The key dates: meetings, sessions of Working Groups, events and releases to come."""
    days = (told.day + timedelta(days=1), told.until("newsletter.dates_days"))
    meetings = told.public(Meeting).exclude(state=CANCELLED).filter(day__range=days).select_related("committee")
    found = [(row.day, _meeting(row), row.get_absolute_url()) for row in meetings]
    sessions = told.public(Session).exclude(state=CANCELLED).filter(day__range=days)
    found += [(row.day, f"{row.group} {row.number or ''}".strip(), row.get_absolute_url()) for row in sessions]
    found += [(local_day(row.begins_at), row.title, row.get_absolute_url()) for row in told.known_events()]
    coming = told.public(Release).filter(go_live_on__range=days)
    found += [(row.go_live_on, row.name, row.get_absolute_url()) for row in coming]
    rows = tuple(
        (Cell(((Text(_short(day)),),), header=True), Cell(((Link(what, href),),)))
        for day, what, href in sorted(found)
        if days[0] <= day <= days[1]
    )
    return [Table("Key dates", ("Date", "What"), rows)] if rows else []


def _meeting(row: Meeting) -> str:
    number = f" {row.number}" if row.number and not row.extraordinary else ""
    return f"{row.committee.name} meeting{number}"


def _short(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{MONTH_NAMES[day.month - 1]}"


GATHERED: dict[str, Callable[[Told], list[Piece]]] = {
    Block.PANEL: panel,
    Block.COMMITTEES: committees,
    Block.OTHERS: other_consultations,
    Block.PROPOSALS: proposals,
    Block.MOVED: moved,
    Block.REFINEMENT: consultations_on(Kind.REFINEMENT),
    Block.REPORT: consultations_on(Kind.REPORT),
    Block.DECISIONS: decisions,
    Block.RELEASES: releases,
    Block.EVENTS: events,
    Block.PUBLICATIONS: publications,
    Block.NEWS: news,
    Block.PARTIES: parties,
    Block.DATES: dates,
}
"""Which block is gathered by what; the others hold the editors' words only."""
