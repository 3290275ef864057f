"""Pages of what versions hold: files at addresses that do not change, the same made again, rows, and firmware."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.exports import csv_file
from secretariat.core.files import StoredFile
from secretariat.core.lists import Column, ListPage, attachment
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.products.models import CENTRAL
from secretariat.products.publishing import page
from secretariat.products.publishing.actions import content_of, differences
from secretariat.products.publishing.central import FIRMWARE_COLUMNS, firmware
from secretariat.products.publishing.filters import ListRowFilter
from secretariat.products.publishing.models import ListRow, newest_kept
from secretariat.products.publishing.views import list_named, version_named

NUMBER_LENGTH: Final = 10
"""Digits that no number of a version has."""


class VersionFileDownload(Page):
    """A file of a version, or the signature over it, at an address that does not change."""

    def get(self, request: HttpRequest, code: str, number: str, ending: str) -> HttpResponse:
        """The bytes that were kept."""
        version = version_named(self, code, int(number) if len(number) < NUMBER_LENGTH else 0)
        files: Any = StoredFile.objects.filter(pk__in=version.files.filter(name=ending).values("file"))
        file: StoredFile | None = files.visible_to(reader(self.request), self.request.at).first()
        if file is None:
            raise Http404(page.NOT_KEPT)
        return attachment(file.read(), file.media_type, file.name)


class LatestVersion(Page):
    """The newest version of a list as a file, at an address that never changes."""

    def get(self, request: HttpRequest, code: str, ending: str) -> HttpResponse:
        """Goes to the file of the newest version."""
        newest = newest_kept(list_named(self, code))
        if newest is None:
            raise Http404(page.NOT_KEPT)
        return redirect(page.file_address(version_named(self, code, newest.number), ending))


class MadeAgain(Page):
    """Makes the files of a version again and compares them with those that were kept."""

    template = "products/publishing/made_again.html"

    def get(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        """The files that differ; there should be none."""
        version = version_named(self, code, number)
        if not version.is_kept:
            raise Http404(page.NOT_KEPT)
        title = "The files, made again"
        crumbs = (Crumb(str(version), version.get_absolute_url()), Crumb(title))
        names = list(version.files.values_list("name", flat=True))
        shown = {"version": version, "title": title, "crumbs": crumbs, "names": names, "differ": differences(version)}
        return self.shown(shown)


class Firmware(Page):
    """The Firmware Information Repository, as the newest version of the Central list makes it."""

    template = "products/publishing/firmware.html"

    def get(self, request: HttpRequest, ending: str = "") -> HttpResponse:
        """The page, or the same lines as CSV."""
        newest = newest_kept(list_named(self, CENTRAL))
        lines = firmware(content_of(newest)) if newest else []
        if ending:
            return attachment(csv_file(FIRMWARE_COLUMNS, lines), "text/csv; charset=utf-8", "firmware-information.csv")
        crumbs = (Crumb("Product lists", reverse("product lists")), Crumb("Firmware information"))
        heads = [name.replace("_", " ").capitalize() for name in FIRMWARE_COLUMNS]
        return self.shown({"version": newest, "heads": heads, "lines": lines[: page.SHOWN], "total": len(lines),
                           "crumbs": crumbs})  # fmt: skip


class ListRows(ListPage):
    """The rows of all lists whose content is kept here, each with the versions that hold it."""

    model = ListRow
    word, plural = "list row", "list rows"
    columns = (
        Column("list", "List", "list__code"),
        Column("key", "Row", "key"),
        Column("content", "In words", "content", shown=page.described, sortable=False),
        Column("from_version", "From version", "from_number", shown=str, numeric=True),
        Column("until_version", "Until version", "to_number", numeric=True),
    )
    filters = ListRowFilter
    order = "list__code"
    order_words = "list by list"
    about = "Every row of every version: what it said, from which version and until which."
    empty = "No version of a list is published here yet."


class ListRowPage(RecordPage):
    """One row as some versions hold it, and what it said in others."""

    model = ListRow
    word, plural = "list row", "list rows"

    def facts(self, record: ListRow) -> list[Fact]:
        """Which versions hold it, and every field."""
        until = f"until version {record.to_number}" if record.to_number else "still"
        fields = [Fact(name.replace("_", " ").capitalize(), text) for name, text in record.content.items()]
        return [Fact("List", str(record.list), record.list.get_absolute_url()),
                Fact("Held", f"from version {record.from_number}, {until}"), *fields]  # fmt: skip

    def related(self, record: ListRow) -> list[Related]:
        """The same row in other versions."""
        others = ListRow.objects.filter(list=record.list, key=record.key).exclude(pk=record.pk).order_by("from_number")
        rows: list[tuple[Any, ...]] = [
            (Crumb(f"From version {one.from_number}", one.get_absolute_url()), one.to_number or "still",
             page.described(one.content))
            for one in others
        ]  # fmt: skip
        return [Related("The same in other versions", ("From", "Until", "In words"), rows, "It said nothing else.")]
