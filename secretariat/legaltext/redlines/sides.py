"""What is compared: a day, a version or a draft of a document, as an address names it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from secretariat.legaltext.models import Document, DocumentVersion, Draft
from secretariat.legaltext.reading.world import World, version_in_force
from secretariat.legaltext.standing import in_effect, text_in
from secretariat.legaltext.text import Text
from secretariat.plain.dates import long_date, parse_day

_DRAFT: Final = re.compile(r"draft[- ](\d{1,12})")
_VERSION: Final = re.compile(r"(?:version[- ])?(\d+(?:\.\d+)*)")


@dataclass(frozen=True)
class Side:
    """One of two texts: how an address names it, what it is in words, and the day that it is of."""

    name: str
    says: str
    day: date
    text: Text


def side(document: Document, name: str, world: World) -> Side:
    """The text that a name stands for: "2020-02-28", "version-5.14" (or "5.14"), "draft-12", as the reader may read it.

    Raises ValueError, in words for the reader, for a name that stands for nothing.
    """
    typed = " ".join(name.split())
    draft = _DRAFT.fullmatch(typed.lower())
    if draft:
        return _of_draft(document, int(draft[1]), world)
    version = _VERSION.fullmatch(typed.lower())
    if version:
        return _of_version(document, version[1], world)
    try:
        day = parse_day(typed)
    except ValueError:
        raise ValueError(f"“{typed}” is no day, version or draft. Write 2020-02-28, 5.14 or draft-12.") from None
    return _of_day(document, replace(world, day=day, draft=None), day.isoformat())


def _of_day(document: Document, world: World, name: str) -> Side:
    version = version_in_force(world, document)
    if version is None and in_effect(world.day, world.known).filter(document=document).exists():
        raise ValueError(f"{document.reference} has no text of {long_date(world.day)} that you may read.")
    number = f", version {version.number}" if version else ", before any version"
    return Side(name, f"{long_date(world.day)}{number}", world.day, world.text(document))


def _of_version(document: Document, number: str, world: World) -> Side:
    found = versions(document, world).filter(number=number).first()
    if found is None or not _rests_on_what_is_read(found, world):
        raise ValueError(f"{document.reference} has no version {number} that you may read.")
    says = f"version {number}, from {long_date(found.effective_from)}"
    return Side(f"version-{number}", says, found.effective_from, text_in(found))


def _rests_on_what_is_read(version: DocumentVersion, world: World) -> bool:
    """Whether the reader may read all the versions that its text rests on."""
    then = replace(world, day=version.effective_from, known=version.recorded, draft=None)
    return then.versions().filter(pk=version.pk).exists()


def _of_draft(document: Document, key: int, world: World) -> Side:
    rows: Any = Draft.objects.filter(pk=key, document=document)
    found: Draft | None = rows.visible_to(world.reader, world.at).select_related("document").first()
    if found is None:
        raise ValueError(f"{document.reference} has no draft {key} that you may read.")
    there = replace(world, draft=found)
    misfit = there.misfit(there.plain().text(document))
    if misfit:
        raise ValueError(f"“{found.title}” does not fit the text of {long_date(world.day)}: {misfit}")
    says = f"{long_date(world.day)}, if “{found.title}” is approved"
    return Side(f"draft-{key}", says, world.day, there.text(document))


def versions(document: Document, world: World) -> Any:
    """The versions of a document that the reader may read, newest first."""
    rows: Any = DocumentVersion.objects.filter(document=document)
    return rows.visible_to(world.reader, world.at).order_by("-effective_from", "-order", "-pk")


def earlier(document: Document, later: Side, world: World) -> str:
    """The name of what a text is compared with unless told: a draft with its day, a version with the day before it."""
    if later.name.startswith("draft-"):
        return later.day.isoformat()
    version = version_in_force(replace(world, day=later.day, draft=None), document)
    first = version.effective_from if version else later.day
    return (first - timedelta(days=1)).isoformat()
