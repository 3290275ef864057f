"""Writing a draft: begun, edited step by step, taken back, brought in as a whole, re-based, its conflicts settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from secretariat.core import journal
from secretariat.core.journal import Event, Told
from secretariat.core.kinds import load
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.composing import composed
from secretariat.legaltext.drafting.conflicts import Conflict, Kind
from secretariat.legaltext.drafting.models import Resolution
from secretariat.legaltext.drafting.procedure import DRAFTING, drafter
from secretariat.legaltext.drafting.rebasing import carried, rebase
from secretariat.legaltext.drafting.values import base_of, live, steps_of, text_of_draft
from secretariat.legaltext.models import PENDING, ClauseText, Document, DocumentVersion, Draft, DraftEdit
from secretariat.legaltext.redlines.merge import ThreeWay, Unsettled
from secretariat.legaltext.standing import text_in
from secretariat.legaltext.text import Clause, DoesNotApply, Edit, Text, apply, edits

FIELDS = ("uid", "parent", "place", "kind", "number", "heading", "body")


def begin(draft: Draft, **told: Unpack[Told]) -> Event:
    """Begins a draft, read by nobody who may not read its document and what it is about. Raises Refused."""
    draft.recorded = told["recorded"]
    fits_what_it_is_about(draft)
    return DRAFTING.take("begin", draft, **told)


def fits_what_it_is_about(draft: Draft) -> None:
    """Raises Refused where those may read a draft who may not read the record that it is about (INF-5)."""
    about = load(draft.about_kind, draft.about_id) if draft.about_kind and draft.about_id else None
    rank = getattr(about, "classification", None)
    if rank is None or draft.classification > rank:
        return
    if draft.classification < rank or draft.audience != getattr(about, "audience", ""):
        raise Refused(f"{about} is for fewer readers than this draft: give the draft the same class and body.")


def edit(draft: Draft, made: Sequence[Edit], why: str = "", **told: Unpack[Told]) -> None:
    """Adds edits to a pending draft, saved together as one step. Raises Refused; then nothing is saved."""
    if not made:
        raise Refused("Nothing is changed.")
    for one in made:
        _fits(one.after)
    with transaction.atomic():
        _held(draft, told)
        try:
            apply(text_of_draft(draft), made)
        except DoesNotApply as wrong:
            raise Refused(f"{wrong} Somebody may have saved it meanwhile; your words are kept below.") from None
        last = draft.steps.aggregate(last=Max("order"))["last"] or 0
        rows = [
            DraftEdit.of(draft, one, last + place, why=why, by=told["by"], recorded=told["recorded"])
            for place, one in enumerate(made, start=1)
        ]
        DraftEdit.objects.bulk_create(rows)
        _forget(draft)
        journal.record("draft.edit", draft, **told, clauses=[one.uid for one in made], why=why)


def _fits(clause: Clause | None) -> None:
    """Whether a clause can be stored. Raises Refused."""
    if clause is None:
        return
    for name in FIELDS:
        try:
            ClauseText._meta.get_field(name).run_validators(getattr(clause, name))  # type: ignore[union-attr]
        except ValidationError as error:
            raise Refused(*(f"{name.capitalize()}: {message}" for message in error.messages)) from None


def _held(draft: Draft, told: Told) -> None:
    """Holds the draft until the end of the transaction. Raises Refused where it is not to be written by this person."""
    state = Draft.objects.select_for_update().values_list("state", flat=True).get(pk=draft.pk)
    _forget(draft)
    if state != PENDING:
        raise Refused(f"Only a pending draft is written: this one is {state}.")
    if not drafter(told["by"], draft, told["at"]):
        raise Refused("A draft is written by the secretariat's change team.")


def _forget(draft: Draft) -> None:
    """What was read ahead of the steps is read again."""
    getattr(draft, "_prefetched_objects_cache", {}).pop("steps", None)


def take_back(draft: Draft, **told: Unpack[Told]) -> int:
    """Takes back what was saved last, and returns how many edits that were. Raises Refused."""
    with transaction.atomic():
        _held(draft, told)
        last = draft.steps.order_by("-order").first()
        if last is None:
            raise Refused("There is nothing to take back.")
        rows = draft.steps.filter(recorded=last.recorded, by=last.by)
        gone = list(rows)
        rows.delete()
        _forget(draft)
        _still_holds(draft)
        journal.record("draft.take_back", draft, **told, clauses=[row.uid for row in gone], why=last.why)
    return len(gone)


def _still_holds(draft: Draft) -> None:
    """Whether the steps that are left follow on each other. Raises Refused."""
    try:
        text_of_draft(draft)
    except DoesNotApply as wrong:
        raise Refused(f"Later steps rest on it: {wrong} Change the clause again instead.") from None


def bring_in(draft: Draft, text: Text, why: str = "", **told: Unpack[Told]) -> tuple[Edit, ...]:
    """Makes the draft's text another one as a whole, such as a Word file says it; returns the edits. Raises Refused."""
    made = edits(text_of_draft(draft), text)
    edit(draft, made, why, **told)
    return made


def against(draft: Draft, onto: DocumentVersion) -> ThreeWay:
    """The draft and another version, clause by clause. Raises Refused for a version of another document."""
    if onto.document_id != draft.document_id:
        raise Refused("A draft is re-based onto a version of its own document.")
    return rebase(base_of(draft), steps_of(draft), text_in(onto))


def rebase_draft(
    draft: Draft, onto: DocumentVersion, answers: Mapping[str, Clause | None], **told: Unpack[Told]
) -> tuple[Edit, ...]:
    """Carries a draft over to another version, with a person's answers to what conflicts; returns its edits.

    Who changed a clause last, and why, stays told. Raises Refused.
    """
    for clause in answers.values():
        _fits(clause)
    with transaction.atomic():
        _held(draft, told)
        try:
            made = carried(against(draft, onto), text_in(onto), answers)
        except (Unsettled, ValueError) as wrong:
            raise Refused(str(wrong)) from None
        lasts = {step.uid: step for step in draft.steps.all()}
        draft.steps.all().delete()
        rows = [_again(draft, one, place, lasts.get(one.uid), told) for place, one in enumerate(made, start=1)]
        DraftEdit.objects.bulk_create(rows)
        _forget(draft)
        old, draft.baseline = draft.baseline, onto
        journal.save_checked(draft, update_fields=["baseline"])
        journal.record("draft.rebase", draft, **told, baseline={"old": old, "new": onto}, settled=list(answers))
    return made


def _again(draft: Draft, one: Edit, place: int, last: DraftEdit | None, told: Told) -> DraftEdit:
    by, why, recorded = (last.by, last.why, last.recorded) if last else (told["by"], "", told["recorded"])
    return DraftEdit.of(draft, one, place, by=by, why=why, recorded=recorded)


def settle(conflict: Conflict, uid: str, clause: Clause | None, why: str = "", **told: Unpack[Told]) -> Resolution:
    """Keeps how a clause of a conflict reads when both drafts stand (None: it is taken out). Raises Refused."""
    _fits(clause)
    place = next((at for at, one in enumerate(conflict.edits) if one.uid == uid), None)
    if place is None or not conflict.blocks:
        raise Refused("Settle a conflict by saying how one of its two clauses reads.")
    _makes_a_difference(conflict, place, clause)
    with transaction.atomic():
        found = {str(draft.pk): draft for draft in live().filter(pk__in=conflict.drafts)}
        if len(found) < 2:
            raise Refused("One of the two drafts is no longer pending or approved.")
        one, other = (found[key] for key in conflict.drafts)
        document = Document.objects.get(code=conflict.documents[place])
        row = Resolution(one=one, other=other, document=document, uid=uid, why=why, by=told["by"],
                         recorded=told["recorded"])  # fmt: skip
        row.settle(conflict, clause)
        journal.save_checked(row)
        for draft in (one, other):
            journal.record("draft.settle", draft, **told, clause=uid, why=why)
    return row


def _makes_a_difference(conflict: Conflict, place: int, clause: Clause | None) -> None:
    """A reading under which the two drafts would still meet settles nothing. Raises Refused."""
    there, another = conflict.edits[place].after, conflict.edits[1 - place]
    if conflict.kind == Kind.CLAUSE or clause is None:
        return
    same_number = another.after is not None and clause.number == another.after.number
    still = {
        Kind.NUMBER: same_number,
        Kind.PLACE: there is not None and clause.parent == there.parent,
        Kind.DEFINITION: clause == there,
        Kind.REFERENCE: clause == there,
    }
    if still.get(conflict.kind, False):
        raise Refused(f"So it would still be: {conflict.says}")


def told_apart(draft: Draft) -> tuple[Edit, ...]:
    """What a draft changes, one edit for each clause."""
    return composed(steps_of(draft))
