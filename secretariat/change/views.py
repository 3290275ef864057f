"""Pages of the change room: proposals and releases."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from secretariat.change import kinds
from secretariat.change import page as composed
from secretariat.change.actions import raise_proposal
from secretariat.change.filters import ProposalFilter
from secretariat.change.forms import ProposalForm
from secretariat.change.models import Proposal, Stage
from secretariat.change.procedure import change_team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import LONDON, local_day, long_date


class Proposals(ListPage):
    """Every proposal to change the code: the public Modification Register (NEW-11b)."""

    template = "change/register.html"
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
    """One proposal: in plain words, where it stands, what it needs, what comes next, and all that belongs to it."""

    template = "change/proposal.html"
    model = Proposal
    word = "proposal"
    plural = "proposals"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The proposal; a label that now names several parts leads to the page that names them (MOD-3)."""
        if kinds.proposal(key) is None and (several := kinds.parts_page(key)):
            return redirect(several)
        return super().get(request, key)

    def readable(self, key: str) -> Proposal:
        """The proposal by any of its labels, if the person may read it. Raises Http404 otherwise."""
        return _readable(kinds.proposal(key), key, self)

    def facts(self, record: Proposal) -> list[Fact]:
        """Where it stands, who proposes it, and what the parts of the room say in a line."""
        last = record.spells.filter(to_day__isnull=True).first()
        since = f"Since {long_date(last.from_day)}." if last else ""
        facts = [
            Fact("Stage", record.get_state_display() + (", on hold" if record.on_hold else ""), note=since),
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
        facts += self._told(record).facts
        return facts

    def context(self, record: Proposal) -> dict[str, Any]:
        """What the parts of the room say: the plain words, what it needs, what comes next, the tables."""
        told = self._told(record)
        sections = composed.sections([*told.related, self._stages(record)])
        return {
            "told": told,
            "sections": sections,
            "empty": [part for part in sections if not part.table.rows],
            "entries": _entries(record) if change_team(reader(self.request), record, self.request.at) else [],
        }

    def _told(self, record: Proposal) -> composed.Told:
        known: composed.Told | None = self.__dict__.get("_known")
        if known is None:
            known = self.__dict__["_known"] = composed.told(record, reader(self.request), self.request.at)
        return known

    def _stages(self, record: Proposal) -> Related:
        rows: list[tuple[Any, ...]] = [
            (
                spell.get_stage_display(),
                long_date(spell.from_day),
                long_date(max(spell.to_day, spell.from_day)) if spell.to_day else "",
                spell.get_decided_by_display(),
            )
            for spell in record.spells.all()
        ]
        return Related("Stages", ("Stage", "From", "Until", "Decided by"), rows, "No stage has begun.")


ENTERED = (
    ("Plain words", "summary"),
    ("Judgement", "judgement"),
    ("Impact", "impact"),
    ("DCC System impact", "system impact"),
    ("Cost", "cost"),
    ("Priority", "priority"),
    ("Document", "proposal document"),
    ("Assessment", "change assessment"),
    ("Request for information", "information request"),
    ("Solution", "solution"),
    ("Relation to another proposal", "relation"),
    ("Consultation", "consultation"),
)
"""What the change team enters about a proposal, by the word of its form."""


def _entries(record: Proposal) -> list[tuple[str, str]]:
    found = []
    for label, word in ENTERED:
        try:
            names = "about_reference" if word == "consultation" else "proposal"
            found.append((label, f"{reverse(f'{word}-new')}?{urlencode({names: record.reference})}"))
        except NoReverseMatch:
            continue
    return found


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
