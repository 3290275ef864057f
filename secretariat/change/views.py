"""Pages of the change room: proposals and releases."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.http import Http404

from secretariat.change import kinds
from secretariat.change.actions import raise_proposal
from secretariat.change.filters import ProposalFilter, ReleaseFilter
from secretariat.change.forms import ProposalForm, ReleaseForm
from secretariat.change.models import Proposal, Release, Stage
from secretariat.change.procedure import change_team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import LONDON, local_day, long_date

INVENTED = Fact("Invented", "Invented for the sample administration")


class Proposals(ListPage):
    """Every proposal to change the code."""

    model = Proposal
    word = "proposal"
    plural = "proposals"
    columns = (
        Column("reference", "Reference", "reference"),
        Column("title", "Title", "title"),
        Column("proposer", "Proposer", "proposer_name"),
        Column("raised_on", "Raised", "raised_on"),
        Column("stage", "Stage", "state", lambda value: Stage(value).label if value else ""),
        Column("on_hold", "On hold", "on_hold"),
        class_column(),
    )
    filters = ProposalFilter
    link = "reference"
    order = "-number"
    order_words = "highest number first"
    about = "Every proposal to change the code, with the stage where it stands."
    empty = "No proposal is recorded yet."
    day = "raised_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "proposals"


def _readable(found: Proposal | None, key: str, page: RecordPage | EntryPage) -> Proposal:
    rows = Proposal.objects.filter(pk__in=[found.pk] if found else []).select_related("proposer", "release")
    record: Proposal | None = rows.visible_to(reader(page.request), page.request.at).first()
    if record is None:
        raise Http404(f"There is no proposal {key} that you may read.")
    return record


class ProposalPage(RecordPage):
    """One proposal: its stage, who proposes it, and the stages that it passed through."""

    model = Proposal
    word = "proposal"
    plural = "proposals"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def readable(self, key: str) -> Proposal:
        """The proposal by any of its labels, if the person may read it. Raises Http404 otherwise."""
        return _readable(kinds.proposal(key), key, self)

    def facts(self, record: Proposal) -> list[Fact]:
        """Where it stands, and who proposes it."""
        facts = [
            Fact("Stage", record.get_state_display() + (", on hold" if record.on_hold else "")),
            Fact("Raised", long_date(record.raised_on)),
            Fact("Proposer", record.proposer_name, record.proposer.get_absolute_url() if record.proposer else ""),
            Fact("Path", record.get_path_display() or "Not recorded"),
        ]
        if record.converted_on:
            facts.append(Fact("Converted to a Modification Proposal", long_date(record.converted_on)))
        if record.recommendation:
            facts.append(Fact("The Change Board recommends", record.recommendation))
        if record.release:
            facts.append(Fact("Release", record.release.name, record.release.get_absolute_url()))
        return [*facts, INVENTED] if record.invented else facts

    def related(self, record: Proposal) -> list[Related]:
        """The stages, oldest first."""
        rows: list[tuple[Any, ...]] = [
            (
                spell.get_stage_display(),
                long_date(spell.from_day),
                long_date(max(spell.to_day, spell.from_day)) if spell.to_day else "",
                spell.get_decided_by_display(),
            )
            for spell in record.spells.all()
        ]
        return [Related("Stages", ("Stage", "From", "Until", "Decided by"), rows, "No stage has begun.")]


class ProposalEntry(EntryPage):
    """Raises a proposal, or amends what is told of one."""

    model = Proposal
    form_class = ProposalForm
    word = "proposal"
    plural = "proposals"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Proposal, form: forms.ModelForm[Any], **told: Any) -> None:
        """Raises the proposal: today, or at the start of the day typed."""
        record.proposer_name = form.cleaned_data["proposer_name"]
        record.number = form.cleaned_data["number"]
        day = form.cleaned_data["raised_on"]
        if day and day != local_day(told["at"]):
            told["at"] = datetime.combine(day, time(), tzinfo=LONDON)
        raise_proposal(record, **told)

    def _record(self, key: str) -> Proposal | None:
        return _readable(kinds.proposal(key), key, self) if key else None


class Releases(ListPage):
    """The releases of the code."""

    model = Release
    word = "release"
    plural = "releases"
    columns = (
        Column("name", "Release", "name"),
        Column("go_live_on", "Goes live", "go_live_on"),
        Column("kind", "Kind", "kind", lambda value: Release.Kind(value).label),
        class_column(),
    )
    filters = ReleaseFilter
    order = "-go_live_on"
    about = "The releases of the code, with the day on which each goes live."
    empty = "No release is recorded yet."
    day = "go_live_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "releases"


class ReleasePage(RecordPage):
    """One release, and what it implemented."""

    model = Release
    word = "release"
    plural = "releases"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Release) -> list[Fact]:
        """Its day and kind."""
        facts = [Fact("Goes live", long_date(record.go_live_on)), Fact("Kind", record.get_kind_display())]
        return [*facts, INVENTED] if record.invented else facts

    def related(self, record: Release) -> list[Related]:
        """The modifications that it implemented, as far as the person may read them."""
        readable = record.proposals.visible_to(reader(self.request), self.request.at)
        rows: list[tuple[Any, ...]] = list(readable.order_by("number", "suffix").values_list("reference", "title"))
        heads = ("Reference", "Title")
        return [Related("Modifications implemented", heads, rows, "It has not implemented a modification yet.")]


class ReleaseEntry(EntryPage):
    """Enters or amends a release."""

    model = Release
    form_class = ReleaseForm
    word = "release"
    plural = "releases"
    who: ClassVar[Who] = staticmethod(change_team)
