"""Publishing a planned version: all that it brings is written in order, or nothing is; a rehearsal is taken back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class, ClassifiedQuerySet
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.legaltext.checking.findings import brought_in
from secretariat.legaltext.drafting.conflicts import Unresolved, together
from secretariat.legaltext.drafting.values import drafted, readings_for
from secretariat.legaltext.models import (
    APPROVED,
    OF_THE_CODE,
    Cause,
    CodeVersion,
    Document,
    DocumentVersion,
    Draft,
)
from secretariat.legaltext.publishing.models import GATHERED, ItemKind, PlannedItem, PlannedVersion
from secretariat.legaltext.publishing.numbering import scheme_on
from secretariat.legaltext.publishing.writing import Told, ended, extended, write, write_draft, write_text
from secretariat.legaltext.standing import texts_of
from secretariat.legaltext.text import DoesNotApply, Text
from secretariat.plain.dates import local_day

FIRST_WRITTEN = (ItemKind.CANCELLATION, ItemKind.EXTENSION, ItemKind.NUMBER)
"""What is written before the legal text, so that it meets the text as these leave it; variations come last."""


@dataclass(frozen=True)
class Rehearsal:
    """What publishing would do to the texts, by the code of the document, or the reasons why it cannot be done."""

    before: dict[str, Text]
    after: dict[str, Text]
    reasons: tuple[str, ...] = ()

    @property
    def changed(self) -> list[str]:
        """The codes of the documents whose text would change."""
        return sorted(code for code in self.after if self.after[code] != self.before.get(code))

    @property
    def digest(self) -> str:
        """What tells this outcome from any other."""
        found = hashlib.sha256()
        for code in self.changed:
            found.update(f"{code}\n".encode() + self.after[code].canonical)
        return found.hexdigest()


def rehearsed(planned: PlannedVersion, at: datetime) -> Rehearsal:
    """Publishes and takes it back: nothing is left of it but what the texts would be."""
    before = texts_of(planned.effective_from)
    after: dict[str, Text] = before
    reasons: tuple[str, ...] = ()
    with transaction.atomic():
        try:
            written(planned, by=None, at=at, recorded=at)
            after = texts_of(planned.effective_from)
        except (Refused, ValidationError) as refusal:
            reasons = tuple(refusal.messages)
        transaction.set_rollback(True)
    return Rehearsal(before, after, reasons)


def stand_in_the_way(rehearsal: Rehearsal) -> tuple[str, ...]:
    """What the checks of the text find that a version would newly bring into the code, and that stops it."""
    found = brought_in(rehearsal.before, rehearsal.after)
    return tuple(f"{one.document}, {one.number or one.uid}: {one.message}" for one in found if one.stops)


def written(planned: PlannedVersion, *, by: Person | None, at: datetime, recorded: datetime) -> list[DocumentVersion]:
    """Writes the versions of all documents that a planned version brings, in order, whole or not at all.

    Raises Refused or ValidationError with the reasons: a conflict that nobody settled, a draft for another text.
    """
    told: journal.Told = {"by": by, "at": at, "recorded": recorded}
    items = list(planned.gathered.select_related("document", "draft__document", "varied__document"))
    with transaction.atomic():
        first = [_written(item, _about(planned, [item], at), told) for item in items if item.kind in FIRST_WRITTEN]
        texts = _texts_written(planned, [item for item in items if item.kind == ItemKind.TEXT], told)
        last = [_written(item, _about(planned, [item], at), told) for item in items if item.kind == ItemKind.VARIATION]
    return [*first, *texts, *last]


def _written(item: PlannedItem, about: Told, told: journal.Told) -> DocumentVersion:
    if item.kind == ItemKind.NUMBER:
        version = write(item.document, (), about, **told)
    elif item.kind == ItemKind.VARIATION:
        assert item.draft is not None and item.to_day is not None  # noqa: PT018 - the database holds both
        version = write_draft(item.draft, replace(about, to_day=item.to_day), **told)
    else:
        version = _of_a_variation(item, about, told)
    _keep(item, version)
    return version


def _of_a_variation(item: PlannedItem, about: Told, told: journal.Told) -> DocumentVersion:
    assert item.varied is not None
    if item.kind == ItemKind.CANCELLATION:
        return ended(item.varied, about, **told)
    assert item.to_day is not None
    return extended(item.varied, about, item.to_day, **told)


def _texts_written(planned: PlannedVersion, items: Sequence[PlannedItem], told: journal.Told) -> list[DocumentVersion]:
    """One version of each document, whatever number of drafts made it; their order makes no difference."""
    of: dict[str, list[PlannedItem]] = defaultdict(list)
    for item in items:
        of[item.document.code].append(item)
    standing = texts_of(planned.effective_from, code__in=list(of))
    texts = {code: standing.get(code, Text(())) for code in of}
    made = _together(texts, [item.draft for item in items if item.draft is not None])
    versions = []
    for code, held in of.items():
        about = _about(planned, held, told["at"])
        versions.append(write_text(held[0].document, texts[code], made[code], about, **told))
        for item in held:
            _keep(item, versions[-1])
    return versions


def _together(texts: dict[str, Text], drafts: Sequence[Draft]) -> dict[str, Text]:
    """The texts with all drafts applied, conflicts as a person settled them. Raises Refused where one waits."""
    values = [drafted(draft, texts[draft.document.code]) for draft in drafts]
    try:
        return together(texts, values, readings_for(drafts))
    except Unresolved as waiting:
        raise Refused(*dict.fromkeys(conflict.says for conflict in waiting.conflicts)) from None
    except DoesNotApply as wrong:
        raise Refused(f"{wrong} Re-base the draft.") from None


def _about(planned: PlannedVersion, items: Sequence[PlannedItem], at: datetime) -> Told:
    """What is told of the version that some items make together. Raises Refused where they give it two numbers."""
    numbers = {item.number for item in items}
    if len(numbers) > 1:
        both = " and ".join(sorted(numbers))
        raise Refused(f"{items[0].document.reference} has the versions {both} in this publication; give it one.")
    return Told(
        number=numbers.pop(),
        effective_from=planned.effective_from,
        notified_on=planned.notified_on,
        posted_on=local_day(at),
        causes=tuple(_cause(item) for item in items),
        invented=planned.invented,
    )


def _cause(item: PlannedItem) -> Cause:
    about = item.draft
    kind, number = (about.about_kind, about.about_id) if about is not None else ("", None)
    return Cause(kind=item.cause_kind, reference=item.reference, about_kind=kind, about_id=number)


def waiting_drafts() -> ClassifiedQuerySet:
    """The approved drafts of the code that are in no version, planned or published, in the order of the contents."""
    drafts: ClassifiedQuerySet = Draft.objects.filter(state=APPROVED, document__kind__in=OF_THE_CODE)
    found = drafts.exclude(planned__state=GATHERED).select_related("document")
    return found.order_by("document__position", "document__code", "pk")


def following_version(document: Document) -> str:
    """The number after the newest of a document: 9.0 after 8.2."""
    newest = document.versions.order_by("-order").values_list("number", flat=True).first()
    return f"{int(newest.partition('.')[0]) + 1}.0" if newest else "1.0"


def _keep(item: PlannedItem, version: DocumentVersion) -> None:
    item.version = version
    item.classification, item.audience = version.classification, version.audience
    item.save(update_fields=["version", "classification", "audience"])


def code_version(planned: PlannedVersion, *, by: Person | None, at: datetime, recorded: datetime) -> CodeVersion:
    """Enters the version of the whole code whose members are the document versions in force on its day (DOC-6)."""
    made = CodeVersion(
        scheme=scheme_on(planned.effective_from),
        number=planned.number,
        effective_from=planned.effective_from,
        notified_on=planned.notified_on,
        posted_on=local_day(at),
        recorded=recorded,
        note=planned.note,
        invented=planned.invented,
        classification=Class.WHITE,
    )
    journal.enter(made, by=by, at=at, recorded=recorded)
    return made
