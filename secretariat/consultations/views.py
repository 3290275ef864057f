"""Lists and pages of consultations, responses and points."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.consultations.filters import ConsultationFilter, PointFilter, ResponseFilter
from secretariat.consultations.forms import ConsultationForm
from secretariat.consultations.models import ANNOUNCED, CLOSED, CONCLUDED, DRAFT, OPEN, Consultation, Kind
from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.consultations.responses import SENT, Answer, Point, Response
from secretariat.consultations.timing import warnings, working
from secretariat.consultations.who import AUDIENCE
from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in, secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, about, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import instant, instant_words


class Consultations(ListPage):
    """Every consultation: open, closed, and those of other bodies."""

    model = Consultation
    word, plural = "consultation", "consultations"
    filters = ConsultationFilter
    about = "What the code's bodies ask, and the consultations of other bodies that may matter to parties."
    empty = "There is no consultation yet."
    columns = (
        Column("reference", "Reference", "reference"),
        Column("title", "Title", "title"),
        Column("kind", "Kind", "kind", lambda value: str(Kind(value).label)),
        Column("by", "By", "body"),
        Column("opens", "Opens", "opens_at"),
        Column("closes", "Closes", "closes_at"),
        Column("state", "State", "state"),
        class_column(),
    )
    link = "reference"
    order = "-closes_at"
    order_words = "latest closing first"
    day = "closes_at"
    enters: ClassVar[Who | None] = staticmethod(secretariat)


class ConsultationPage(RecordPage):
    """One consultation: what is asked, until when, and the ways on from here."""

    template = "consultations/consultation.html"
    model = Consultation
    word, plural = "consultation", "consultations"
    key = "reference"
    editors: ClassVar[Who | None] = staticmethod(secretariat)

    def facts(self, record: Consultation) -> list[Fact]:
        """What it is about, whom it asks, and its times with their working."""
        found = [Fact("Kind", record.get_kind_display()), Fact("By", record.body)]
        named = about(record.about_kind, record.about_id) if record.about_kind and record.about_id else None
        found += [Fact("About", str(named), named.get_absolute_url())] if named is not None else []
        found += [Fact("Introduction", record.introduction)] if record.introduction else []
        labels = dict(AUDIENCE)
        found.append(Fact("Asks", ", ".join(labels[one] for one in labels if one in record.invited)))
        found += [Fact("Opens", instant(record.opens_at))] if record.opens_at else []
        found += [Fact("Closes", instant(record.closes_at), note=working(record))] if record.closes_at else []
        found += [Fact("Where it is found", record.address, record.address)] if record.address else []
        found += [Fact("Outcome", record.outcome)] if record.outcome else []
        return found

    def related(self, record: Consultation) -> list[Related]:
        """Its questions, documents, extensions and clarifications; for the secretariat, the responses."""
        person, at = reader(self.request), self.request.at
        documents = [(Crumb(one.title, one.get_absolute_url()), one.file.name)
                     for one in record.documents.select_related("file")]  # fmt: skip
        extensions = [(instant(one.closed_before), instant(one.closes_at), one.why) for one in record.extensions.all()]
        clear = [(one.question, one.answer or "Not answered yet", one.state)
                 for one in record.clarifications.visible_to(person, at)]  # fmt: skip
        found = [
            Related("Questions", ("No.", "Question", "Asks for"), self._questions(record), "Nothing is asked yet."),
            Related("Documents", ("Document", "File"), documents, "No document belongs to it."),
        ]
        if extensions:
            found.append(Related("Extensions", ("Would have closed", "Closes", "Why"), extensions, ""))
        if clear:
            found.append(Related("Clarifications", ("Asked", "Answer", "State"), clear, ""))
        return [*found, *self._responses(record)]

    def _questions(self, record: Consultation) -> list[tuple[Any, ...]]:
        may_edit = record.state in (DRAFT, ANNOUNCED) and secretariat(reader(self.request), record, self.request.at)
        rows = []
        for one in record.questions.all():
            href = reverse("consultation-question", args=[record.reference, one.pk]) if may_edit else ""
            rows.append((Crumb(str(one.number), href) if href else str(one.number), one.text, one.get_asks_display()))
        return rows

    def _responses(self, record: Consultation) -> list[Related]:
        person, at = reader(self.request), self.request.at
        rows = record.responses.visible_to(person, at).select_related("party", "respondent")
        told = [(Crumb(one.receipt, one.get_absolute_url()), one.who, one.state,
                 instant_words(one.submitted_at)) for one in rows]  # fmt: skip
        if not told and not secretariat(person, record, at):
            return []
        title = "Responses" if secretariat(person, record, at) else "Your responses"
        return [Related(title, ("Receipt", "Respondent", "State", "Sent"), told, "There is no response yet.")]

    def context(self, record: Consultation) -> dict[str, Any]:
        """The warnings for the secretariat, and the ways on from here."""
        staff = secretariat(reader(self.request), record, self.request.at)
        return {"warnings": warnings(record) if staff else [], "ways": self._ways(record, staff=staff)}

    def _ways(self, record: Consultation, *, staff: bool) -> list[tuple[str, str]]:
        at = self.request.at
        ways = []
        if record.has_opened(at) and record.state in (OPEN, CLOSED) and not staff:
            ways.append(("Respond" if record.is_open(at) else "Respond, late", "consultation-respond"))
        if record.is_open(at):
            ways.append(("Ask what is unclear", "consultation-clarify"))
        if record.state == CONCLUDED:
            ways += [("What was said", "consultation-summary"), ("You said, we did", "consultation-you-said")]
        if staff and record.state in (DRAFT, ANNOUNCED):
            ways.append(("Add a question", "consultation-question-new"))
        if staff and record.state in (DRAFT, ANNOUNCED, OPEN):
            ways.append(("Add a document", "consultation-document-new"))
        if staff and record.state in (OPEN, CLOSED, CONCLUDED):
            ways.append(("Points raised", "consultation-points"))
        return [(label, reverse(name, args=[record.reference])) for label, name in ways]


class ConsultationEntry(EntryPage):
    """Prepares a consultation, or lists one of another body."""

    model = Consultation
    form_class = ConsultationForm
    word, plural = "consultation", "consultations"
    key = "reference"
    who: ClassVar[Who] = staticmethod(secretariat)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Begins as a draft; another body's is listed at once."""
        CONSULTATIONS.take("list" if record.is_others else "draft", record, **told)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        record = self._record(key)
        if record is None:
            return super()._save(form, key)
        fields = {field.name for field in Consultation._meta.fields}
        changes = {name: value for name, value in form.cleaned_data.items() if name in fields}
        changes |= {"about_kind": form.instance.about_kind, "about_id": form.instance.about_id}
        journal.amend(record, changes, **self.told())
        return record


class Responses(ListPage):
    """The responses that a person may read: their own, and for the secretariat those sent."""

    model = Response
    word, plural = "consultation response", "consultation responses"
    filters = ResponseFilter
    about = "Your own responses; for the secretariat, all that were sent."
    empty = "There is no response that you may read."
    columns = (
        Column("consultation", "Consultation", "consultation__reference"),
        Column("party", "Party", "party__name"),
        Column("name", "Other respondent", "name"),
        Column("state", "State", "state"),
        Column("sent", "Sent", "submitted_at"),
        Column("through", "How it came", "through", lambda value: str(Response.Through(value).label)),
        Column("confidential", "Confidential", "confidential"),
        Column("anonymous", "Anonymous", "anonymous"),
        class_column(),
    )
    order = "-submitted_at"
    day = "submitted_at"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)


class ResponsePage(RecordPage):
    """One response; once it was sent, its receipt."""

    template = "consultations/response.html"
    model = Response
    word, plural = "consultation response", "consultation responses"

    def facts(self, record: Response) -> list[Fact]:
        """The receipt: number, instant and hash."""
        of = record.consultation
        found = [
            Fact("Receipt", record.receipt) if record.state in SENT else Fact("Number", record.receipt),
            Fact("Consultation", str(of), of.get_absolute_url()),
            Fact("Respondent", record.who),
            Fact("How it came", record.get_through_display()),
        ]
        found += [Fact("Sent", instant(record.submitted_at))] if record.submitted_at else []
        if record.sha256:
            agrees = "It agrees with what is kept." if record.reckoned() == record.sha256 else "It does not agree."
            found.append(Fact("Hash (SHA-256)", record.sha256, note=agrees))
        if record.replaces is not None:
            found.append(Fact("Replaces", record.replaces.receipt, record.replaces.get_absolute_url()))
        later = Response.objects.filter(replaces=record).first()
        found += [Fact("Replaced by", later.receipt, later.get_absolute_url())] if later else []
        if record.reviewed_by is not None:
            found.append(Fact("Reviewed by", str(record.reviewed_by), note=record.review_note))
        treatment = _treatment(record)
        found += [Fact("All of it is", " and ".join(treatment))] if treatment else []
        found += [Fact("Anything else", record.text)] if record.text else []
        return found

    def related(self, record: Response) -> list[Related]:
        """Its answers, what came with its mail, and the points it raises as far as the reader may read them."""
        person, at = reader(self.request), self.request.at
        rows = [
            (str(one.question.number), one.question.text, one.get_choice_display(), one.text,
             ", ".join(_treatment(one)))
            for one in record.answers.select_related("question").order_by("question__number")
        ]  # fmt: skip
        heads = ("No.", "Question", "Yes or no", "Answer", "Treatment")
        points = [(one, one.text, one.get_disposition_display(), one.reply)
                  for one in record.points.visible_to(person, at)]  # fmt: skip
        found = [Related("Answers", heads, rows, "It answers no question.")]
        if record.mail is not None and secretariat(person, record, at):
            files = [(Crumb(one.name, one.get_absolute_url()),) for one in record.mail.files.all()]
            found.append(Related("Files of its e-mail", ("File",), files, "It came without files."))
        if points:
            found.append(Related("Points", ("Point", "What it says", "Disposition", "Answer"), points, ""))
        return found

    def context(self, record: Response) -> dict[str, Any]:
        """Where the secretariat adds a point, and where the respondent goes on."""
        staff = secretariat(reader(self.request), record, self.request.at)
        ways = []
        if staff and record.state in ("submitted", "late") and record.consultation.state != CONCLUDED:
            ways.append(("Add a point", reverse("consultation response-point", args=[record.pk])))
        elif record.consultation.state in (OPEN, CLOSED) and record.state in ("", "draft", *SENT):
            label = "Go on with the draft" if record.state == "draft" else "Replace it"
            late = record.consultation.is_over(self.request.at) and record.state != "draft"
            href = reverse("consultation-respond", args=[record.consultation.reference])
            ways += [] if late or staff else [(label, href)]
        return {"ways": ways}


def _treatment(said: Response | Answer) -> list[str]:
    """How a response or an answer asks to be treated, in words."""
    asked = (("confidential", said.confidential), ("anonymous", said.anonymous))
    return [word for word, wanted in asked if wanted]


class Points(ListPage):
    """Every point raised, for the secretariat."""

    model = Point
    word, plural = "consultation point", "consultation points"
    filters = PointFilter
    about = "What was raised in responses, and what became of it."
    columns = (
        Column("consultation", "Consultation", "response__consultation__reference"),
        Column("party", "Party", "response__party__name"),
        Column("text", "Point", "text"),
        Column("disposition", "Disposition", "disposition"),
        Column("answer", "Answer", "reply"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-pk"
    who: ClassVar[Who] = staticmethod(secretariat)


class PointPage(RecordPage):
    """One point."""

    model = Point
    word, plural = "consultation point", "consultation points"

    def facts(self, record: Point) -> list[Fact]:
        """What was raised, where, and what became of it."""
        of = record.response
        found = [
            Fact("Consultation", str(of.consultation), of.consultation.get_absolute_url()),
            Fact("Raised by", of.who, of.get_absolute_url()),
            Fact("Point", record.text),
        ]
        if record.answer is not None:
            found.append(Fact("Raised in", str(record.answer)))
        found += [Fact("Treatment", "confidential")] if record.is_confidential else []
        if record.disposition:
            found += [Fact("Disposition", record.get_disposition_display()), Fact("Answer", record.reply)]
        return found
