"""Pages of the DCC's assessments, of ideas and of requests for information."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.change.assessments.actions import request_assessment, tell_for_another
from secretariat.change.assessments.days import REPLY, timescale
from secretariat.change.assessments.filters import AssessmentFilter, IdeaFilter, InformationRequestFilter
from secretariat.change.assessments.forms import AssessmentForm, IdeaForm, InformationRequestForm
from secretariat.change.assessments.models import REPLIED, Assessment, AssessmentKind, Idea, InformationRequest
from secretariat.change.assessments.procedure import change_team
from secretariat.change.documents.models import Document
from secretariat.change.models import Proposal
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK, Entry, UnknownRule
from secretariat.plain.dates import day_words, instant, local_day, long_date


def proposal_fact(page: Page, proposal: Proposal) -> Fact:
    """The proposal, as a link for those who may read it."""
    rows: Any = Proposal.objects.filter(pk=proposal.pk)
    readable = rows.visible_to(reader(page.request), page.request.at).exists()
    return Fact("Proposal", str(proposal), proposal.get_absolute_url()) if readable else Fact("Proposal", "not yours")


def doubt(entry: Entry | None) -> str:
    """How sure we are of a timescale."""
    return "" if entry is None else " ".join(filter(None, (entry.doubt, entry.note)))


class Assessments(ListPage):
    """The DCC's assessments of proposals."""

    model = Assessment
    word, plural = "change assessment", "change assessments"
    filters = AssessmentFilter
    columns = (
        Column("proposal", "Proposal", "proposal__reference"),
        Column("title", "Title", "proposal__title"),
        Column("kind", "Kind", "kind", lambda value: str(AssessmentKind(value).label)),
        Column("state", "State", "state"),
        Column("requested_on", "Requested", "requested_on"),
        Column("due_on", "Due", "due_on"),
        Column("returned_on", "Returned", "returned_on"),
        Column("lead_time_months", "Lead time, months", "lead_time_months", numeric=True),
        class_column(),
    )
    order = "-due_on"
    about = "What the DCC was asked to assess: preliminary and impact assessments, by when, and when they came."
    empty = "No assessment is recorded that you may read."
    day = "due_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class AssessmentPage(RecordPage):
    """One assessment: by when it is due and why, what it says, and how its day moved."""

    model = Assessment
    word, plural = "change assessment", "change assessments"

    def facts(self, record: Assessment) -> list[Fact]:
        """Its days with their working, its cost and lead time."""
        facts = [proposal_fact(self, record.proposal), Fact("Kind", record.get_kind_display())]
        facts += [Fact("Track", "urgent")] if record.urgent else []
        facts += self._days(record)
        if record.asked_due_on:
            facts.append(Fact("The DCC asks for", long_date(record.asked_due_on), note=record.asked_why))
        if record.returned_on:
            facts += self._content(record)
        return facts

    def _days(self, record: Assessment) -> list[Fact]:
        if record.requested_on is None or record.due_on is None:
            return []
        today, working = local_day(self.request.at), record.working()
        note = " ".join([working.sentence(), doubt(timescale(record, working.start))]) if working else "As agreed."
        if record.due_on != record.first_due_on:
            note = f"First due {long_date(record.first_due_on or record.due_on)}. {note}"
        facts = [Fact("Requested", long_date(record.requested_on)), Fact("Due", long_date(record.due_on), note=note)]
        if record.returned_on:
            facts.append(Fact("Returned", long_date(record.returned_on), note="The day on which it counts (WD-4)."))
        late = record.days_late(today)
        return [*facts, Fact("Late", f"{late} Working Day{'' if late == 1 else 's'}")] if late else facts

    def _content(self, record: Assessment) -> list[Fact]:
        facts = [Fact("Cost", record.cost, note=record.cost_note)]
        if record.lead_time_months is not None:
            facts.append(Fact("Lead time", f"{record.lead_time_months} months"))
        found: Any = Document.objects.filter(pk__in=[record.document_id] if record.document_id else [])
        document = found.visible_to(reader(self.request), self.request.at).first()
        return [*facts, Fact("Document", document.name, document.get_absolute_url())] if document else facts

    def related(self, record: Assessment) -> list[Related]:
        """How the day due moved."""
        rows: list[tuple[Any, ...]] = [
            (long_date(one.old_due_on), long_date(one.new_due_on), one.agreed_by, long_date(one.agreed_on),
             one.why + (" (the old day had passed)" if one.was_late_already else ""))
            for one in record.revisions.all()
        ]  # fmt: skip
        heads = ("Due before", "Due now", "Agreed by", "Agreed on", "Why")
        return [Related("Agreed revisions", heads, rows, "The day was never moved.")]


class AssessmentEntry(EntryPage):
    """Asks the DCC for an assessment."""

    model = Assessment
    form_class = AssessmentForm
    word, plural = "change assessment", "change assessments"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the first step."""
        request_assessment(record, form.cleaned_data["due_on"], **told)


class Ideas(ListPage):
    """What people told before anything was raised."""

    model = Idea
    word, plural = "idea", "ideas"
    filters = IdeaFilter
    columns = (
        Column("title", "Problem", "title"),
        Column("from", "From", "from_name"),
        Column("state", "State", "state"),
        Column("submitted_at", "Told", "submitted_at"),
        Column("reply_due_on", "Reply due", "reply_due_on"),
        Column("replied_on", "Replied", "replied_on"),
        Column("proposal", "Became", "proposal__reference"),
        class_column(),
    )
    order = "-submitted_at"
    about = "Problems that people told us before anything was raised, and the reply that each was given."
    empty = "No idea is recorded that you may read."
    day = "reply_due_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class IdeaPage(RecordPage):
    """One idea, its replies, and what became of it."""

    model = Idea
    word, plural = "idea", "ideas"

    def facts(self, record: Idea) -> list[Fact]:
        """What was told, by whom, and by when the reply is due."""
        facts = [Fact("The problem", record.text), Fact("From", record.from_name, note=record.from_email)]
        facts += [Fact("Party", record.party.name, record.party.get_absolute_url())] if record.party else []
        facts += [Fact("Told", instant(record.submitted_at))] if record.submitted_at else []
        if record.reply_due_on and record.counts_from:
            facts.append(Fact("Reply due", long_date(record.reply_due_on), note=reply_note(record)))
        facts += [Fact("Replied", long_date(record.replied_on))] if record.replied_on else []
        facts += [proposal_fact(self, record.proposal)] if record.proposal else []
        facts += [Fact("Why it was dropped", record.dropped_why)] if record.dropped_why else []
        if record.state == REPLIED and change_team(reader(self.request), record, self.request.at):
            facts.append(Fact("Raise it", "Raise a proposal from it", reverse("idea-raise", args=[record.pk])))
        return facts

    def related(self, record: Idea) -> list[Related]:
        """The replies."""
        rows: list[tuple[Any, ...]] = [(long_date(one.given_on), one.text) for one in record.replies.all()]
        return [Related("Critical-friend replies", ("Given", "Reply"), rows, "No reply has been given yet.")]


def reply_note(idea: Idea) -> str:
    """How the day of the reply is reckoned, and how sure we are."""
    try:
        entry = RULEBOOK.entry(REPLY, idea.counts_from or local_day(idea.submitted_at))  # type: ignore[arg-type]
    except UnknownRule:
        return ""
    counted = day_words(idea.counts_from)
    return f"{entry.value} Working Days after {counted}. {entry.doubt} {entry.note}"


class IdeaEntry(EntryPage):
    """Takes in what reached the change team by mail or telephone."""

    model = Idea
    form_class = IdeaForm
    word, plural = "idea", "ideas"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the first step, at the instant told."""
        told["at"] = form.cleaned_data["submitted_at"] or told["at"]
        tell_for_another(record, **told)


class InformationRequests(ListPage):
    """What was asked of single parties, committees and people."""

    model = InformationRequest
    word, plural = "information request", "information requests"
    filters = InformationRequestFilter
    columns = (
        Column("proposal", "Proposal", "proposal__reference"),
        Column("asked_of", "Asked of", "asked_of"),
        Column("state", "State", "state"),
        Column("asked_on", "Asked", "asked_on"),
        Column("due_on", "Answer due", "due_on"),
        Column("answered_on", "Answered", "answered_on"),
        class_column(),
    )
    order = "-asked_on"
    about = (
        "Questions about proposals to single parties, committees or people. What everybody is asked is consulted on."
    )
    empty = "No request for information is recorded that you may read."
    day = "due_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class InformationRequestPage(RecordPage):
    """One question with its answer."""

    model = InformationRequest
    word, plural = "information request", "information requests"

    def facts(self, record: InformationRequest) -> list[Fact]:
        """Who is asked what, by when, and the answer."""
        facts = [proposal_fact(self, record.proposal), Fact("Asked of", record.asked_of)]
        facts.append(Fact("Question", record.question))
        days = (("Asked", record.asked_on), ("Answer due", record.due_on), ("Answered", record.answered_on))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        facts += [Fact("Answer", record.answer)] if record.answer else []
        return facts


class InformationRequestEntry(EntryPage):
    """Asks a question."""

    model = InformationRequest
    form_class = InformationRequestForm
    word, plural = "information request", "information requests"
    who: ClassVar[Who] = staticmethod(change_team)
    begins = "ask"
