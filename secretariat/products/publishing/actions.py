"""Writing a version of a list: its number, its rows, its files and signatures, whole or not at all (PRD-30, PRD-31)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.journal import Entry, Told
from secretariat.core.load import Loading
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.products.models import DeviceModel, ListVersion, ProductList
from secretariat.products.publishing.central import central_rows
from secretariat.products.publishing.content import Content, Difference, Row, difference, digest
from secretariat.products.publishing.files import files, kept, told_of
from secretariat.products.publishing.models import (
    ListRow,
    PreparedVersion,
    VersionFile,
    is_central,
    newest,
    newest_kept,
)
from secretariat.products.publishing.reading import Upload, read
from secretariat.products.publishing.shapes import columns_of

AT_ONCE = 500
"""Rows that one statement writes."""


def content_of(version: ListVersion | None) -> dict[str, Row]:
    """The rows that a version holds, by key; none of no version. Raises Refused where its content is not kept here."""
    if version is None:
        return {}
    if not version.is_kept:
        raise Refused(f"The content of {version} was not kept here: only its number and its day are known.")
    return dict(ListRow.objects.held_by(version).values_list("key", "content"))


def between(old: ListVersion | None, new: ListVersion) -> Difference:
    """What makes one version of another. Raises Refused where the content of one is not kept here."""
    return difference(content_of(old), content_of(new))


def uploaded(prepared: PreparedVersion, at: datetime) -> Upload:
    """The DCC's file of a prepared version, read again as things stand at an instant."""
    assert prepared.file is not None
    before = content_of(newest_kept(prepared.list))
    return read(prepared.list, prepared.file.name, prepared.file.read(), Loading(None, at, at), before)


def held(prepared: PreparedVersion, at: datetime) -> Upload:
    """What a prepared version would hold if it were published at an instant.

    Raises Refused, row by row, where its file may no longer be taken.
    """
    if is_central(prepared.list):
        return Upload(rows=central_rows(local_day(at)))
    upload = uploaded(prepared, at)
    if upload.refused:
        raise Refused(*(str(refusal) for refusal in upload.refused))
    return upload


def fill(prepared: PreparedVersion, at: datetime) -> None:
    """Sets what a version that is being prepared would hold, and what is told of its rows. Raises Refused."""
    upload = held(prepared, at)
    prepared.findings = [[one.row, one.column, one.reason] for one in upload.told]
    prepared.holds, prepared.digest = len(upload.rows), digest(upload.rows)
    prepared.prepared_on = local_day(at)


def published(prepared: PreparedVersion, at: datetime, recorded: datetime) -> ListVersion:
    """Writes a prepared version as the next one of its list, with its rows, files and signatures. Raises Refused."""
    content = held(prepared, at).rows
    told: Told = {"by": None, "at": at, "recorded": recorded}
    with transaction.atomic():
        before = content_of(newest_kept(prepared.list))
        version = ListVersion(
            list=prepared.list,
            number=next_number(prepared.list),
            published_on=local_day(at),
            published_at=at,
            holds=len(content),
            sha256=digest(content),
            invented=prepared.invented,
        )
        found = difference(before, content)
        journal.enter(
            version, verb="publish", sha256=version.sha256, holds=version.holds, change=found.sentence, **told
        )
        write_rows(version, found, content)
        keep_files(version, content, recorded)
        if is_central(version.list):
            first_held(version, **told)
    return version


def write_rows(version: ListVersion, found: Difference, content: Content) -> None:
    """Ends the rows that a version no longer holds, or no longer so, and begins those that it holds anew."""
    altered = [one.key for one in found.altered]
    standing = ListRow.objects.filter(list=version.list, to_number__isnull=True)
    ended = [*found.removed, *altered]
    for start in range(0, len(ended), AT_ONCE):
        standing.filter(key__in=ended[start : start + AT_ONCE]).update(to_number=version.number - 1)
    ListRow.objects.bulk_create(_begun(version, [*found.added, *altered], content), batch_size=AT_ONCE)


def _begun(version: ListVersion, keys: Sequence[str], content: Content) -> Iterator[ListRow]:
    for key in keys:
        yield ListRow(list=version.list, key=key, content=content[key], from_number=version.number)


def keep_files(version: ListVersion, content: Content, recorded: datetime) -> None:
    """Keeps the files of a version and the signature over each, for everybody to read."""
    base = f"{version.list.code.lower()}-{version.number}"
    for ending, made in made_again(version, content).items():
        name = f"{base}.{ending}"
        VersionFile(version=version, name=ending, file=kept(name, made, recorded, Class.WHITE)).save()


def made_again(version: ListVersion, content: Content) -> dict[str, bytes]:
    """The files of a version by ending, made of its rows: the same bytes whenever they are made."""
    return files(told_of(version, columns_of(version.list.code)), content)


def differences(version: ListVersion) -> list[str]:
    """The endings of the files that come out otherwise when they are made again, and the content where its hash does.

    None, as it should be. Raises ValueError where stored bytes have changed.
    """
    content = content_of(version)
    made = made_again(version, content)
    stored = {one.name: one.file.read() for one in version.files.select_related("file")}
    found = sorted(name for name in made.keys() | stored.keys() if made.get(name) != stored.get(name))
    return [*found, *(["content"] if digest(content) != version.sha256 else [])]


def first_held(version: ListVersion, **told: Unpack[Told]) -> None:
    """Notes of each entry that no version held before that this one is the first (PRD-10)."""
    fresh = DeviceModel.objects.listed().filter(classification=Class.WHITE, added_in__isnull=True)
    entries = list(fresh)
    DeviceModel.objects.filter(pk__in=[entry.pk for entry in entries]).update(added_in=version)
    facts = {"added_in": {"old": None, "new": version}}
    journal.record_all(
        Entry("devicemodel.amend", entry, told["by"], told["at"], told["recorded"], facts) for entry in entries
    )


def next_number(of: ProductList) -> int:
    """The number of the version that is published next."""
    last = newest(of)
    return last.number + 1 if last else 1
