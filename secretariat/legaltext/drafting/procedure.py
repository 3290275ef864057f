"""A draft of legal text is written, approved with what it is about or by itself, or comes to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from secretariat.core.capacities import secretariat, team
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.legaltext.checking.findings import Finding, brought_in
from secretariat.legaltext.drafting.composing import composed
from secretariat.legaltext.drafting.values import LIVE, base_of, newest_version, steps_of, waiting
from secretariat.legaltext.models import APPROVED, DEAD, PENDING, Draft
from secretariat.legaltext.standing import text_in, texts_of
from secretariat.legaltext.text import DoesNotApply, apply
from secretariat.plain.dates import local_day

change_team = team(Team.CHANGE)
Facts = Mapping[str, Any]
COUNTED: dict[str, Sequence[str]] = {"all": LIVE, "approved": (APPROVED,), "none": ()}
"""With drafts in which states a conflict stands in the way, by the rulebook's word."""


def drafter(person: Person | None, draft: Draft | None, at: datetime) -> bool:
    """The secretariat's change team; for documents beside the code, anyone of the secretariat."""
    if draft is not None and draft.document_id is not None and draft.document.of_the_code:
        return change_team(person, draft, at)
    return secretariat(person, draft, at)


def its_cause(person: Person | None, draft: Any, at: datetime) -> bool:
    """Nobody by hand: the decision on what the draft is about."""
    return person is None


@rule("DOC-6")
def is_for_a_version_of_its_document(draft: Draft, at: datetime) -> bool:
    """A draft is made for a version of its own document, or for none where the document has none yet."""
    if draft.baseline is None:
        return not draft.document.versions.exists()
    return draft.baseline.document_id == draft.document_id


@rule("INF-5")
def is_not_read_by_more(draft: Draft, at: datetime) -> bool:
    """A draft is for nobody who may not read the document that it changes."""
    document = draft.document
    if draft.classification != document.classification:
        return draft.classification > document.classification
    return draft.audience == document.audience


@rule("DOC-3")
def changes_something(draft: Draft, at: datetime) -> bool:
    """A draft is approved when it changes something."""
    return draft.steps.exists()


@rule("DOC-3")
def stands_by_itself(draft: Draft, at: datetime) -> bool:
    """A draft that is about something is approved, and comes to nothing, with that."""
    return not draft.about_kind


@rule("DOC-3")
def fits_the_newest_version(draft: Draft, at: datetime) -> bool:
    """What the draft changes stands in the newest version of its document as in the one that it was made for; where it
    does not, the draft is carried over first.
    """
    newest = newest_version(draft.document)
    if newest is None or newest == draft.baseline:
        return True
    try:
        apply(text_in(newest), composed(steps_of(draft)))
    except DoesNotApply:
        return False
    return True


@rule("DOC-3")
def conflicts_are_settled(draft: Draft, at: datetime) -> bool:
    """A person has said how each clause reads that this draft and another one both change."""
    states = COUNTED[RULEBOOK.text("legaltext.conflicts_before_approval", at)]
    return not states or not waiting(draft, states)


@rule("DOC-3")
def checks_find_nothing_new(draft: Draft, at: datetime, facts: Facts) -> bool:
    """The checks find no error in the draft that was not there before."""
    if not RULEBOOK.switch("legaltext.checks_before_approval", at):
        return True
    try:
        return not any(one.stops for one in found_new(draft, at))
    except DoesNotApply:
        return False


@rule("DOC-6")
def is_in_no_version(draft: Draft, at: datetime) -> bool:
    """What has been published stays in the code until another draft changes it."""
    return not draft.planned.filter(version__isnull=False).exists()


def found_new(draft: Draft, at: datetime) -> list[Finding]:
    """What the checks find with a draft that they do not find without it, on the text that it was made for.

    The other documents stand as on the day. Raises DoesNotApply where the steps do not follow on each other.
    """
    before = texts_of(local_day(at)) | {draft.document.code: base_of(draft)}
    after = before | {draft.document.code: apply(before[draft.document.code], steps_of(draft))}
    return brought_in(before, after)


def lacking(draft: Draft, at: datetime) -> list[str]:
    """What a draft still needs before it can be approved, in sentences; nothing where it is ready."""
    return [rule_.sentence for rule_ in READY if not rule_(draft, at)]


def _begun(draft: Draft, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts |= {"document": draft.document, "baseline": draft.baseline}


WHY = a_line(500, "Why", required=False)


READY = (changes_something, fits_the_newest_version, conflicts_are_settled, checks_find_nothing_new)
WITH = {"because": WHY}

DRAFTING = Procedure(
    "draft",
    Draft,
    Step("begin", NEW, PENDING, drafter, (is_for_a_version_of_its_document, is_not_read_by_more), change=_begun),
    Step("approve", PENDING, APPROVED, drafter, (stands_by_itself, *READY), primary=True),
    Step("reopen", (APPROVED, DEAD), PENDING, drafter, (stands_by_itself, is_in_no_version), {"because": WHY}),
    Step("drop", PENDING, DEAD, drafter, (), {"because": WHY}),
    # The same with what it is about: a proposal's legal text is approved with the proposal.
    Step("approve_with", PENDING, APPROVED, its_cause, (), WITH, says="Approve with what it is about"),
    Step("reopen_with", (APPROVED, DEAD), PENDING, its_cause, (is_in_no_version,), WITH,
         says="Reopen with what it is about"),
    Step("drop_with", LIVE, DEAD, its_cause, (is_in_no_version,), WITH, says="Drop with what it is about"),
)  # fmt: skip
