"""Receiving an extract of alerts: into measurement data and into the register, or into neither."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Unpack

import pyarrow as pa
from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.oversight.alerts.duis import UnsafeFileError
from secretariat.oversight.alerts.extract import decoded
from secretariat.oversight.readings.ingest import Extract, NotTaken, take
from secretariat.oversight.readings.models import AlertExtract
from secretariat.oversight.readings.place import embedded, opened_store
from secretariat.plain.months import Month


def receive(record: AlertExtract, name: str, content: bytes, **told: Unpack[Told]) -> AlertExtract:
    """Takes a file of commas or of the gateway's messages in, keeps it and enters it.

    Raises Refused with a sentence for each kind of fault, or ValidationError for a file that may not be kept: then
    nothing was kept.
    """
    sha256 = keep(name, content)
    with transaction.atomic():
        record.file = StoredFile.objects.create(
            name=name, sha256=sha256, size=len(content), recorded=told["recorded"],
            classification=record.classification, audience=record.audience,
        )  # fmt: skip
        with TemporaryDirectory() as folder:
            source, findings = _source(Path(folder) / name, content)
            return _enter(record, source, findings, told)


def _source(path: Path, content: bytes) -> tuple[Path | pa.Table, list[str]]:
    if path.suffix.lower() == ".xml":
        try:
            found = decoded(content)
        except UnsafeFileError as unsafe:
            raise Refused(str(unsafe)) from unsafe
        return found.rows, [str(fault) for fault in found.faults]
    path.write_bytes(content)
    return path, []


def receive_rows(record: AlertExtract, rows: Path | pa.Table, **told: Unpack[Told]) -> AlertExtract:
    """Takes a Parquet file or rows in, which are kept by the store alone. Raises Refused."""
    with transaction.atomic():
        return _enter(record, rows, [], told)


def _enter(record: AlertExtract, source: Path | pa.Table, findings: list[str], told: Told) -> AlertExtract:
    """The store is written last, so that what the database refuses was not taken in."""
    month, store = Month.of(record.month), opened_store()
    extract = Extract(source, month, record.day, record.clock, record.restates)
    record.sha256, record.recorded = extract.sha256, told["recorded"]
    journal.enter(record, verb="receive", **told)
    try:
        receipt = take(store, extract, embedded(store))
    except NotTaken as refused:
        raise Refused(*(str(finding) for finding in refused.findings)) from refused
    findings = [*findings, *(str(finding) for finding in receipt.findings)]
    journal.amend(record, {"rows": receipt.rows, "findings": findings}, **told)
    return record
