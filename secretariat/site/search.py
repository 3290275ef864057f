"""Search: a reference goes straight to its record; words are looked for in every list that takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from secretariat.core import kinds
from secretariat.core.filters import TextFilter
from secretariat.core.lists import LISTS, ListPage
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.site.composed import Panel, lines, opened_list
from secretariat.site.words import address_of, kind_word

SHOWN = 10
SHORTEST = 2
LONGEST = 200


@dataclass(frozen=True)
class Named:
    """A record that the reference names."""

    word: str
    record: Any
    href: str


class Search(Page):
    """Finds what the person may read."""

    template = "site/search.html"
    crumbs = (Crumb("Search"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The one record that a reference names, else what contains the words."""
        asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
        named = named_by(asked, reader(self.request), self.request.at) if asked else []
        if len(named) == 1:
            return redirect(named[0].href)
        groups = containing(asked, self.request) if len(asked) >= SHORTEST else []
        return self.shown({"asked": asked, "named": named, "groups": groups, "shortest": SHORTEST})


def named_by(reference: str, person: Person | None, at: datetime) -> list[Named]:
    """The records with a page that a typed reference names, as far as the person may read them."""
    found = [record for record in kinds.find(reference) if _readable(record, person, at)]
    named = [Named(kind_word(kinds.kind_of(record)), record, address_of(record)) for record in found]
    return [each for each in named if each.href]


def _readable(record: Any, person: Person | None, at: datetime) -> bool:
    rows = type(record)._default_manager.filter(pk=record.pk)
    return bool(rows.visible_to(person, at).exists()) if hasattr(rows, "visible_to") else False


def containing(text: str, request: HttpRequest) -> list[Panel]:
    """What each list holds that contains the words, at most ten of each."""
    views = [opened_list(plural, request) for plural in sorted(LISTS)]
    groups = [_group(view, text) for view in views if view is not None]
    return [group for group in groups if group is not None and group.lines]


def _group(view: ListPage, text: str) -> Panel | None:
    name = next((name for name, each in view.filters.base_filters.items() if isinstance(each, TextFilter)), "")
    if not name:
        return None
    query = urlencode({name: text})
    chosen = view.filters(QueryDict(query), queryset=view.rows(), request=view.request)
    total = chosen.qs.count()
    found = lines(view, chosen.qs.order_by(view.order, "pk"), SHOWN) if total else []
    title = view.plural[:1].upper() + view.plural[1:]
    return Panel(title, found, "", f"{reverse(view.plural)}?{query}", f"All {total:,} {view.plural}", total)
