"""Drafts read as values: their texts, their edits, and the conflicts that they have with other drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from secretariat.core.people import Person
from secretariat.legaltext.drafting.composing import composed
from secretariat.legaltext.drafting.conflicts import Conflict, Drafted, Reading, conflicts_of, unresolved
from secretariat.legaltext.drafting.models import Resolution
from secretariat.legaltext.models import APPROVED, PENDING, Document, DocumentVersion, Draft
from secretariat.legaltext.standing import text_in
from secretariat.legaltext.text import Edit, Text, apply

LIVE = (PENDING, APPROVED)
"""The states in which a draft may still come into the code."""
NO_TEXT = Text(())


def base_of(draft: Draft) -> Text:
    """The text of the version that a draft was made for; empty where there is none. One query."""
    return text_in(draft.baseline) if draft.baseline is not None else NO_TEXT


def newest_version(document: Document) -> DocumentVersion | None:
    """The version of a document with the highest number, whether in effect yet or not; None where it has none."""
    found: DocumentVersion | None = document.versions.filter(to_day__isnull=True).order_by("-order", "-pk").first()
    return found


def steps_of(draft: Draft) -> tuple[Edit, ...]:
    """The steps of a draft, in their order."""
    return tuple(step.edit for step in draft.steps.all())


def text_of_draft(draft: Draft) -> Text:
    """The text as a draft leaves it. Two queries."""
    return apply(base_of(draft), steps_of(draft))


def drafted(draft: Draft, base: Text = NO_TEXT) -> Drafted:
    """A draft as a value, with one edit for each clause; give the text that it was made for where it is wanted."""
    return Drafted(str(draft.pk), draft.document.code, base, composed(steps_of(draft)))


def live() -> Any:
    """The drafts that may still come into the code: pending, or approved and in no version yet."""
    return Draft.objects.filter(state__in=LIVE).exclude(planned__version__isnull=False).select_related("document")


@dataclass(frozen=True)
class Met:
    """A conflict of one draft with another, and how it was settled (None: it was not)."""

    conflict: Conflict
    other: Draft
    settled: Resolution | None

    @property
    def waits(self) -> bool:
        """Whether a person has still to say how the clause reads when both stand."""
        return self.conflict.blocks and self.settled is None


def met(draft: Draft, others: Iterable[Draft] | None = None) -> list[Met]:
    """The conflicts of a draft with other live ones (with some of them only, where they are given), blocking first.

    A constant number of queries, however many drafts there are.
    """
    rows = live().exclude(pk=draft.pk).prefetch_related("steps") if others is None else others
    known = {str(other.pk): other for other in rows}
    found = conflicts_of(drafted(draft, base_of(draft)), map(drafted, known.values()))
    settled = {row.digest: row for row in resolutions(conflict.digest for conflict in found)}
    return [Met(one, known[_other(one, draft)], settled.get(one.digest)) for one in found]


def _other(conflict: Conflict, draft: Draft) -> str:
    return next(key for key in conflict.drafts if key != str(draft.pk))


def met_by(draft: Draft, person: Person | None, at: datetime) -> list[Met]:
    """The conflicts of a draft with those that a person may read."""
    return met(draft, live().exclude(pk=draft.pk).visible_to(person, at).prefetch_related("steps"))


def resolutions(digests: Iterable[str]) -> list[Resolution]:
    """How conflicts were settled, the newest of each last."""
    rows = Resolution.objects.filter(digest__in=list(digests)).select_related("document", "by")
    return list(rows.order_by("pk"))


def readings_for(drafts: Sequence[Draft]) -> list[Reading]:
    """How conflicts between some drafts were settled, as `together` asks for it: of each conflict the newest word."""
    keys = [draft.pk for draft in drafts]
    rows = Resolution.objects.filter(Q(one__in=keys), Q(other__in=keys)).select_related("document").order_by("pk")
    return [row.reading for row in {row.digest: row for row in rows}.values()]


def waiting(draft: Draft, states: Sequence[str] = LIVE) -> list[Conflict]:
    """The conflicts of a draft with live ones in some states that no person has settled."""
    found = [one for one in met(draft) if one.other.state in states]
    return unresolved((one.conflict for one in found), (one.settled.reading for one in found if one.settled))
