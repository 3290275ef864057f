"""The files of a published version: notes, Document Log, redlines (DOC-5) and clean texts; made again the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from secretariat.core.classification import Class
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.files import StoredFile, keep
from secretariat.legaltext.formats.editions import INVENTED, Edition
from secretariat.legaltext.formats.word_writing import word as word_of_text
from secretariat.legaltext.models import CodeVersion, Document, DocumentVersion
from secretariat.legaltext.publishing.archive import archive, sha256
from secretariat.legaltext.publishing.log import HEADS, Line, document_log, lines, marked
from secretariat.legaltext.publishing.models import PlannedVersion, PublishedFile
from secretariat.legaltext.publishing.notes import notes
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.html import page as redline_page
from secretariat.legaltext.redlines.word import word as redline_word
from secretariat.legaltext.standing import texts_of, versions_on
from secretariat.legaltext.text import Text
from secretariat.papers import html, pdf
from secretariat.papers.word_fields import steady_book

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Change:
    """One document that a publication changes: its text as it would stand without it, and with it."""

    document: Document
    number: str
    before: Text
    after: Text


def changes(planned: PlannedVersion, version: CodeVersion) -> list[Change]:
    """The public documents whose text a publication changed on its day, in the order of the contents."""
    day, known = version.effective_from, version.recorded
    codes = planned.gathered.values("document__code")
    before = texts_of(day, known - INSTANT, code__in=codes)
    after = texts_of(day, known, code__in=codes)
    documents = Document.objects.filter(code__in=list(after), classification=Class.WHITE)
    numbers = {code: one.number for code, one in versions_on(day, known).items()}
    found = [Change(one, numbers[one.code], before.get(one.code, Text(())), after[one.code]) for one in documents]
    return [change for change in found if change.before != change.after]


def brought(planned: PlannedVersion) -> list[Line]:
    """The public document versions that a publication brought, as lines of the release table (DOC-3)."""
    versions = marked(DocumentVersion.objects.filter(pk__in=planned.gathered.values("version")))
    return lines(versions.filter(classification=Class.WHITE, document__classification=Class.WHITE))


def edition(planned: PlannedVersion, version: CodeVersion) -> dict[str, bytes]:
    """Every file of a publication by its name in the archive, out of the record as it was known when it was made."""
    log = document_log(version.effective_from, version.recorded)
    rows = [line.values for line in log]
    paper = notes(version, planned.cause, brought(planned), log)
    made = {
        "document-log.csv": csv_file(HEADS, rows),
        "document-log.xlsx": steady_book(xlsx_file("Document Log", HEADS, rows), version.effective_from),
        "notes.html": html.page(paper, settings.SITE_URL),
        "notes.pdf": pdf.pdf(paper, annex=False, base_url=settings.SITE_URL),
    }
    for change in changes(planned, version):
        made.update(_of_document(change, version))
    return made


def _of_document(change: Change, version: CodeVersion) -> Iterator[tuple[str, bytes]]:
    """The clean text, and the redline against the text as it would stand without the publication (DOC-5)."""
    document, day = change.document, version.effective_from
    statement = INVENTED if document.invented else ""
    clean = Edition(document.code, str(document), change.number, day, change.after, statement)
    told = (f"Changes by version {version.number} of the code", *clean.lines)
    found, midnight = redline(change.before, change.after), datetime(day.year, day.month, day.day, tzinfo=UTC)
    marked_up = redline_word(found, clean.title, told, author=settings.ADMINISTRATION, at=midnight)
    yield f"texts/{document.code}.json", change.after.canonical
    yield f"texts/{document.code}.docx", word_of_text(clean)
    yield f"redlines/{document.code}.html", redline_page(found, clean.title, told, whole=True).encode()
    yield f"redlines/{document.code}.docx", marked_up


def keep_edition(planned: PlannedVersion, recorded: datetime) -> None:
    """Keeps the files of a publication, each by the hash of its content, for everybody to read."""
    version = planned.published_as
    assert version is not None
    for name, content in edition(planned, version).items():
        called = f"code-{version.number}-{name.replace('/', '-')}"
        told = {"size": len(content), "recorded": recorded, "classification": Class.WHITE}
        file = StoredFile(name=called, sha256=keep(called, content), **told)
        file.save()
        PublishedFile(code_version=version, name=name, file=file).save()


def kept(version: CodeVersion) -> dict[str, bytes]:
    """The files of a publication as they were kept. Raises ValueError where stored bytes have changed."""
    return {row.name: row.file.read() for row in version.files.select_related("file")}


def archived(version: CodeVersion) -> bytes:
    """All files of a publication as one archive: the same bytes whenever it is asked for."""
    return archive(kept(version), version.effective_from)


def differences(planned: PlannedVersion, version: CodeVersion) -> list[str]:
    """The names of the files that come out otherwise when the publication is made again; none, as it should be."""
    told = {row.name: row.file.sha256 for row in version.files.select_related("file")}
    made: Mapping[str, bytes] = edition(planned, version)
    again = {name: sha256(content) for name, content in made.items()}
    return sorted(name for name in told.keys() | again.keys() if told.get(name) != again.get(name))
