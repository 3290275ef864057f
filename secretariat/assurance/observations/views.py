"""The board of observations, the page of one, and the sealed files; each shows what its reader is named to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secretariat.assurance.observations.evidence import hand_in, opened, openings
from secretariat.assurance.observations.exchange import correct
from secretariat.assurance.observations.filters import EvidenceFilter, ObservationFilter
from secretariat.assurance.observations.forms import EvidenceForm, ObservationForm
from secretariat.assurance.observations.models import Evidence, Observation, Purpose, Remark, Severity, State
from secretariat.assurance.observations.naming import is_finder
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.core.capacities import in_a_capacity
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, attachment
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.sealed import Unsealable
from secretariat.plain.dates import day_words, instant, local_day, long_date


class Observations(ListPage):
    """What is due from whom, over all the cases that the reader is named to. It tells no findings, nor does the API."""

    model = Observation
    word, plural = "observation", "observations"
    columns = (
        Column("party", "Party", "assessment__party__name"),
        Column("number", "No.", "number", numeric=True),
        Column("obligation", "Obligation", "obligation"),
        Column("severity", "Severity", "severity", lambda value: str(Severity(value).label)),
        Column("state", "State", "state", lambda value: str(State(value).label) if value else ""),
        Column("due", "Due", "due"),
        Column("owner", "Who sees to it", "owner__name"),
    )
    filters = ObservationFilter
    order, order_words = "due", "earliest due first"
    about = "Observations of the assessments to which you are named, and what is due on them."
    empty = "There is nothing here that you are named to read."
    who: ClassVar[Who] = staticmethod(in_a_capacity)


class SealedPage(Page):
    """A page of sealed words: where they do not open, it says why, and what to do."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or the reason why it cannot be read."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Unsealable as reason:
            told = {"title": "What is sealed does not open", "detail": str(reason), "crumbs": ()}
            return render(request, "site/error.html", told, status=503)


class ObservationPage(SealedPage, RecordPage):
    """One observation: what was found, what the party does about it, by when, and the evidence."""

    model = Observation
    word, plural = "observation", "observations"

    def facts(self, record: Observation) -> list[Fact]:
        """What was found, and where it stands."""
        case = record.assessment
        facts = [
            Fact("Assessment", str(case), reverse("assessment-observations", args=[case.pk])),
            Fact("Obligation", f"Section {record.obligation}"),
            Fact("Severity", record.get_severity_display()),
            Fact("What was found", record.text),
        ]
        facts += [Fact("Evidence for it", record.seen)] if record.seen else []
        facts += [Fact("Management response", record.action)] if record.action else []
        facts += [Fact("Who sees to it", str(record.owner))] if record.owner else []
        return [*facts, *self._days(record)]

    def _days(self, record: Observation) -> list[Fact]:
        late = ", overdue" if record.is_overdue(local_day(self.request.at)) else ""
        facts = []
        if record.due and record.state not in (State.VERIFIED, State.WITHDRAWN):
            facts.append(Fact("Due", f"{long_date(record.due)}{late}", note=self._working(record)))
        if record.asked_for:
            facts.append(Fact("A later day is asked for", long_date(record.asked_for)))
        return facts + ([Fact("Ended", long_date(record.ended_on))] if record.ended_on else [])

    @staticmethod
    def _working(record: Observation) -> str:
        if record.state != State.SHARED or record.shared_on is None:
            return record.working
        return f"{record.working} {RULEBOOK.entry('observation.response_wd', record.shared_on).doubt}"

    def related(self, record: Observation) -> list[Related]:
        """What was written of it, and its files; from here a draft is corrected and a file handed in."""
        person, at = reader(self.request), self.request.at
        said = [_line(one) for one in record.remarks.visible_to(person, at)]
        add = reverse("observation-evidence", args=[record.pk]) if record.state else ""
        parts = [
            Related("What was written", ("When", "Step", "Words", "Day named"), said, "Nothing was written yet."),
            Related("Files: hand one in", FILE_HEADS, file_rows(record.evidence.visible_to(person, at)), NO_FILE, add),
        ]
        if record.state == State.DRAFT and is_finder(person, record.assessment, at):
            door = reverse("observation-correct", args=[record.pk])
            parts.insert(0, Related("Correct the draft", (), [], "It can be corrected until it is shared.", door))
        return parts


def _line(remark: Remark) -> tuple[Any, ...]:
    step = OBSERVATION.steps[remark.step].label if remark.step in OBSERVATION.steps else remark.step
    return instant(remark.written_at), step, remark.text, day_words(remark.day)


FILE_HEADS = ("What it is", "Name", "Size in bytes", "Handed in")
NO_FILE = "No file was handed in."


def file_rows(files: Any) -> list[tuple[Any, ...]]:
    """Files as lines of a table."""
    return [
        (Crumb(one.get_purpose_display(), one.get_absolute_url()), one.name, one.size, instant(one.kept_at))
        for one in files
    ]


class CorrectObservation(FormPage):
    """Corrects a draft."""

    model = Observation
    word, key = "observation", "pk"
    title = "Correct the draft"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def form(self, record: Observation, data: Any = None, files: Any = None) -> Any:
        """The draft as it is."""
        values = {name: getattr(record, name) for name in ObservationForm.Meta.fields}
        return ObservationForm(data, initial=values)

    def save(self, record: Observation, form: forms.Form) -> str:
        """Keeps what changed; the journal tells which fields, not what they say."""
        correct(record, {name: form.cleaned_data[name] for name in ObservationForm.Meta.fields}, **self.told())
        return record.get_absolute_url()


class HandInOfObservation(FormPage):
    """Hands in a file with an observation."""

    model = Observation
    word, key = "observation", "pk"
    title = "Hand in a file"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def form(self, record: Observation, data: Any = None, files: Any = None) -> EvidenceForm:
        """The file, and what it is."""
        of_party = not is_finder(reader(self.request), record.assessment, self.request.at)
        return EvidenceForm(data, files, initial={"purpose": Purpose.DONE if of_party else Purpose.FOUND})

    def save(self, record: Observation, form: forms.Form) -> str:
        """Seals it."""
        file = form.cleaned_data["file"]
        hand_in(record.assessment, file.name, file.read(), form.cleaned_data["purpose"], record, **self.told())
        return record.get_absolute_url()


class EvidenceFiles(ListPage):
    """The sealed files that the reader is named to open; their names are told on their pages."""

    model = Evidence
    word, plural = "evidence file", "evidence files"
    columns = (
        Column("party", "Party", "assessment__party__name"),
        Column("purpose", "What it is", "purpose", lambda value: str(Purpose(value).label)),
        Column("observation", "Observation", "observation__number", numeric=True),
        Column("size", "Size in bytes", "size", numeric=True),
        Column("kept", "Handed in", "kept_at"),
    )
    filters = EvidenceFilter
    order = "-kept_at"
    about = "Sealed files of the assessments to which you are named."
    empty = "There is nothing here that you are named to read."
    who: ClassVar[Who] = staticmethod(in_a_capacity)


class EvidencePage(SealedPage, RecordPage):
    """One sealed file, and who opened it."""

    model = Evidence
    word, plural = "evidence file", "evidence files"
    template = "assurance/evidence_file.html"

    def facts(self, record: Evidence) -> list[Fact]:
        """What it is, and what it belongs to."""
        case = record.assessment
        facts = [
            Fact("Assessment", str(case), reverse("assessment-observations", args=[case.pk])),
            Fact("Name", record.name),
            Fact("Size in bytes", record.size),
            Fact("Handed in", instant(record.kept_at)),
        ]
        if record.observation is not None:
            facts.insert(1, Fact("Observation", str(record.observation), record.observation.get_absolute_url()))
        return facts

    def related(self, record: Evidence) -> list[Related]:
        """Who opened it, newest first."""
        rows: list[tuple[Any, ...]] = [(str(one.by or ""), instant(one.at)) for one in openings(record)]
        return [Related("Opened by", ("Who", "When"), rows, "Nobody has opened it yet.")]


class OpenEvidence(Page):
    """Gives out the bytes of a sealed file and journals that it was opened: a form only, so that no link opens it."""

    model = Evidence
    word, key = "evidence file", "pk"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """The bytes, as a download that no cache keeps; what does not open says why."""
        record: Evidence = found(Evidence, key, self)
        try:
            content = opened(record, **self.told())
        except Unsealable as reason:
            messages.error(request, f"The file does not open. {reason}")
            return redirect(record.get_absolute_url())
        return sealed_attachment(content, "application/octet-stream", record.name)


def sealed_attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved, which no cache keeps and no page runs."""
    safe = "".join(letter if letter.isprintable() and letter not in '"\\/' else "_" for letter in name)
    response = attachment(content, media_type, safe)
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "sandbox"
    return response
