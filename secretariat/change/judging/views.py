"""Pages of verdicts, impacts, costs, priorities and plain words."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse

from secretariat.change.judging.actions import Form, judge, set_priority
from secretariat.change.judging.bases import PROPOSAL, OfProposalEntry, OfProposalPage
from secretariat.change.judging.filters import (
    CostFilter,
    ImpactFilter,
    JudgementFilter,
    PriorityFilter,
    SummaryFilter,
    SystemImpactFilter,
)
from secretariat.change.judging.forms import (
    CostForm,
    ImpactForm,
    JudgementForm,
    PriorityForm,
    SummaryForm,
    SystemImpactForm,
)
from secretariat.change.judging.models import Cost, Impact, Judgement, Level, Priority, Summary, SystemImpact
from secretariat.change.judging.objectives import objective, objectives
from secretariat.change.judging.page import verdicts
from secretariat.change.who import change_team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date


def _objective(key: str) -> str:
    found = objective(key)
    return found.short if found else key


def _level(value: str) -> str:
    return str(Level(value).label) if value else "not told"


class Objectives(Page):
    """The objectives against which proposals are judged, each with its source and doubt (MOD-20, MOD-21)."""

    template = "change/objectives.html"
    crumbs = (Crumb("Objectives"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """General ones, then those for the charging methodology."""
        found = objectives()
        parts = (
            ("General objectives", [one for one in found if not one.charging]),
            ("Charging objectives, for changes to Section K alone", [one for one in found if one.charging]),
        )
        return self.shown({"parts": parts})


class Judgements(ListPage):
    """Every verdict on every proposal."""

    model = Judgement
    word, plural = "judgement", "judgements"
    filters = JudgementFilter
    columns = (
        PROPOSAL,
        Column("objective", "Objective", "objective", _objective),
        Column("verdict", "Verdict", "verdict", lambda value: str(Judgement.Verdict(value).label)),
        Column("source", "Judged as", "source", lambda value: str(Judgement.Source(value).label)),
        Column("by_whom", "By whom", "by_whom"),
        Column("judged_on", "On", "judged_on"),
        Column("reason", "Reason", "reason", sortable=False),
        class_column(),
    )
    order = "-judged_on"
    about = (
        "What Proposers, Working Groups, respondents and Change Board members say a proposal does to the objectives."
    )
    empty = "No judgement is kept that you may read."
    day = "judged_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class JudgementPage(OfProposalPage):
    """One verdict, with all verdicts on the proposal."""

    model = Judgement
    word, plural = "judgement", "judgements"

    def own(self, record: Judgement) -> list[Fact]:
        """Who says what of which objective, and why."""
        found = objective(record.objective)
        return [
            Fact("Objective", found.label if found else record.objective),
            Fact("Verdict", record.get_verdict_display()),
            Fact("Reason", record.reason or "None is needed"),
            Fact("Judged by", f"{record.by_whom} ({record.get_source_display()})"),
            Fact("Judged on", long_date(record.judged_on)),
        ]

    def related(self, record: Judgement) -> list[Related]:
        """The matrix of the proposal."""
        return verdicts(record.proposal, reader(self.request), self.request.at)


class JudgementEntry(OfProposalEntry):
    """Enters or amends what one source says, on all objectives in one form."""

    model = Judgement
    form_class = JudgementForm
    word, plural = "judgement", "judgements"

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        """Keeps the whole form; where it amends, proposal and source stay as they are."""
        record, told = self._record(key), dict(form.cleaned_data)
        proposal = record.proposal if record else told["proposal"]
        source = record or Judgement(source=told["source"], by_whom=told["by_whom"])
        one = Form(
            source.source, source.by_whom, told["judged_on"], told["party"], told["classification"], told["audience"]
        )
        assert isinstance(form, JudgementForm)
        return judge(proposal, one, form.verdicts(), **self.told())[0]


class Impacts(ListPage):
    """What proposals touch."""

    model = Impact
    word, plural = "impact", "impacts"
    filters = ImpactFilter
    columns = (
        PROPOSAL,
        Column("kind", "Kind", "kind", lambda value: str(Impact.Kind(value).label)),
        Column("subject", "Touched", "subject"),
        Column("level", "How strongly", "level", _level),
        Column("note", "How", "note", sortable=False),
        class_column(),
    )
    about = "Which Party Categories, User Roles, device types, systems and documents each proposal touches."
    empty = "No impact is recorded yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "proposal-impacts"


class ImpactPage(OfProposalPage):
    """One impact."""

    model = Impact
    word, plural = "impact", "impacts"

    def own(self, record: Impact) -> list[Fact]:
        """What is touched, how, and how strongly."""
        return [
            Fact(record.get_kind_display(), record.subject_label),
            Fact("How strongly", record.get_level_display() or "Not told"),
            Fact("How", record.note or "Not told"),
        ]


class ImpactEntry(OfProposalEntry):
    """Enters or amends an impact."""

    model = Impact
    form_class = ImpactForm
    word, plural = "impact", "impacts"


class SystemImpacts(ListPage):
    """Which proposals touch the DCC System."""

    model = SystemImpact
    word, plural = "system impact", "system impacts"
    filters = SystemImpactFilter
    columns = (
        PROPOSAL,
        Column("answer", "DCC System impact", "answer", lambda value: str(SystemImpact.Answer(value).label)),
        Column("told_by", "Told by", "told_by"),
        Column("told_on", "Told on", "told_on"),
        class_column(),
    )
    order = "-told_on"
    day = "told_on"
    about = "Whether each proposal changes the DCC System."
    empty = "Of no proposal it is told yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class SystemImpactPage(OfProposalPage):
    """One answer."""

    model = SystemImpact
    word, plural = "system impact", "system impacts"

    def own(self, record: SystemImpact) -> list[Fact]:
        """The answer, by whom and when."""
        return [
            Fact("DCC System impact", record.get_answer_display(), note=record.note),
            Fact("Told by", record.told_by),
            Fact("Told on", long_date(record.told_on)),
        ]


class SystemImpactEntry(OfProposalEntry):
    """Enters or amends the answer."""

    model = SystemImpact
    form_class = SystemImpactForm
    word, plural = "system impact", "system impacts"


class Costs(ListPage):
    """What proposals cost."""

    model = Cost
    word, plural = "cost", "costs"
    filters = CostFilter
    columns = (
        PROPOSAL,
        Column("borne_by", "Borne by", "borne_by", lambda value: str(dict(Cost.BORNE_BY)[value])),
        Column("purpose", "For", "purpose"),
        Column("about", "About", "about", lambda value: "about" if value else ""),
        Column("low", "Cost, £", "low", numeric=True),
        Column("high", "Up to, £", "high", numeric=True),
        Column("source", "Source", "source", lambda value: str(Cost.Source(value).label)),
        Column("dated_on", "Dated", "dated_on"),
        class_column(),
    )
    order = "-dated_on"
    day = "dated_on"
    about = "Estimates in whole pounds, superseded ones among them; about stays about."
    empty = "No cost is recorded yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "proposal-costs"


class CostPage(OfProposalPage):
    """One estimate, with those before and after it."""

    model = Cost
    word, plural = "cost", "costs"

    def own(self, record: Cost) -> list[Fact]:
        """How much, for whom, and who reckoned it."""
        return [
            Fact("Cost", str(record.amount), note=record.note),
            Fact("Borne by", record.get_borne_by_display()),
            Fact("For", record.purpose),
            Fact("Source", record.get_source_display()),
            Fact("Dated", long_date(record.dated_on)),
        ]

    def related(self, record: Cost) -> list[Related]:
        """The same cost as it was told at other times, newest first."""
        same = Cost.objects.filter(proposal=record.proposal_id, borne_by=record.borne_by, purpose=record.purpose)
        rows: list[tuple[Any, ...]] = [
            (long_date(row.dated_on), Crumb(str(row.amount), row.get_absolute_url()), row.get_source_display())
            for row in same.visible_to(reader(self.request), self.request.at)
        ]
        return [Related("As it was told", ("Dated", "Cost", "Source"), rows, "None.")]


class CostEntry(OfProposalEntry):
    """Enters or amends an estimate."""

    model = Cost
    form_class = CostForm
    word, plural = "cost", "costs"


class Priorities(ListPage):
    """How pressing proposals are."""

    model = Priority
    word, plural = "priority", "priorities"
    filters = PriorityFilter
    columns = (
        PROPOSAL,
        Column("level", "Priority", "level", _level),
        Column("since", "Since", "from_day"),
        Column("until", "Until", "to_day"),
        Column("reason", "Reason", "reason", sortable=False),
        class_column(),
    )
    order = "-from_day"
    day = "from_day"
    about = "The priority of each proposal, with its reason, and the priorities that it had before."
    empty = "No proposal has a priority yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class PriorityPage(OfProposalPage):
    """One priority."""

    model = Priority
    word, plural = "priority", "priorities"

    def own(self, record: Priority) -> list[Fact]:
        """How pressing, why and since when."""
        return [
            Fact("Priority", record.get_level_display()),
            Fact("Reason", record.reason),
            Fact("Since", long_date(record.from_day)),
            Fact("Until", long_date(record.to_day) if record.to_day else "Further notice"),
        ]


class PriorityEntry(OfProposalEntry):
    """Gives a priority, or amends one."""

    model = Priority
    form_class = PriorityForm
    word, plural = "priority", "priorities"

    def write(self, record: Any, **told: Any) -> None:
        """The one before ends."""
        set_priority(record, **told)


class Summaries(ListPage):
    """Proposals in plain words."""

    model = Summary
    word, plural = "summary", "summaries"
    filters = SummaryFilter
    columns = (
        PROPOSAL,
        Column("title", "Title", "proposal__title"),
        Column("problem", "What is the problem?", "problem", sortable=False),
        class_column(),
    )
    about = "Each proposal in plain words: what is the problem, what would change, who is affected, what to do now."
    empty = "No proposal is told in plain words yet."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class SummaryPage(OfProposalPage):
    """One proposal in plain words."""

    model = Summary
    word, plural = "summary", "summaries"

    def own(self, record: Summary) -> list[Fact]:
        """The four questions with their answers."""
        return [
            Fact("What is the problem?", record.problem),
            Fact("What would change?", record.change),
            Fact("Who is affected?", record.affected),
            Fact("What should I do now?", record.to_do),
        ]


class SummaryEntry(OfProposalEntry):
    """Writes the plain words, or writes them anew; the journal keeps each version."""

    model = Summary
    form_class = SummaryForm
    word, plural = "summary", "summaries"
