"""List pages: one declaration serves the page, its exports, its feeds and the API.

Rows are read as plain values, one query for the page and one for the count, whatever the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

import django_filters
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.text import capfirst

from secretariat.core.classification import Class
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import instant, long_date

PAGE_SIZE = 50
NO_FILTERS = {"page", "size", "sort"}
"""What an address may ask of a list besides its filters."""


def shown(value: Any) -> str:
    """A value as a list prints it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return long_date(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Column:
    """One column: its name in files and the API, its printed head, the lookup it reads, and how it is printed."""

    name: str
    label: str
    path: str
    shown: Callable[[Any], str] = shown
    numeric: bool = False
    sortable: bool = True

    @property
    def look(self) -> str:
        """How its cells look: a number, a class, a state, or plain text."""
        if self.numeric:
            return "number"
        return self.name if self.name in ("class", "state") else ""


def class_column() -> Column:
    """The class of a record, as a word."""
    return Column("class", "Class", "classification", lambda value: Class(value).label)


LISTS: dict[str, type[ListPage]] = {}
"""Every list by its plural."""

FORMATS: dict[str, Callable[[ListPage, models.QuerySet[Any]], HttpResponse]] = {}
"""The forms besides the page in which a list is given, by ending; `post` adds the feeds."""

OF_DAYS = ("atom", "ics")
"""The forms that tell what happens when."""


class ListPage(Page):
    """A list. Rooms declare the model, words, columns and filters; `link` is the lookup of the record's key.

    `rows_are` says what many of its rows are called where its own name does not. `news` names the events by which a
    row is news to who follows the list; where it names none, its first event.
    """

    template = "core/list.html"
    model: ClassVar[type[models.Model]]
    word: ClassVar[str]
    plural: ClassVar[str]
    rows_are: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]]
    filters: ClassVar[type[django_filters.FilterSet]]
    link: ClassVar[str] = "pk"
    order: ClassVar[str] = "-pk"
    order_words: ClassVar[str] = "newest first"
    about: ClassVar[str] = ""
    empty: ClassVar[str] = "There is nothing here yet."
    day: ClassVar[str] = ""
    news: ClassVar[tuple[str, ...]] = ()
    enters: ClassVar[Who | None] = None
    loads: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Makes the list known to search, exports and the API."""
        super().__init_subclass__(**kwargs)
        LISTS[cls.plural] = cls

    def get(self, request: HttpRequest, ending: str = "") -> HttpResponse:
        """The page, or the same rows in another form."""
        if not ending:
            return self._page()
        if ending not in self.formats():
            raise Http404(f"This list is not given as .{ending}.")
        return FORMATS[ending](self, self.ordered(self.chosen().qs))

    @classmethod
    def formats(cls) -> list[str]:
        """The forms in which the list is given besides its page; feeds need a day of each row."""
        return [name for name in FORMATS if cls.day or name not in OF_DAYS]

    def chosen(self) -> django_filters.FilterSet:
        """The filters as asked, over the rows that the person may read."""
        return self.filters(self.request.GET, queryset=self.rows(), request=self.request)

    def found(self) -> django_filters.FilterSet:
        """The same; where nothing is asked no form is read, and every row is found."""
        if set(self.request.GET) - NO_FILTERS:
            return self.chosen()
        return self.filters(queryset=self.rows(), request=self.request)

    def rows(self) -> models.QuerySet[Any]:
        """The rows that the person may read."""
        rows: Any = self.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(reader(self.request), self.request.at)
        return cast("models.QuerySet[Any]", rows)

    @property
    def sort(self) -> str:
        """The column asked to sort by, with a leading "-" for falling; nothing for the list's own order."""
        asked = self.request.GET.get("sort", "")
        names = {column.name for column in self.columns if column.sortable}
        return asked if asked.removeprefix("-") in names else ""

    def ordered(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows in the order asked for; equal rows stay in a fixed order."""
        if not self.sort:
            return rows.order_by(self.order, "pk")
        found = next(column.path for column in self.columns if column.name == self.sort.removeprefix("-"))
        sign = "-" if self.sort.startswith("-") else ""
        return rows.order_by(f"{sign}{found}", "pk")

    @classmethod
    def values(cls, rows: models.QuerySet[Any]) -> Iterable[tuple[Any, ...]]:
        """The rows as tuples: the record's key, then a value per column."""
        return rows.values_list(cls.link, *(column.path for column in cls.columns))

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The address of the record with this key; give the list's own as `base` where many are asked for."""
        return f"{base or reverse(cls.plural)}{key}/"

    def lines(self, rows: Iterable[tuple[Any, ...]], base: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rows as the page prints them: the record's address, then each cell's look and text."""
        printed = [(column.look, column.shown) for column in self.columns]
        return [
            (
                self.address(key, base),
                [(look, shown(value)) for (look, shown), value in zip(printed, values, strict=True)],
            )
            for key, *values in rows
        ]

    def _page(self) -> HttpResponse:
        chosen = self.found()
        paginator: Paginator[Any] = Paginator(self.values(self.ordered(chosen.qs)), PAGE_SIZE)  # type: ignore[arg-type]
        page = paginator.get_page(self.request.GET.get("page"))
        person, at = reader(self.request), self.request.at
        may_enter = self.enters is not None and type(self).enters(person, None, at)  # type: ignore[misc]
        base = reverse(self.plural)
        return self.shown(
            {
                "list": self,
                "base": base,
                "page": page,
                "lines": self.lines(page.object_list, base),
                "total": paginator.count,
                "filter": chosen,
                "meaning": meaning(chosen),
                "crumbs": (Crumb(capfirst(self.plural)),),
                "formats": self.formats(),
                "query": self.query(),
                "may_enter": may_enter,
            }
        )

    def query(self, **changes: Any) -> str:
        """The present choice as a query string with some parts changed; None takes a part out."""
        kept = {name: value for name, value in self.request.GET.items() if value and name != "page"}
        kept |= {name: str(value) for name, value in changes.items() if value is not None}
        return urlencode({name: value for name, value in kept.items() if changes.get(name, "") is not None})

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of the list and of its other forms."""
        base = cls.plural.replace(" ", "-")
        return [
            path(f"{base}/", cls.as_view(), name=cls.plural),
            re_path(rf"^{base}\.(?P<ending>[a-z]+)$", cls.as_view(), name=f"{cls.plural}-file"),
        ]


def meaning(chosen: django_filters.FilterSet) -> str:
    """What the filters in force mean, as words: "category Modifications; received from 1 Feb 2020"."""
    if not chosen.is_valid():
        return ""
    form, parts = chosen.form, []
    for name, value in form.cleaned_data.items():
        if value in (None, "", []):
            continue
        label = str(form.fields[name].label or name).lower()
        choices = dict(getattr(form.fields[name], "choices", None) or ())
        words = choices.get(value, value) if not isinstance(value, models.Model) else value
        parts.append(f"{label} {shown(words)}")
    return "; ".join(parts)


def _as_csv(page: ListPage, rows: models.QuerySet[Any]) -> HttpResponse:
    heads = [column.name for column in page.columns]
    content = csv_file(heads, (row[1:] for row in page.values(rows)))
    return attachment(content, "text/csv; charset=utf-8", f"{page.plural}.csv")


def _as_xlsx(page: ListPage, rows: models.QuerySet[Any]) -> HttpResponse:
    heads = [column.label for column in page.columns]
    content = xlsx_file(capfirst(page.plural), heads, (row[1:] for row in page.values(rows)))
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attachment(content, media, f"{page.plural}.xlsx")


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved under a name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name.replace(" ", "-")}"'
    return response


FORMATS["csv"] = _as_csv
FORMATS["xlsx"] = _as_xlsx
