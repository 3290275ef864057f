"""What is about to change: the drafts that touch a clause, and the versions that are known and not yet in effect."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from secretariat.legaltext.models import APPROVED, PENDING, ClauseText, Document, DocumentVersion, Draft, DraftEdit
from secretariat.legaltext.reading.addresses import Addresses
from secretariat.legaltext.reading.world import World
from secretariat.legaltext.standing import known_by
from secretariat.plain.dates import long_date


@dataclass(frozen=True)
class Coming:
    """One change to come: what brings it, where that is told, and where the text with it is read."""

    label: str
    href: str
    says: str
    world: str


def drafts_of(document: Document, world: World) -> list[Any]:
    """The drafts of a document that may still change it, as far as the reader may read them."""
    rows: Any = Draft.objects.filter(document=document, state__in=(PENDING, APPROVED))
    return list(rows.exclude(planned__version__isnull=False).visible_to(world.reader, world.at).order_by("pk"))


def coming(document: Document, world: World) -> dict[str, list[Coming]]:
    """The changes to come of each clause of a document, by its identity. Three queries."""
    found: dict[str, list[Coming]] = defaultdict(list)
    drafts = {row.pk: row for row in drafts_of(document, world)}
    steps = DraftEdit.objects.filter(draft__in=drafts).order_by("draft_id", "order")
    for uid, key in dict.fromkeys(steps.values_list("uid", "draft_id")):
        found[uid].append(_of_draft(drafts[key], world))
    readable: Any = known_by(world.known).filter(document=document, effective_from__gt=world.day)
    later = readable.visible_to(world.reader, world.at)
    rows = ClauseText.objects.filter(version__in=later).order_by("version__effective_from", "version__order")
    for row in rows.select_related("version__document"):
        found[row.uid].append(_of_version(row.version, row.present, world))
    return found


def _of_draft(draft: Draft, world: World) -> Coming:
    says = "would change it" if draft.state == PENDING else "changes it, from a day still to be set"
    there = World(world.day, world.reader, world.at, world.known, draft)
    return Coming(f"{draft.title} ({draft.state})", draft.get_absolute_url(), says, there.query)


def _of_version(version: DocumentVersion, present: bool, world: World) -> Coming:
    day = long_date(version.effective_from)
    says = f"changes it from {day}" if present else f"takes it out from {day}"
    address = Addresses(world).document(version.document.code, version.effective_from)
    return Coming(str(version), address, says, "")


def choices(document: Document, world: World) -> list[tuple[str, str, bool]]:
    """The worlds in which a document can be read: as it is, and with each draft; name, address, and whether shown."""
    plain = Addresses(world.plain()).document(document.code)
    made = [("The text without any draft", plain, world.draft is None)]
    for draft in drafts_of(document, world):
        there = World(world.day, world.reader, world.at, world.known, draft)
        shown = world.draft is not None and world.draft.pk == draft.pk
        made.append((f"If “{draft.title}” is approved", Addresses(there).document(document.code), shown))
    return made


def compared(document: Document, world: World, before: str = "") -> str:
    """Where the text of a world is compared with that of another day, or of none told: the version before it."""
    told = {"from": before, "to": world.day.isoformat()}
    if world.draft is not None:
        told = {"from": before or world.day.isoformat(), "to": f"draft-{world.draft.pk}"}
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('compare', args=[document.code])}?{query}"
