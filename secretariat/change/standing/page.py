"""What a proposal's page says of its status: holds, urgency, relations, Proposers, targets and parts; and what is next.

Each row of a table is written from the dated rows: nothing of it is stored a second time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.change.coming import Coming, Need
from secretariat.change.entry import panel_timing
from secretariat.change.models import Proposal, Stage
from secretariat.change.standing.forward import lacking
from secretariat.change.standing.models import URGENT, InitialReport, Relation, UrgentDate, urgent_dates
from secretariat.change.standing.rules import open_window
from secretariat.core.calendar import calendar
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, local_day, long_date

BALL = {
    UrgentDate.Milestone.VOTE: "Change Board",
    UrgentDate.Milestone.AUTHORITY: "Authority",
}


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """Its status apart from its stage: one line for each that it has."""
    found = []
    hold = proposal.holds.filter(to_day__isnull=True).first()
    if hold is not None:
        found.append(Fact("On hold", f"since {long_date(hold.from_day)}, by {hold.held_by}", note=hold.reason))
    urgency = proposal.urgencies.visible_to(person, at).first()
    if urgency is not None:
        found.append(Fact("Urgency", urgency.state, urgency.get_absolute_url(), urgency.reason))
    window = proposal.adoptions.order_by("-withdrawn_on", "-pk").first()
    if window is not None and proposal.state == Stage.WITHDRAWN:
        words = f"Open to adoption until 17:00 on {long_date(window.closes_on)}"
        closed = f"Closed on {long_date(window.ended_on)}: nobody adopted it" if window.ended_on else words
        found.append(Fact("Withdrawn", closed, note=window.reason))
    for relation in _readable(proposal.relations.all(), person, at):
        if relation.kind in (Relation.Kind.OVERTAKEN, Relation.Kind.SUPERSEDED):
            label = relation.get_kind_display().removeprefix("is ").capitalize()
            found.append(Fact(label, str(relation.other), relation.other.get_absolute_url()))
    target = proposal.targets.filter(to_day__isnull=True).select_related("release").first()
    if target is not None:
        note = f"Set by {target.set_by} on {long_date(target.from_day)}."
        found.append(Fact("Target release", str(target.release), target.release.get_absolute_url(), note))
    return found


def _readable(rows: Any, person: Person | None, at: datetime) -> list[Relation]:
    both = rows.visible_to(person, at).select_related("proposal", "other")
    seen = Proposal.objects.visible_to(person, at).values("pk")
    return list(both.filter(proposal__in=seen, other__in=seen))


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The history of each status, each table where there is one."""
    tables = (
        _relations(proposal, person, at),
        _spells("Holds", ("From", "Until", "By", "Why", "Resumed because"), proposal.holds.all(),
                lambda row: (row.held_by, row.reason, row.resumed_because)),
        _spells("Proposers", ("From", "Until", "Proposer", "How", "Why"),
                proposal.proposer_spells.select_related("party"),
                lambda row: (row.party or row.name, row.get_how_display(), row.reason)),
        _spells("Target releases", ("From", "Until", "Release", "Set by", "Why"),
                proposal.targets.select_related("release"), lambda row: (row.release, row.set_by, row.reason)),
        _parts(proposal, person, at),
        _urgent(proposal),
        _withdrawals(proposal),
        _advice(proposal),
    )  # fmt: skip
    return [table for table in tables if table.rows]


def _spells(title: str, heads: tuple[str, ...], found: Any, told: Any) -> Related:
    rows: list[tuple[Any, ...]] = [
        (day_words(row.from_day), day_words(max(row.to_day, row.from_day) if row.to_day else None), *told(row))
        for row in found
    ]
    return Related(title, heads, rows, "None.")


def _relations(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = []
    for relation in _readable(Relation.objects.filter(Q(proposal=proposal) | Q(other=proposal)), person, at):
        mine = relation.proposal_id == proposal.pk
        words = relation.get_kind_display() if mine else Relation.REVERSED[Relation.Kind(relation.kind)]
        rows.append((words, relation.other if mine else relation.proposal, day_words(relation.from_day), relation.note))
    return Related("How it stands to others", ("It", "Proposal", "Since", "Note"), rows, "None.")


def _parts(proposal: Proposal, person: Person | None, at: datetime) -> Related:
    rows: list[tuple[Any, ...]] = [
        (part, part.release or "", day_words(part.planned_for), day_words(part.implemented_on))
        for part in proposal.parts.visible_to(person, at).select_related("release", "proposal")
    ]
    return Related("Implemented in parts", ("Part", "Release", "Planned for", "Implemented"), rows, "None.")


def _urgent(proposal: Proposal) -> Related:
    labels = dict(UrgentDate.Milestone.choices)
    rows: list[tuple[Any, ...]] = [(labels[name], day_words(day)) for name, day in urgent_dates(proposal).items()]
    return Related("Urgent timetable, in place of the standard one", ("What", "By"), rows, "None.")


def _withdrawals(proposal: Proposal) -> Related:
    rows: list[tuple[Any, ...]] = [
        (day_words(row.withdrawn_on), Stage(row.stage).label, row.reason, day_words(row.closes_on),
         f"adopted by {row.adopted_by.name}" if row.adopted_by else "closed" if row.ended_on else "open")
        for row in proposal.adoptions.select_related("adopted_by")
    ]  # fmt: skip
    return Related("Withdrawals", ("On", "In", "Why", "Open to adoption until", "Outcome"), rows, "None.")


def _advice(proposal: Proposal) -> Related:
    rows: list[tuple[Any, ...]] = [
        (day_words(row.said_on), row.body, row.get_kind_display(), row.note) for row in proposal.advice.all()
    ]
    return Related("Advice on the Draft Proposal", ("On", "By", "Advice", "Note"), rows, "None.")


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """What the step to its next stage still lacks, who has it, and the step itself."""
    href = proposal.get_absolute_url()
    found = [Need(what, who, citation, href) for what, who, citation in lacking(proposal, at)]
    window = open_window(proposal) if proposal.state == Stage.WITHDRAWN else None
    if window is not None and at <= calendar().closing(window.closes_on):
        found.append(Need("A party adopts it.", "Any party", "OLD-8", href))
    return found


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """The dates of its status: the Panel that first considers it, its urgent timetable, its target, its adoption."""
    found = [*_panel(proposal), *_urgent_dates(proposal), *_target(proposal, at), *_planned(proposal)]
    window = open_window(proposal)
    if window is not None:
        days = RULEBOOK.number("change.adoption_wd", window.withdrawn_on)
        working = calendar().working(window.withdrawn_on, days).sentence()
        closes = calendar().closing(window.closes_on)
        found.append(Coming("Adoption window closes", closes, "Any party", working, "OLD-8"))
    return found


def _panel(proposal: Proposal) -> list[Coming]:
    report = InitialReport.objects.filter(proposal=proposal).first()
    if report is None or proposal.state != Stage.DEVELOPMENT:
        return []
    papers, form = panel_timing(report.panel_on)
    return [
        Coming("Form of the proposal is in", report.form_in_by, "Proposer", form.sentence(), "OLD-2"),
        Coming("Initial Modification Report is issued", report.papers_on, "Secretariat", papers.sentence(), "OLD-2"),
        Coming("Panel first considers it", report.panel_on, "Panel", "", "OLD-3"),
    ]


def _urgent_dates(proposal: Proposal) -> list[Coming]:
    found = UrgentDate.objects.filter(urgency__proposal=proposal, urgency__state=URGENT).select_related("urgency")
    working = "Set by the urgent timetable, which replaces the standard one."
    return [
        Coming(row.get_milestone_display(), row.due_on, BALL.get(UrgentDate.Milestone(row.milestone), "Secretariat"),
               working, "OLD-9", row.get_absolute_url())
        for row in found
    ]  # fmt: skip


def _target(proposal: Proposal, at: datetime) -> list[Coming]:
    target = proposal.targets.filter(to_day__isnull=True).select_related("release").first()
    if target is None or target.release.go_live_on < local_day(at) or proposal.state == Stage.IMPLEMENTED:
        return []
    release = target.release
    what = f"{release} goes live, at which it aims"
    return [Coming(what, release.go_live_on, "Secretariat", "", "REL-3", release.get_absolute_url())]


def _planned(proposal: Proposal) -> list[Coming]:
    rows = proposal.parts.filter(implemented_on__isnull=True, planned_for__isnull=False)
    return [Coming(f"{row.name} is implemented", row.planned_for, "Secretariat", "", "REL-5") for row in rows]
