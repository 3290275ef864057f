"""What the pages of lists and versions tell: facts, rows and differences as tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import instant, instant_words, long_date
from secretariat.products.models import ListVersion, ProductList
from secretariat.products.publishing.content import Difference, Row
from secretariat.products.publishing.files import SIGNATURE
from secretariat.products.publishing.loading import HOURS, is_late, load_due

SHOWN: Final = 200
"""Rows that a page prints; the files hold all of them."""
NOT_KEPT: Final = "Its content was not kept here: only its number and its day are known."
_TOLD: Final = (
    "device_type", "manufacturer", "model", "technical_specification", "firmware", "provider", "first_added", "report",
    "intended", "to_be_removed_on", "note",
)  # fmt: skip


def described(row: Row) -> str:
    """The fields of a row by which people know it, in words."""
    return "; ".join(f"{name.replace('_', ' ')} {row[name]}" for name in _TOLD if row.get(name))


def difference_rows(found: Difference) -> list[tuple[Any, ...]]:
    """A difference as lines: what was done, the row's key, and what it says or how it changed."""
    lines = [("Added", key, described(row)) for key, row in found.added.items()]
    lines += [("Removed", key, described(row)) for key, row in found.removed.items()]
    return [*lines, *(("Changed", one.key, one.sentence) for one in found.altered)]


def difference_table(title: str, found: Difference, empty: str, href: str = "") -> Related:
    """A difference as a table, as far as a page prints it."""
    lines = difference_rows(found)
    more = f" (the first {SHOWN:,} of {len(lines):,})" if len(lines) > SHOWN else ""
    return Related(f"{title}{more}", ("What", "Row", "In words"), lines[:SHOWN], empty, href)


def version_facts(version: ListVersion, at: datetime) -> list[Fact]:
    """Its list, number and days, what it holds, and how its files are checked."""
    facts = [
        Fact("List", str(version.list), version.list.get_absolute_url()),
        Fact("Version", str(version.number)),
        Fact("Published", instant(version.published_at) if version.published_at else long_date(version.published_on)),
        *_loading(version, at),
    ]
    if not version.is_kept:
        return [*facts, Fact("Content", NOT_KEPT)]
    rows = f"{reverse('list rows')}?list={version.list.code}&version={version.number}"
    return [*facts, Fact("Rows", f"{version.holds:,}", rows), Fact("SHA-256 of its content", version.sha256)]


def _loading(version: ListVersion, at: datetime) -> list[Fact]:
    due = load_due(version)
    if due is None or version.published_at is None:
        return []
    entry = RULEBOOK.entry(HOURS, version.published_at)
    late = ": late" if is_late(version, at) else ""
    said = instant(version.loaded_at) if version.loaded_at else "not yet"
    note = f"Due within {entry.value} hours, by {instant(due)}. {entry.doubt}"
    return [Fact("Loaded by the DCC", f"{said}{late}", note=note)]


def file_table(version: ListVersion) -> list[Related]:
    """The files of a version with the signature over each, and the line that checks one."""
    if not version.is_kept:
        return []
    stored = {one.name: one.file for one in version.files.select_related("file")}
    rows: list[tuple[Any, ...]] = [
        (Crumb(file.name, file_address(version, name)), f"{file.size:,}",
         Crumb(f"{file.name}{SIGNATURE}", file_address(version, f"{name}{SIGNATURE}")), file.sha256)
        for name, file in sorted(stored.items()) if not name.endswith(SIGNATURE)
    ]  # fmt: skip
    return [Related("Files", ("File", "Bytes", "Signature", "SHA-256"), rows, "No file was kept.")]


def check_line(version: ListVersion) -> str:
    """The command with which everybody checks the signature over a file of a version."""
    name = f"{version.list.code.lower()}-{version.number}.csv"
    return f"openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in {name} -sigfile {name}{SIGNATURE}"


def file_address(version: ListVersion, ending: str) -> str:
    """Where a file of a version is for ever."""
    return reverse("version of a list-file", args=[version.list.code.lower(), version.number, ending])


def compare_address(of: ProductList, old: ListVersion | None, new: ListVersion) -> str:
    """The page that compares two versions of a list."""
    query = f"?from={old.number}&to={new.number}" if old else f"?to={new.number}"
    return f"{reverse('compare versions', args=[of.code.lower()])}{query}"


def versions_table(of: ProductList, limit: int) -> Related:
    """The newest versions of a list."""
    newest = of.versions.order_by("-number").select_related("list")[:limit]
    rows: list[tuple[Any, ...]] = [
        (Crumb(str(one.number), one.get_absolute_url()), long_date(one.published_on),
         f"{one.holds:,}" if one.is_kept else "not kept here", instant_words(one.loaded_at))
        for one in newest
    ]  # fmt: skip
    heads = ("Version", "Published", "Rows", "Loaded by the DCC")
    return Related("Newest versions", heads, rows, "No version is recorded.", f"/list-versions/?list={of.code}")
