"""The page that compares any two versions of a list, and the same as CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.exports import csv_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.products.models import ListVersion, ProductList
from secretariat.products.publishing import page
from secretariat.products.publishing.actions import between
from secretariat.products.publishing.content import Difference
from secretariat.products.publishing.filters import number_of
from secretariat.products.publishing.views import kept_before, list_named

HEADS: Final = ("change", "row", "field", "before", "after")


def changed_fields(found: Difference) -> Iterator[tuple[str, str, str, str, str]]:
    """A difference field by field, under `HEADS`: enough to make one version of the other."""
    for key, row in found.added.items():
        yield from (("added", key, name, "", text) for name, text in row.items())
    for key, row in found.removed.items():
        yield from (("removed", key, name, text, "") for name, text in row.items())
    for one in found.altered:
        yield from (("changed", one.key, name, old, new) for name, (old, new) in one.fields.items())


def as_json(old: ListVersion, new: ListVersion, found: Difference) -> bytes:
    """A difference as JSON: whole rows that were added or removed, and the fields that changed, before and after."""
    head: dict[str, Any] = {"list": new.list.code, "from": old.number, "to": new.number}
    rows = {"added": found.added, "removed": found.removed}
    changed = {one.key: asdict(one)["fields"] for one in found.altered}
    return (json.dumps({**head, **rows, "changed": changed}, indent=1, ensure_ascii=False) + "\n").encode()


class CompareVersions(Page):
    """What differs between two versions; without a choice, between the newest two whose content is kept."""

    template = "products/publishing/compare.html"

    def get(self, request: HttpRequest, code: str, ending: str = "") -> HttpResponse:
        """The page, or the difference as a file."""
        of = list_named(self, code)
        rows: Any = ListVersion.objects.filter(list=of).exclude(sha256="").select_related("list")
        kept = list(rows.visible_to(reader(self.request), self.request.at).order_by("-number"))
        old, new = self._chosen(kept)
        if ending:
            return self._file(old, new, ending)
        return self._page(of, kept, old, new)

    def _chosen(self, kept: list[ListVersion]) -> tuple[ListVersion | None, ListVersion | None]:
        by_number = {one.number: one for one in kept}
        asked = {name: number_of(self.request.GET.get(name, "")) for name in ("from", "to")}
        newest = kept[0] if kept else None
        new = by_number.get(asked["to"]) if asked["to"] else newest
        before = kept_before(new) if new else None
        return (by_number.get(asked["from"]) if asked["from"] else before), new

    def _file(self, old: ListVersion | None, new: ListVersion | None, ending: str) -> HttpResponse:
        if old is None or new is None:
            raise Http404(page.NOT_KEPT)
        found, name = between(old, new), f"{new.list.code.lower()}-{old.number}-to-{new.number}.{ending}"
        if ending == "json":
            return attachment(as_json(old, new, found), "application/json", name)
        return attachment(csv_file(HEADS, changed_fields(found)), "text/csv; charset=utf-8", name)

    def _page(
        self, of: ProductList, kept: list[ListVersion], old: ListVersion | None, new: ListVersion | None
    ) -> HttpResponse:
        crumbs = (Crumb(str(of), of.get_absolute_url()), Crumb("What differs"))
        asked = {self.request.GET.get(name, "") for name in ("from", "to")} - {""}
        there = {str(one.number) for one in kept}
        shown = {"of": of, "kept": kept, "old": old, "new": new, "missing": sorted(asked - there), "crumbs": crumbs}
        if old is None or new is None:
            return self.shown(shown)
        found, query = between(old, new), f"?from={old.number}&to={new.number}"
        files = {one: reverse("compare versions-file", args=[of.code.lower(), one]) + query for one in ("csv", "json")}
        table = page.difference_table("What differs", found, "Nothing differs.")
        return self.shown({**shown, "found": found, "files": files, "table": table})
