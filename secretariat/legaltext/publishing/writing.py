"""Writing a version of a document: its row, its causes, and a row for every clause that it changes; never an update."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Unpack

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.legaltext.models import Cause, ClauseText, Document, DocumentVersion, Draft
from secretariat.legaltext.recording import add_version
from secretariat.legaltext.standing import in_effect, known_by, text_of
from secretariat.legaltext.text import Clause, DoesNotApply, Edit, Text, apply, edits
from secretariat.plain.dates import long_date


@dataclass(frozen=True)
class Told:
    """What is told of a version: its number, its days, why, and which version it puts in the place of another."""

    number: str
    effective_from: date
    to_day: date | None = None
    notified_on: date | None = None
    posted_on: date | None = None
    note: str = ""
    replaces: DocumentVersion | None = None
    invented: bool = False
    causes: tuple[Cause, ...] = field(default=())


def write_draft(draft: Draft, about: Told, **told: Unpack[journal.Told]) -> DocumentVersion:
    """Writes a draft as a version: one row for each clause that it changes on the day.

    Raises Refused where the draft was made for another text than stands on that day, and as `write_text` does.
    """
    standing = text_of(draft.document, about.effective_from)
    try:
        text = apply(standing, [step.edit for step in draft.steps.all()])
    except DoesNotApply as wrong:
        raise Refused(f"{draft}: {wrong} Re-base the draft.") from None
    return write_text(draft.document, standing, text, about, **told)


def write_text(
    document: Document, standing: Text, text: Text, about: Told, **told: Unpack[journal.Told]
) -> DocumentVersion:
    """Writes what makes the text of a document of the one that stands on the day.

    Raises Refused where nothing changes, where a version that is in effect later has changed a clause of it, or
    where the clause is varied for a time.
    """
    changed = edits(standing, text)
    if not changed:
        raise Refused(f"{document.reference}: the text of {long_date(about.effective_from)} does not change.")
    crossed = _crossed(document, {edit.uid for edit in changed}, about)
    if crossed:
        raise Refused(*(f"{document.reference}: {sentence}" for sentence in crossed))
    return write(document, changed, about, **told)


def write(document: Document, changed: Iterable[Edit], about: Told, **told: Unpack[journal.Told]) -> DocumentVersion:
    """Writes a version with a row for each edit. Raises Refused; then nothing is written."""
    version = DocumentVersion(
        document=document,
        number=about.number,
        effective_from=about.effective_from,
        to_day=about.to_day,
        notified_on=about.notified_on,
        posted_on=about.posted_on,
        note=about.note,
        replaces=about.replaces,
        invented=about.invented,
        classification=document.classification,
        audience=document.audience,
    )
    return add_version(version, changed, about.causes, **told)


def again(varied: DocumentVersion, about: Told, **told: Unpack[journal.Told]) -> DocumentVersion:
    """Writes a variation again, from its own first day, with the last day that is told of it now (DOC-3).

    What was known until now keeps the last day that it had. Raises Refused for a variation that was replaced already.
    """
    if not known_by().filter(pk=varied.pk).exists():
        raise Refused(f"{varied} was extended or ended already.")
    beneath = _beneath(varied)
    rows = ((row.uid, row.clause if row.present else None) for row in varied.clauses.order_by("pk"))
    changed = [Edit(beneath.get(uid), clause) for uid, clause in rows if clause is not None or uid in beneath]
    here = replace(about, effective_from=varied.effective_from, replaces=varied)
    return write(varied.document, changed, here, **told)


def _beneath(varied: DocumentVersion) -> dict[str, Clause]:
    """The clauses of a variation as they would stand without it on its first day; none for one that would not."""
    others = in_effect(varied.effective_from).exclude(pk=varied.pk)
    uids = varied.clauses.values("uid")
    rows = ClauseText.objects.filter(version__in=others, document_id=varied.document_id, uid__in=uids)
    latest = {row.uid: row for row in rows.order_by("version__effective_from", "version__order", "version_id")}
    return {uid: row.clause for uid, row in latest.items() if row.present}


def extended(varied: DocumentVersion, about: Told, to_day: date, **told: Unpack[journal.Told]) -> DocumentVersion:
    """Writes a variation again so that it lasts until a later day (DOC-3). Raises Refused for an earlier one."""
    if varied.to_day is None or to_day <= varied.to_day:
        raise Refused(f"{varied} is extended to a later day than its own.")
    return again(varied, replace(about, to_day=to_day), **told)


def ended(varied: DocumentVersion, about: Told, **told: Unpack[journal.Told]) -> DocumentVersion:
    """Writes a variation again so that it ends the day before `about` takes effect (DOC-3).

    Raises Refused where it has ended by then, or has not begun.
    """
    last = about.effective_from - timedelta(days=1)
    if varied.to_day is None or not varied.effective_from <= last < varied.to_day:
        raise Refused(f"{varied} is not in effect on both {long_date(last)} and the day after.")
    return again(varied, replace(about, to_day=last), **told)


def _crossed(document: Document, uids: set[str], about: Told) -> list[str]:
    """Why a change of some clauses may not take effect on a day: each later version, or variation, that has them."""
    rows = ClauseText.objects.filter(version__in=known_by(), document=document, uid__in=uids)
    later = rows.filter(version__effective_from__gt=about.effective_from)
    varied = rows.filter(version__to_day__gte=about.effective_from, version__effective_from__lte=about.effective_from)
    ordered = (found.select_related("version__document").order_by("pk") for found in (later, varied))
    told_later, told_varied = (list(found) for found in ordered)
    return [
        *(f"{row.number or row.uid} is changed by {row.version}, which takes effect later." for row in told_later),
        *(f"{row.number or row.uid} is varied by {row.version}; end that first." for row in told_varied),
    ]
