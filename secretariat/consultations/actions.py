"""Writes of more than one step: saving, reviewing and sending a response, and adding a document.

What a draft says stays out of the journal: an event is read by the secretariat, a draft by the respondent alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from secretariat.consultations.models import ANNOUNCED, DRAFT, Consultation, ConsultationDocument
from secretariat.consultations.responding import RESPONSES
from secretariat.consultations.responses import DRAFT as UNSENT
from secretariat.consultations.responses import SUBMITTED, Answer, Response
from secretariat.consultations.who import own
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.register.parties import Party


@dataclass(frozen=True)
class Said:
    """What was typed as the answer to one question."""

    choice: str = ""
    text: str = ""
    confidential: bool = False
    anonymous: bool = False


@dataclass(frozen=True)
class Typed:
    """All that was typed on the page of a response: the answers by the ids of their questions, and the rest."""

    answers: Mapping[int, Said]
    text: str = ""
    confidential: bool = False
    anonymous: bool = False


class SavedMeanwhile(Refused):
    """A colleague saved the same draft in the meantime: nothing was written over."""


def draft_of(consultation: Consultation, party: Party | None, person: Person) -> Response | None:
    """The draft of a party, or of a person who responds for nobody else."""
    found: Response | None = Response.objects.of(party, person).filter(consultation=consultation, state=UNSENT).first()
    return found


def standing_of(consultation: Consultation, party: Party | None, person: Person) -> Response | None:
    """The response that stands of a party, or of a person."""
    rows = Response.objects.of(party, person).filter(consultation=consultation, state=SUBMITTED)
    found: Response | None = rows.first()
    return found


def save_draft(
    consultation: Consultation, party: Party | None, typed: Typed, version: int,
    *, by: Person, at: datetime, recorded: datetime,
) -> Response:  # fmt: skip
    """Keeps what was typed, beginning a draft where there is none, and returns it.

    `version` is the one that the page showed. Raises SavedMeanwhile when a colleague has saved a later one, and
    Refused when a response cannot be begun.
    """
    with transaction.atomic():
        draft = draft_of(consultation, party, by)
        if draft is None:
            draft = Response(consultation=consultation, party=party, respondent=by)
            RESPONSES.take("begin", draft, by=by, at=at, recorded=recorded)
        draft = _locked(draft)
        if not own(by, draft, at):
            raise Refused("This draft is of others.")
        if draft.version != version:
            raise SavedMeanwhile("A colleague saved this draft while you were typing. Both are below: "
                                 "put them together and save again.")  # fmt: skip
        changed = _write(draft, typed)
        draft.version, draft.saved_at, draft.saved_by = draft.version + 1, at, by
        draft.reviewed_at, draft.reviewed_by, draft.review_note = None, None, ""
        draft.full_clean()
        draft.save()
        journal.record("response.save", draft, by=by, at=at, recorded=recorded, answers_changed=changed)
    return draft


def _locked(draft: Response) -> Response:
    """The draft as it stands now, held until this is done. Raises Refused when it was sent meanwhile."""
    row: Response = Response.objects.select_for_update().get(pk=draft.pk)
    if row.state != UNSENT:
        raise Refused("This draft was sent in the meantime.")
    return row


def _write(draft: Response, typed: Typed) -> list[int]:
    """Writes the answers and returns the numbers of the questions of which the answer changed."""
    draft.text, draft.confidential, draft.anonymous = typed.text, typed.confidential, typed.anonymous
    known = {row.question_id: row for row in draft.answers.all()}
    changed = []
    for question in draft.consultation.questions.all():
        said = typed.answers.get(question.pk, Said())
        row = known.get(question.pk) or Answer(response=draft, question=question)
        if Said(row.choice, row.text, row.confidential, row.anonymous) == said:
            continue
        row.choice, row.text, row.confidential, row.anonymous = (
            said.choice, said.text, said.confidential, said.anonymous,
        )  # fmt: skip
        row.full_clean()
        row.save()
        changed.append(question.number)
    return changed


def review(draft: Response, note: str, *, by: Person, at: datetime, recorded: datetime) -> None:
    """Notes that a colleague has read a draft, and what they say to it; saving again asks for another reading.

    Raises Refused for others' drafts, for one that was sent, and for who saved it last.
    """
    with transaction.atomic():
        row = _locked(draft)
        if not own(by, row, at):
            raise Refused("A draft is reviewed by the party's own contacts.")
        if row.saved_by_id == by.pk:
            raise Refused("You saved this draft last: a colleague reviews it.")
        row.reviewed_at, row.reviewed_by, row.review_note = at, by, note
        row.save()
        journal.record("response.review", row, by=by, at=at, recorded=recorded)
    draft.refresh_from_db()


def submit(draft: Response, *, by: Person, at: datetime, recorded: datetime) -> Response:
    """Sends a draft: in time up to and at the closing instant, afterwards as a late one; returns it. Raises Refused."""
    step = "submit_late" if draft.consultation.is_over(at) else "submit"
    RESPONSES.take(step, draft, by=by, at=at, recorded=recorded)
    return draft


def add_document(
    consultation: Consultation, title: str, name: str, content: bytes, *, by: Person, at: datetime, recorded: datetime
) -> ConsultationDocument:
    """Keeps a file and puts it to those who are asked; it is read by others once the consultation is open.

    Raises ValidationError for a file that is not taken, or that is there already.
    """
    sha256 = keep(name, content)
    file = StoredFile(name=name, sha256=sha256, size=len(content), recorded=recorded)
    file.classification = Class.AMBER if consultation.state in (DRAFT, ANNOUNCED) else consultation.classification
    with transaction.atomic():
        journal.enter(file, by=by, at=at, recorded=recorded)
        document = ConsultationDocument(consultation=consultation, title=title, file=file)
        journal.enter(document, by=by, at=at, recorded=recorded)
    return document
