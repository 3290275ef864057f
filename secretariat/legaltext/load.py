"""The files that this room takes: documents, their versions with the causes, and the clauses that versions changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, day, one_of, words, yes_or_no
from secretariat.core.exports import DANGEROUS
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.procedure import Refused
from secretariat.legaltext.models import Cause, CauseKind, ClauseText, Document, DocumentKind, DocumentVersion
from secretariat.legaltext.numbers import is_a_version
from secretariat.legaltext.recording import add_clauses, add_version
from secretariat.legaltext.standing import text_of
from secretariat.legaltext.text import KINDS, Clause, Edit
from secretariat.plain.dates import LONDON, local_day

GUARDED = (*DANGEROUS, "'")
DOCUMENT = Column("document", words, "the document's code, such as section-h")
DOCUMENT_FIELDS = ("code", "kind", "letter", "title", "owner", "position", "invented")
VERSION_FIELDS = ("effective_from", "to_day", "notified_on", "posted_on", "note", "invented")
IN_EVERY_ROW = (*VERSION_FIELDS, "known_on", "replaces")
NOON = time(12)
CLAUSE_COLUMNS = {
    "uid": "uid", "parent": "parent", "place": "place", "kind": "kind", "number": "clause", "heading": "heading",
    "body": "body",
}  # fmt: skip
"""The parts of a clause and the columns that tell them; `number` is the version's."""


def version_number(text: str) -> str:
    """Parser of a version number. Raises ValidationError."""
    is_a_version(text)
    return text


def passage(text: str) -> str:
    """Parser of a clause's words: as they are, tables among them, without the mark that keeps spreadsheets away."""
    text = text.replace("\r\n", "\n")
    return text[1:] if text.startswith("'") and text[1:2] in GUARDED else text


def prepare_documents(lines: list[Line], loading: Loading) -> Prepared:
    """Documents to add; the same one is already there, with other content it is refused."""
    known = {row.code: row for row in Document.objects.all()}
    prepared, seen = Prepared(), dict[str, int]()
    for line in lines:
        row = Document(**{name: line[name] for name in DOCUMENT_FIELDS})
        refusals = list(_wrong_document(line, row, known, seen))
        prepared.refused += refusals
        seen.setdefault(row.code, line.row)
        if row.code in known and not refusals:
            prepared.repeated.append(line.row)
        elif not refusals:
            prepared.accepted.append(row)
    return prepared


def _wrong_document(line: Line, row: Document, known: dict[str, Document], seen: dict[str, int]) -> Iterator[Refusal]:
    if row.code in seen:
        yield line.refuse("code", f"{row.code} is in row {seen[row.code]} too.")
    elif row.code in known:
        if any(getattr(known[row.code], name) != getattr(row, name) for name in DOCUMENT_FIELDS):
            yield line.refuse("code", f"{row.code} is already there with other content.")
    else:
        yield from _refusals(line, row.full_clean)


def _refusals(line: Line, check: Callable[[], None]) -> Iterator[Refusal]:
    """What a record's own checks say, column by column."""
    try:
        check()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield line.refuse("" if name == "__all__" else name, " ".join(messages))


def _write_documents(rows: list[Document], loading: Loading) -> None:
    journal.enter_all(rows, **loading.told)


@dataclass
class LoadedVersion:
    """A version with its causes, ready to be saved."""

    version: DocumentVersion
    causes: list[Cause] = field(default_factory=list)
    replaces: str = ""

    def __str__(self) -> str:
        return f"{self.version}: {'; '.join(map(str, self.causes)) or 'no cause told'}"

    @property
    def content(self) -> tuple[Any, ...]:
        """All that the file tells of it, to be compared with what is already there."""
        own = (getattr(self.version, name) for name in VERSION_FIELDS)
        return (*own, self.replaces, sorted((cause.kind, cause.reference) for cause in self.causes))


def prepare_versions(lines: list[Line], loading: Loading) -> Prepared:
    """Versions to add, one for the rows that share document and number, a row for each cause."""
    documents = {row.code: row for row in Document.objects.all()}
    held = DocumentVersion.objects.select_related("document", "replaces").prefetch_related("causes")
    known = {(row.document.code, row.number): _as_loaded(row).content for row in held}
    today = local_day(loading.at)
    prepared = Prepared()
    for key, rows in _grouped(lines).items():
        refusals = [refusal for line in rows for refusal in _wrong_version(line, rows[0], documents, today)]
        prepared.refused += refusals
        if refusals:
            continue
        loaded = _version(rows, documents[key[0]])
        wrong = [] if key in known else list(_refusals(rows[0], lambda: _clean(loaded.version)))  # noqa: B023 - at once
        prepared.refused += wrong
        if key not in known and not wrong:
            prepared.accepted.append(loaded)
        elif known.get(key) == loaded.content:
            prepared.repeated += [line.row for line in rows]
        elif key in known:
            prepared.refused.append(rows[0].refuse("number", f"{loaded.version} is already there with other content."))
    return prepared


def _grouped(lines: Iterable[Line]) -> dict[tuple[str, str], list[Line]]:
    grouped: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        grouped.setdefault((line["document"], line["number"]), []).append(line)
    return grouped


def _as_loaded(row: DocumentVersion) -> LoadedVersion:
    return LoadedVersion(row, list(row.causes.all()), row.replaces.number if row.replaces else "")


def _wrong_version(line: Line, first: Line, documents: dict[str, Document], today: date) -> Iterator[Refusal]:
    if line["document"] not in documents:
        yield line.refuse("document", f"There is no document {line['document']}. Load the documents first.")
    if line["known_on"] and line["known_on"] > today:
        yield line.refuse("known_on", "The day is still to come.")
    for name in IN_EVERY_ROW:
        if line[name] != first[name]:
            yield line.refuse(name, f"This differs from row {first.row}, which tells of the same version.")
    if line["reference"] and not line["cause"]:
        yield line.refuse("cause", "A reference needs the kind of cause.")


def _version(rows: list[Line], document: Document) -> LoadedVersion:
    first = rows[0]
    told = {name: first[name] for name in VERSION_FIELDS}
    version = DocumentVersion(document=document, number=first["number"], **told)
    version.classification, version.audience = document.classification, document.audience
    if first["known_on"]:
        version.recorded = datetime.combine(first["known_on"], NOON, LONDON)
    causes = [Cause(kind=row["cause"], reference=row["reference"]) for row in rows if row["cause"]]
    return LoadedVersion(version, causes, first["replaces"])


def _clean(version: DocumentVersion) -> None:
    version.full_clean(exclude=["recorded"])


def _write_versions(rows: list[LoadedVersion], loading: Loading) -> None:
    for row in sorted(rows, key=lambda one: (bool(one.replaces), one.version.effective_from)):
        if row.replaces:
            row.version.replaces = _replaced(row.version, row.replaces)
        add_version(row.version, (), row.causes, **loading.told)


def _replaced(version: DocumentVersion, number: str) -> DocumentVersion:
    found: DocumentVersion | None = DocumentVersion.objects.filter(document=version.document, number=number).first()
    if found is None:
        raise Refused(f"{version} replaces {number}, which the document does not have.")
    return found


@dataclass
class LoadedClauses:
    """The clauses that one version changed: its document and number, and each clause with whether it stands."""

    version: DocumentVersion
    clauses: list[tuple[Clause, bool]]

    def __str__(self) -> str:
        return f"{self.version}: {len(self.clauses)} clauses"

    def edits(self) -> Iterator[Edit]:
        """What they make of the text that stands on the version's first day. Raises Refused for what is not there."""
        standing = text_of(self.version.document, self.version.effective_from).by_uid
        for clause, present in self.clauses:
            before = standing.get(clause.uid)
            if before is None and not present:
                raise Refused(f"{self.version}: {clause.uid} is taken out, and does not stand before it.")
            yield Edit(before, clause if present else None)


def prepare_clauses(lines: list[Line], loading: Loading) -> Prepared:
    """Clauses to add to versions that have none; a version that has the same ones already is already there."""
    held = DocumentVersion.objects.select_related("document")
    versions = {(row.document.code, row.number): row for row in held}
    prepared = Prepared()
    for key, rows in _grouped(lines).items():
        refusals = list(_wrong_clauses(rows, versions.get(key)))
        prepared.refused += refusals
        if refusals:
            continue
        clauses = [(Clause(**_parts(row)), row["stands"]) for row in rows]
        there = [(row.clause if row.present else None, row.uid) for row in versions[key].clauses.all()]
        if not there:
            prepared.accepted.append(LoadedClauses(versions[key], clauses))
        elif there == [(clause if present else None, clause.uid) for clause, present in clauses]:
            prepared.repeated += [row.row for row in rows]
        else:
            prepared.refused.append(rows[0].refuse("number", "The version has other clauses already; none is changed."))
    if prepared.accepted and not prepared.refused:
        prepared.refused += _tried(prepared.accepted, loading, lines[0])
    return prepared


def _parts(line: Line) -> dict[str, str]:
    return {name: line[column] for name, column in CLAUSE_COLUMNS.items()}


def _wrong_clauses(rows: list[Line], version: DocumentVersion | None) -> Iterator[Refusal]:
    if version is None:
        yield rows[0].refuse("number", "There is no such version of this document. Load the versions first.")
        return
    seen: dict[str, int] = {}
    for line in rows:
        if line["uid"] in seen:
            yield line.refuse("uid", f"{line['uid']} is in row {seen[line['uid']]} too.")
        seen.setdefault(line["uid"], line.row)
        row = ClauseText(**_parts(line))
        yield from _refusals(line, lambda row=row: row.clean_fields(exclude=["version", "document"]))  # type: ignore[misc]


def _tried(rows: list[LoadedClauses], loading: Loading, line: Line) -> Iterator[Refusal]:
    """What would be refused when it is written; it is written, and taken back."""
    try:
        with transaction.atomic():
            _write_clauses(rows, loading)
            transaction.set_rollback(True)
    except Refused as refusal:
        yield from (Refusal(line.row, "", message) for message in refusal.messages)


def _write_clauses(rows: list[LoadedClauses], loading: Loading) -> None:
    for row in sorted(rows, key=lambda one: (one.version.effective_from, one.version.order)):
        add_clauses(row.version, row.edits(), **loading.told)


DOCUMENTS = takes(
    LoadKind(
        "documents",
        "Documents of the code, and others governed with it",
        (
            Column("code", words, "the document's code, such as section-h or appendix-ab"),
            Column("kind", one_of(dict(zip(DocumentKind.values, DocumentKind.values, strict=True))), "the kind"),
            Column("letter", words, "its letter or number", required=False, default=""),
            Column("title", words, "the title"),
            Column("owner", words, "the code of the body that owns it", required=False, default=""),
            Column("position", count, "its place in the contents", required=False, default=0),
            INVENTED,
        ),
        prepare_documents,
        _write_documents,
    )
)

VERSIONS = takes(
    LoadKind(
        "document-versions",
        "Versions of documents",
        (
            DOCUMENT,
            Column("number", version_number, "the version's number, such as 5.14 or 61.0"),
            Column("effective_from", day, "the day on which it takes effect"),
            Column("to_day", day, "the last day of a variation for a time", required=False),
            Column("notified_on", day, "the day on which it was notified", required=False),
            Column("posted_on", day, "the day on which it was posted", required=False),
            Column(
                "cause", one_of(dict(zip(CauseKind.values, CauseKind.values, strict=True))), "the kind of cause; a row "
                "for each cause", required=False, default="",
            ),
            Column("reference", words, "what the cause is, such as MP042", required=False, default=""),
            Column("note", words, "a note", required=False, default=""),
            Column("known_on", day, "the day since which it was known; empty: today", required=False),
            Column("replaces", version_number, "the version that it puts right", required=False, default=""),
            INVENTED,
        ),
        prepare_versions,
        _write_versions,
    )
)  # fmt: skip

CLAUSES = takes(
    LoadKind(
        "clauses",
        "Clauses of versions of documents",
        (
            DOCUMENT,
            Column("number", version_number, "the number of the version that changed it"),
            Column("uid", words, "the identity of the clause, the same in all versions"),
            Column("stands", yes_or_no, "no where the version takes it out", required=False, default=True),
            Column("parent", words, "the identity of the clause that holds it", required=False, default=""),
            Column("place", words, "its place among its siblings, which sort by it as text"),
            Column("kind", one_of(dict(zip(KINDS, KINDS, strict=True))), "what it is"),
            Column("clause", passage, "its number as printed", required=False, default=""),
            Column("heading", passage, "its heading", required=False, default=""),
            Column("body", passage, "its words", required=False, default=""),
        ),
        prepare_clauses,
        _write_clauses,
    )
)
