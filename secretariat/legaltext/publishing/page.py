"""What the pages of planned and published versions tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.core.files import StoredFile
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.legaltext.checking.findings import CHECKS, brought_in
from secretariat.legaltext.models import CodeVersion, Document
from secretariat.legaltext.publishing.actions import Rehearsal
from secretariat.legaltext.publishing.models import PlannedVersion, PublishedFile
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.text import Text
from secretariat.plain.dates import long_date

NONE = Text(())


def planned_facts(planned: PlannedVersion) -> list[Fact]:
    """The fields of a publication note (DOC-4)."""
    version = planned.published_as
    notified = long_date(planned.notified_on) if planned.notified_on else "Not yet"
    facts = [
        Fact("Version", planned.number, version.get_absolute_url() if version else ""),
        Fact("In effect from", long_date(planned.effective_from)),
        Fact("Notified", notified),
        Fact("Cause", planned.cause),
    ]
    if version is not None and version.posted_on is not None:
        facts.insert(3, Fact("Posted", long_date(version.posted_on)))
    return [*facts, Fact("Note", planned.note)] if planned.note else facts


def planned_tables(planned: PlannedVersion, person: Person | None, at: datetime) -> list[Related]:
    """What it brings, as far as the person may read it, and the files of its publication."""
    items: Any = planned.gathered.select_related("document", "draft", "varied", "version")
    rows: list[tuple[Any, ...]] = [
        (Crumb(one.document.reference, one.get_absolute_url()), one.get_kind_display(), one.draft or one.varied or "",
         Crumb(one.number, one.version.get_absolute_url() if one.version else ""),
         f"{one.get_cause_kind_display()} {one.reference}".strip())
        for one in items.visible_to(person, at)
    ]  # fmt: skip
    heads = ("Document", "What", "By", "Version of the document", "Cause")
    tables = [Related("What it brings", heads, rows, "Nothing is gathered yet that you may read.")]
    return [*tables, *files_of(planned.published_as, person, at)] if planned.published_as else tables


def publication_facts(version: CodeVersion, person: Person | None, at: datetime) -> list[Fact]:
    """What a version of the code tells of its publication here: its cause, its archive, its log."""
    log = f"{reverse('document log')}?on={version.effective_from.isoformat()}"
    facts = [Fact("Document Log", "As at that day", log)]
    plans: Any = PlannedVersion.objects.filter(published_as=version)
    planned = plans.visible_to(person, at).first()
    if planned is None:
        return facts
    archive = Fact("All files", f"code-{version.number}.zip", reverse("code archive", args=[version.pk]))
    return [Fact("Cause", planned.cause), archive, *facts]


def files_of(version: CodeVersion, person: Person | None, at: datetime) -> list[Related]:
    """The files of a publication that a person may read, with their hashes; none where it was not made here."""
    found = list(PublishedFile.objects.filter(code_version=version).select_related("file"))
    if not found:
        return []
    readable = StoredFile.objects.filter(pk__in=[one.file_id for one in found]).visible_to(person, at)
    keys = set(readable.values_list("pk", flat=True))
    rows: list[tuple[Any, ...]] = [
        (Crumb(one.name, one.get_absolute_url()), f"{one.file.size:,}", one.file.sha256)
        for one in found
        if one.file_id in keys
    ]
    return [Related("Files", ("File", "Bytes", "SHA-256"), rows, "None that you may read.")]


def previewed(rehearsal: Rehearsal) -> dict[str, Any]:
    """What publishing would do, for its page: reasons against it, documents that change, and what the checks find."""
    if rehearsal.reasons:
        return {"reasons": rehearsal.reasons, "documents": [], "findings": []}
    titles = {one.code: one for one in Document.objects.filter(code__in=rehearsal.changed)}
    documents = [
        (titles[code], *_counted(rehearsal.before.get(code, NONE), rehearsal.after[code])) for code in rehearsal.changed
    ]
    found = brought_in(rehearsal.before, rehearsal.after)
    findings = [(CHECKS[one.check].title, one.stops, one.document, one.number, one.message) for one in found]
    return {"reasons": (), "documents": documents, "findings": findings}


def _counted(before: Text, after: Text) -> tuple[int, int, int, int]:
    """How many clauses are put in, changed or renumbered, moved and taken out."""
    counts = redline(before, after).counts
    return counts["in"], counts["changed"] + counts["renumbered"], counts["moved"], counts["out"]
